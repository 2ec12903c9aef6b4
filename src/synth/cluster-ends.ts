import type { Problem } from '../core';
import { clusterFolder, commonJobName, PIPELINE_FILE } from '../delivery/files';
import type { Origin } from './generated-file';

/** Which clusters a fleet has, and which it does not look after any more. */
export interface Membership {
  /** Names of the clusters in the code. */
  readonly declared: ReadonlySet<string>;
  /** Why clusters are left unmanaged, by name. */
  readonly forgotten: ReadonlyMap<string, string>;
  /** Whether clusters have jobs, of which one could delete them. */
  readonly hasPipeline: boolean;
}

/** A file of ours in the folder of a cluster that the code does not have. */
export interface LeftFile {
  readonly path: string;
  readonly text: string;
  readonly origin: Origin;
}

/**
 * Why the files of a cluster must stay that is no longer in the code: a cluster that runs on, with nobody who knows of it,
 * costs money and gets no updates. They may go when the cluster was retired, which its committed jobs say, or forgotten.
 */
export function endProblem(
  name: string,
  files: readonly LeftFile[],
  { forgotten, hasPipeline }: Membership,
): Problem | undefined {
  const own = files.filter((file) => file.origin === 'untouched' || namesCluster(file.text, name));
  if (own.length === 0 || forgotten.has(name)) return undefined;
  const field = clusterFolder(name);
  const jobs = own.find(({ path }) => path === `${field}/${PIPELINE_FILE}`);
  if (jobs?.origin === 'untouched' && isRetired(jobs.text, name)) {
    const changed = own.find(({ origin }) => origin === 'changed');
    if (!changed) return undefined;
    const message =
      'was changed by hand, and the cluster has left the code: delete the file if nobody needs it';
    return { field: changed.path, message };
  }
  const ways = hasPipeline
    ? `Put it back with retired: true, merge that, run its job delete:${name}, and then take it out; or write fleet.forget('${name}', 'why'), which leaves it running and unmanaged`
    : `This fleet has no pipeline that could delete it: write fleet.forget('${name}', 'why'), be it that you deleted it by hand, be it that it runs on unmanaged`;
  const message = `the cluster has left the code and was not retired, or it was renamed, which kOps cannot do: it would run on, and nobody would know. ${ways}`;
  return { field, message };
}

/** Whether the jobs of a cluster are those of a retired one. */
function isRetired(text: string, name: string): boolean {
  // Loaded here: hardly ever does a cluster leave the code.
  const { parse } = require('yaml') as typeof import('yaml');
  const variables: unknown = parse(text)?.[commonJobName(name)]?.variables;
  return (variables as { CDKOPS_RETIRED?: unknown } | undefined)?.CDKOPS_RETIRED === 'true';
}

/** Whether a file speaks of the cluster in whose folder it is: one that somebody copied from another does not. */
function namesCluster(text: string, name: string): boolean {
  const lines = text.split(/\r?\n/).map((line) => line.trim().replaceAll('"', ''));
  return lines.includes(`name: ${name}`) || lines.includes(`KOPS_CLUSTER_NAME: ${name}`);
}
