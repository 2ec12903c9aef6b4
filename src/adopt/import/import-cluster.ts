import { type Finding, UserError } from '../../core';
import type { KopsDocument } from '../../kops';
import { clusterCode } from './code/cluster-code';
import { fitCluster } from './fit/fit-cluster';
import { fitFieldByField } from './fit/fit-plain';
import { ownSettings, withoutVersion } from './fit/setting-props';
import { splitFields } from './fit/split-fields';
import type { ClusterToFit, FittedCluster, GroupToFit } from './fit/to-fit';
import type { ImportContext } from './import-context';
import type { ImportedCluster, ImportedDocument } from './imported-cluster';
import { differingObjects, renderBody } from './proof';
import { whatIsLeft } from './what-is-left';

/** The code of a cluster, proved to give its manifest. */
export interface ClusterImport {
  /** The file. */
  readonly text: string;
  /** What the code renders: the documents of the manifest, as data. */
  readonly documents: readonly KopsDocument[];
  /** The constructs of the code. */
  readonly way: FittedCluster;
  /** What was read, with the place of its state. */
  readonly source: ImportedCluster;
  /** Whether it is written with L2 constructs, or field by field. */
  readonly level: 'L1' | 'L2';
  /** What the props of L2 constructs do not say, a sentence each. */
  readonly left: readonly string[];
  /** What was added, a sentence each. */
  readonly notes: readonly string[];
  /** What synth will find wrong with it. */
  readonly findings: readonly Finding[];
}

/**
 * The code by which constructs render as a cluster that was read.
 * @throws UserError where no code gives the same documents, or where nobody knows where the cluster's state lies.
 */
export function importCluster(given: ImportedCluster, context: ImportContext): ClusterImport {
  const { kops, settings, level, functionName } = context;
  const { cluster, notes } = withConfigBase(given, context);
  const toFit = clusterToFit(cluster, context);
  const ways = [fitFieldByField(toFit)];
  const l2 = level === 'L2' ? fitCluster(toFit) : undefined;
  if (l2) ways.push(l2);
  ways.sort((one, other) => one.weight - other.weight);
  const target = cluster.documents.map(({ document }) => document);
  const proved: ClusterImport[] = [];
  let wrong: readonly string[] = [];
  for (const way of ways) {
    const { text, body } = clusterCode(way, cluster, functionName);
    const { documents, findings } = renderBody(body, settings);
    const differing = differingObjects(target, documents);
    if (differing.length > 0) {
      wrong = differing;
      continue;
    }
    const written = way === l2 ? 'L2' : 'L1';
    const left = whatIsLeft(way, toFit, level, l2);
    proved.push({ text, way, source: cluster, documents, level: written, left, notes, findings });
    if (errorsIn(findings) === 0) break;
  }
  // An L2 construct may refuse what kOps takes: then the longer code is the better one.
  const [best] = proved.sort((one, other) => errorsIn(one.findings) - errorsIn(other.findings));
  if (best) return best;
  const message = `${given.name}: no code was found that gives the same ${wrong.join(', ')}`;
  throw new UserError(`${message} (kOps ${kops.version}): please report this together with the manifest`);
}

function errorsIn(findings: readonly Finding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

/** A cluster that says where its state lies: without that, a dry run would show changes that nobody made. */
function withConfigBase(
  given: ImportedCluster,
  { stateStore, settings, kops }: ImportContext,
): { cluster: ImportedCluster; notes: string[] } {
  const [first, ...others] = given.documents as [ImportedDocument, ...ImportedDocument[]];
  const { spec } = first.document;
  if (spec.configBase !== undefined && spec.configBase !== '') return { cluster: given, notes: [] };
  const store = stateStore?.replace(/\/+$/, '') ?? settings.stateStore?.url(kops.release);
  if (store === undefined) {
    const { file, line, column } = first.place('spec');
    const message = 'spec.configBase is missing, and nothing says where the state of the cluster lies';
    throw new UserError(
      `${file}:${line}:${column} ${given.name}: ${message}: name the state store with --state s3://bucket`,
    );
  }
  const configBase = `${store}/${given.name}`;
  const document = { ...first.document, spec: { ...spec, configBase } };
  return {
    cluster: {
      ...given,
      documents: [{ ...first, document, place: (field) => first.place(field) }, ...others],
    },
    notes: [`set spec.configBase to ${configBase}`],
  };
}

function clusterToFit(cluster: ImportedCluster, context: ImportContext): ClusterToFit {
  const { kops, settings } = context;
  const objects = cluster.documents.map(({ document }, index) => {
    const split = splitFields(document, kops.release);
    return { index, object: index === 0 ? withoutVersion(split, settings) : split };
  });
  const [first, ...others] = objects as [(typeof objects)[0], ...typeof objects];
  const groups = others
    .filter(({ object }) => object.document.kind === 'InstanceGroup')
    .map(({ index, object }): GroupToFit => {
      const { role } = object.spec;
      return {
        index,
        object,
        name: object.document.metadata.name,
        // All releases read the older word, and kOps gives no other back.
        role: (role === 'Master' ? 'ControlPlane' : role) as GroupToFit['role'],
      };
    });
  return {
    cluster: first,
    groups,
    keys: others.filter(({ object }) => object.document.kind === 'SSHCredential'),
    release: kops.release,
    settings,
    own: ownSettings(first, context),
  };
}
