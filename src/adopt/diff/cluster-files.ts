import { posix } from 'node:path';
import { isMap } from '../../core';
import { CLUSTERS_FOLDER, clusterFile, MANIFEST_FILE, PIPELINE_FILE } from '../../delivery';
import { type ManifestDocument, manifestDocuments } from './manifest';
import { clusterJobs, clusterVariables } from './pipeline-documents';

/** Texts of files by path, relative to the project and with forward slashes. */
export interface TextFiles {
  /** The texts of files, and of all files below folders; what is not there is left out. */
  read(paths: readonly string[]): ReadonlyMap<string, string>;
}

/** The files that say what a cluster is. */
export interface ClusterFiles {
  /** The path of its manifest; `undefined` where a job renders it from a template. */
  readonly manifest: string | undefined;
  /** The manifest's text; `undefined` where it is not there. */
  readonly text: string | undefined;
  /** The text of its jobs. */
  readonly pipeline: string | undefined;
}

/** The clusters in a project's folder of clusters, by name; whoever wrote their manifests. */
export function findClusters(files: TextFiles): Map<string, ClusterFiles> {
  const texts = new Map(files.read([CLUSTERS_FOLDER]));
  const names = new Set([...texts.keys()].flatMap((path) => clusterOf(path) ?? []));
  const clusters = [...names].sort().map((name): [string, string | undefined, string | undefined] => {
    const own = clusterFile(name, MANIFEST_FILE);
    const pipeline = texts.get(clusterFile(name, PIPELINE_FILE));
    // A manifest that somebody wrote by hand lies where the jobs look for it.
    return [name, texts.has(own) || !pipeline ? own : handWritten(pipeline, name), pipeline];
  });
  const elsewhere = clusters.flatMap(([, manifest]) => (manifest && !texts.has(manifest) ? [manifest] : []));
  if (elsewhere.length > 0) for (const [path, text] of files.read(elsewhere)) texts.set(path, text);
  return new Map(
    clusters.map(([name, manifest, pipeline]) => [
      name,
      { manifest, text: manifest === undefined ? undefined : texts.get(manifest), pipeline },
    ]),
  );
}

/** The name of the cluster that a file makes, if it makes one. */
function clusterOf(path: string): string | undefined {
  const [, name, file, ...more] = path.split('/');
  return (file === MANIFEST_FILE || file === PIPELINE_FILE) && more.length === 0 ? name : undefined;
}

function handWritten(pipeline: string, cluster: string): string | undefined {
  const path = clusterVariables(pipeline, cluster).CDKOPS_MANIFEST;
  if (typeof path !== 'string' || path === '') return undefined;
  const normal = posix.normalize(path);
  return posix.isAbsolute(normal) || normal.split('/').includes('..') ? undefined : normal;
}

/** Whether a job renders the cluster's manifest from a template; one that is to be deleted has jobs and no manifest, too. */
export function isRendered({ manifest, pipeline }: ClusterFiles, cluster: string): boolean {
  if (manifest !== undefined || pipeline === undefined) return false;
  return clusterVariables(pipeline, cluster).CDKOPS_RETIRED !== 'true';
}

/**
 * The documents of a cluster: those of its manifest, and one for each of its jobs.
 * @throws UserError where one of its files cannot be read.
 */
export function documentsOf(cluster: string, files: ClusterFiles): ManifestDocument[] {
  const { manifest, text, pipeline } = files;
  const documents = manifest !== undefined && text !== undefined ? manifestDocuments(text, manifest) : [];
  if (pipeline === undefined) return documents;
  const jobs = clusterJobs(pipeline, clusterFile(cluster, PIPELINE_FILE), cluster);
  // Of a manifest the digest says nothing that the manifest does not; of a template it is all that is known here.
  return [...documents, ...(manifest === undefined ? jobs : jobs.map(withoutDigest))];
}

function withoutDigest(document: ManifestDocument): ManifestDocument {
  const { kind, data } = document;
  if (kind !== 'Jobs' || !isMap(data.variables)) return document;
  const { CDKOPS_MANIFEST_DIGEST: _digest, ...variables } = data.variables;
  return { ...document, data: { ...data, variables } };
}
