import {
  asKopsKeepsThem,
  type ClusterDifference,
  type ClusterFiles,
  documentsOf,
  findClusters,
  liveDocuments,
  stateOf,
} from '../adopt';
import { isRendered } from '../adopt/diff/cluster-files';
import { clusterJobs } from '../adopt/diff/pipeline-documents';
import { UserError } from '../core';
import { clusterFile, PIPELINE_FILE } from '../delivery';
import {
  chosen,
  comparedWithEffects,
  type Differences,
  type Documents,
  MEND_MANIFEST,
} from './compare-sides';
import { inParallel } from './in-parallel';
import { asKopsWrites } from './kops-spelling';
import { kopsVersion } from './kops-version';
import { getAll } from './live-state';
import { Progress } from './progress';
import { ProjectFiles } from './project-files';
import { LateProgram } from './run-kops';

/** So many state stores are asked at once. */
const MOST_AT_ONCE = 4;

/** After so many questions that were not answered in time a store is asked no more. */
const MOST_LATE = 2;

/** What came of one cluster. */
interface Answer {
  readonly difference?: ClusterDifference;
  readonly problem?: string;
  readonly warning?: string;
}

/**
 * How the manifests on disk differ from what kOps has in the clusters' state stores.
 * @param timeout - how long each question may take, in milliseconds
 */
export async function diffFromLive(
  root: string,
  names: readonly string[],
  timeout: number,
): Promise<Differences> {
  const onDisk = findClusters(new ProjectFiles(root));
  const clusters = chosen(names, [...onDisk.keys()], 'on disk');
  const progress = new Progress('reading state stores', clusters.length);
  try {
    const late = new Map<string, number>();
    const read = (cluster: string) => answerOf(cluster, onDisk.get(cluster) as ClusterFiles, timeout, late);
    const answers = await inParallel(clusters, MOST_AT_ONCE, read, progress.show);
    const all = <K extends keyof Answer>(member: K) => answers.flatMap((answer) => answer[member] ?? []);
    return {
      clusters: all('difference') as ClusterDifference[],
      files: [],
      problems: all('problem') as string[],
      warnings: [...(await oldKops(clusters, onDisk, timeout)), ...(all('warning') as string[])],
    };
  } finally {
    progress.end();
  }
}

/** @param late - how many questions each store did not answer in time */
async function answerOf(
  cluster: string,
  files: ClusterFiles,
  timeout: number,
  late: Map<string, number>,
): Promise<Answer> {
  let asked = '';
  try {
    // Jobs that cannot be read name no store, and another one may be the wrong one.
    if (files.pipeline !== undefined) {
      clusterJobs(files.pipeline, clusterFile(cluster, PIPELINE_FILE), cluster);
    }
    if (files.manifest === undefined) return unknownManifest(cluster, files);
    const { store, environment } = stateOf(cluster, files);
    const wanted = wantedOf(cluster, files, files.manifest);
    if ((late.get(store) ?? 0) >= MOST_LATE) {
      throw new UserError(`not asked: ${store} gave no answer for other clusters`);
    }
    asked = store;
    const text = await getAll({ url: store, environment, timeout }, cluster);
    const live = text === undefined ? undefined : liveDocuments(text, `${store}/${cluster}`);
    const difference = await compared(cluster, live, wanted, files.manifest, timeout);
    return difference ? { difference: { cluster, ...difference } } : {};
  } catch (error) {
    if (error instanceof LateProgram) late.set(asked, (late.get(asked) ?? 0) + 1);
    if (error instanceof UserError) return { problem: `${cluster}: ${error.message}` };
    throw error;
  }
}

/** No one but a job knows the manifest; and for a cluster that is to be deleted none is wanted. */
function unknownManifest(cluster: string, files: ClusterFiles): Answer {
  const why = isRendered(files, cluster)
    ? 'a job renders its manifest from a template; its dryrun tells what it changes'
    : 'the code does not have it any more, and its jobs only delete it';
  return {
    difference: { cluster, fate: 'incomparable', objects: [] },
    warning: `${cluster} cannot be compared: ${why}`,
  };
}

function wantedOf(cluster: string, files: ClusterFiles, manifest: string) {
  if (files.text === undefined) {
    throw new UserError(`there is no ${manifest}: ${MEND_MANIFEST}`);
  }
  // Jobs are no part of the state.
  return documentsOf(cluster, { ...files, pipeline: undefined });
}

async function compared(
  cluster: string,
  live: Documents,
  wanted: Exclude<Documents, undefined>,
  manifest: string,
  timeout: number,
) {
  const spelled = (await asKopsWrites(cluster, wanted, manifest, timeout)) ?? wanted;
  const both = asKopsKeepsThem(live ?? [], spelled);
  return comparedWithEffects(live && both.live, both.wanted);
}

/** An older kOps drops fields that it does not know, on both sides: they would look equal. */
async function oldKops(
  clusters: readonly string[],
  onDisk: ReadonlyMap<string, ClusterFiles>,
  timeout: number,
): Promise<string[]> {
  const version = await kopsVersion(timeout);
  if (version === undefined) return [];
  const newer = clusters.flatMap((cluster) => {
    const wanted = stateVersion(cluster, onDisk.get(cluster) as ClusterFiles);
    return wanted !== undefined && minorOf(wanted) > minorOf(version) ? [`${cluster} (${wanted})`] : [];
  });
  if (newer.length === 0) return [];
  const shown = newer.slice(0, 3).join(', ') + (newer.length > 3 ? ` and ${newer.length - 3} more` : '');
  return [
    `the kops on PATH is ${version}, older than that of ${shown}: fields that it does not know are not compared`,
  ];
}

function stateVersion(cluster: string, files: ClusterFiles): string | undefined {
  try {
    return stateOf(cluster, files).kopsVersion;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** 36 of 1.36.2; NaN, which is never more, of what is no version. */
function minorOf(version: string): number {
  return Number(/^v?1\.(\d+)\./.exec(version)?.[1]);
}
