import { isMap, UserError } from '../../core';
import { clusterFile, PIPELINE_FILE } from '../../delivery';
import type { ClusterFiles } from './cluster-files';
import { manifestDocuments } from './manifest';
import { clusterVariables } from './pipeline-documents';

/** Where the state of a cluster is, as its files say it. */
export interface StateOfCluster {
  /** The state store, as `kops --state` takes it. */
  readonly store: string;
  /** The variables by which a client finds the store; no secret among them. */
  readonly environment: Readonly<Record<string, string>>;
  /** The kOps of its jobs, where the files say it. */
  readonly kopsVersion: string | undefined;
}

/** Which variables of a cluster's jobs are of its store. All others stay out: a repository's file must not choose programs. */
const OF_STORE = [
  'AWS_REGION',
  'S3_REGION',
  'S3_ENDPOINT',
  'AZURE_STORAGE_ACCOUNT',
  'KOPS_FEATURE_FLAGS',
] as const;

/**
 * The state store of a cluster: that of its jobs, else where its manifest says that its state lies.
 * @throws UserError where neither says it.
 */
export function stateOf(cluster: string, files: ClusterFiles): StateOfCluster {
  const variables = files.pipeline === undefined ? {} : clusterVariables(files.pipeline, cluster);
  const variable = (name: string) => {
    const value = variables[name];
    // GitLab expands $NAME in them; two dollars are one.
    return typeof value === 'string' && value !== '' ? value.replaceAll('$$', '$') : undefined;
  };
  const environment = Object.fromEntries(
    OF_STORE.flatMap((name) => {
      const value = variable(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const store = variable('KOPS_STATE_STORE') ?? storeOfManifest(cluster, files);
  if (store) return { store, environment, kopsVersion: variable('KOPS_VERSION') };
  const pipeline = clusterFile(cluster, PIPELINE_FILE);
  throw new UserError(
    `nothing says where the state of ${cluster} is: neither KOPS_STATE_STORE in ${pipeline}, which npx projen synth writes, nor spec.configBase in ${files.manifest ?? 'a manifest'}, such as s3://BUCKET/${cluster}`,
  );
}

function storeOfManifest(cluster: string, { manifest, text }: ClusterFiles): string | undefined {
  if (manifest === undefined || text === undefined) return undefined;
  const spec = manifestDocuments(text, manifest).find(({ kind }) => kind === 'Cluster')?.data.spec;
  const base = isMap(spec) && typeof spec.configBase === 'string' ? spec.configBase.replace(/\/+$/, '') : '';
  const folder = `/${cluster}`;
  // What lies elsewhere than in a folder of the cluster's name kOps does not find by itself.
  return base.endsWith(folder) && /^\w+:\/\/./.test(base) ? base.slice(0, -folder.length) : undefined;
}
