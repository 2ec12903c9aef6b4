import {
  type ClusterDifference,
  type ClusterFiles,
  compareDocuments,
  type Difference,
  type FileDifference,
  type ManifestDocument,
  withEffects,
} from '../adopt';
import { didYouMean, UserError } from '../core';

/** How one side differs from the other. */
export interface Differences {
  readonly clusters: readonly ClusterDifference[];
  readonly files: readonly FileDifference[];
  /** What is wrong, a sentence each: what it is about is not compared. */
  readonly problems: readonly string[];
  /** What need not be mended. */
  readonly warnings: readonly string[];
}

/** The documents of a cluster or a file on one side; `undefined` where it is not there. */
export type Documents = readonly ManifestDocument[] | undefined;

/** Two sides of a cluster, with what their difference does to it. */
export function comparedWithEffects(before: Documents, after: Documents) {
  const difference = compareDocuments(before, after);
  return difference && withEffects(difference, before, after);
}

/** What is wrong where a cluster has jobs, and they name a manifest that is not there: the cluster did not go. */
export function missingManifest({ manifest, text, pipeline }: ClusterFiles): string | undefined {
  const isMissing = pipeline !== undefined && manifest !== undefined && text === undefined;
  return isMissing ? `there is no ${manifest}` : undefined;
}

/** What to do where it is not there on disk. */
export const MEND_MANIFEST = 'run npx projen synth, or mend the path that its jobs name';

/** Compares what can be compared, and keeps what cannot be read. */
export class Comparison {
  /** What is wrong on disk, or could not be asked. */
  public readonly problems: string[] = [];
  /** What is wrong on the other side: nobody can mend that, and to mend it on disk is no error. */
  public readonly warnings: string[] = [];

  /**
   * @param name - what is compared
   * @param place - the other side, for messages: `at v1.4`
   */
  public of(
    name: string,
    place: string,
    before: () => Documents,
    after: () => Documents,
    compare: (before: Documents, after: Documents) => Difference | undefined = compareDocuments,
  ): Difference | undefined {
    const is = orMessage(after);
    if (typeof is === 'string') {
      this.problems.push(is);
      return undefined;
    }
    const was = orMessage(before);
    if (typeof was !== 'string') return compare(was, is);
    this.warnings.push(`${name} cannot be compared: ${place} ${was}`);
    return { fate: is ? 'incomparable' : 'removed', objects: [] };
  }
}

/** The result, or in words why there is none. */
function orMessage<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/**
 * The names among all that are asked for; all where none is.
 * @param where - where there is none of another name: `on either side`
 * @throws UserError where there is none of that name.
 */
export function chosen(names: readonly string[], all: readonly string[], where: string): readonly string[] {
  for (const name of names) {
    if (all.includes(name)) continue;
    throw new UserError(`there is no cluster ${JSON.stringify(name)} ${where}${didYouMean(name, all)}`);
  }
  return names.length > 0 ? all.filter((name) => names.includes(name)) : all;
}
