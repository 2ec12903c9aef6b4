import {
  type ClusterDifference,
  compareDocuments,
  type Difference,
  differencesAsMarkdown,
  differencesAsText,
  documentsOf,
  type FileDifference,
  findClusters,
  findFleetFiles,
  fleetDocuments,
  type ManifestDocument,
} from '../adopt';
import { didYouMean, UserError } from '../core';
import { CommittedFiles } from './committed-files';
import { findRoot } from './load-fleet';
import { ProjectFiles } from './project-files';
import { count, reportError, reportWarning } from './report';
import { outputStyle } from './style';

/** Options of `cdkops diff`. */
export interface DiffOptions {
  /** The commit to compare with. */
  readonly against: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
  /** Whether differences become an exit code. */
  readonly exitCode?: boolean;
}

/** There are differences, and it was asked to say so: no code that git, sh or cdkops use for a failure. */
export const DIFFERENT = 100;

/** `cdkops diff`: what the manifests and jobs on disk mean that those of a commit did not. */
export async function diffCommand(names: readonly string[], options: DiffOptions): Promise<number> {
  const root = findRoot();
  const committed = CommittedFiles.at(root, options.against);
  const onDisk = new ProjectFiles(root);
  const comparison = new Comparison(options.against);
  const [before, after] = [findClusters(committed), findClusters(onDisk)];
  const clusters = chosen(names, keysOf(before, after)).flatMap((cluster): ClusterDifference[] => {
    const [was, is] = [before.get(cluster), after.get(cluster)];
    if (was && is && was.text === is.text && was.pipeline === is.pipeline) return [];
    const documents = (files: typeof was) => files && documentsOf(cluster, files);
    const difference = comparison.of(
      cluster,
      () => documents(was),
      () => documents(is),
    );
    return difference ? [{ cluster, ...difference }] : [];
  });
  const [sharedBefore, sharedAfter] = [findFleetFiles(committed), findFleetFiles(onDisk)];
  const files = keysOf(sharedBefore, sharedAfter).flatMap((file): FileDifference[] => {
    const [was, is] = [sharedBefore.get(file), sharedAfter.get(file)];
    if (was === is) return [];
    const documents = (text: typeof was) => (text === undefined ? undefined : fleetDocuments(file, text));
    const difference = comparison.of(
      file,
      () => documents(was),
      () => documents(is),
    );
    return difference ? [{ file, ...difference }] : [];
  });
  process.stdout.write(rendered(clusters, files, options));
  for (const warning of comparison.warnings) reportWarning(warning);
  for (const problem of comparison.problems) reportError(problem);
  if (comparison.problems.length > 0) return 1;
  return options.exitCode && clusters.length + files.length > 0 ? DIFFERENT : 0;
}

type Documents = readonly ManifestDocument[] | undefined;

/** Compares what can be compared, and keeps what cannot be read. */
class Comparison {
  /** What is wrong on disk. */
  public readonly problems: string[] = [];
  /** What is wrong in the commit: nobody can mend that, and to mend it on disk is no error. */
  public readonly warnings: string[] = [];

  constructor(private readonly against: string) {}

  public of(name: string, before: () => Documents, after: () => Documents): Difference | undefined {
    const is = orMessage(after);
    if (typeof is === 'string') {
      this.problems.push(is);
      return undefined;
    }
    const was = orMessage(before);
    if (typeof was !== 'string') return compareDocuments(was, is);
    this.warnings.push(`${name} cannot be compared: at ${this.against} ${was}`);
    return { fate: is ? 'incomparable' : 'removed', objects: [] };
  }
}

function orMessage<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function keysOf(...maps: readonly ReadonlyMap<string, unknown>[]): string[] {
  return [...new Set(maps.flatMap((map) => [...map.keys()]))].sort();
}

function chosen(names: readonly string[], all: readonly string[]): readonly string[] {
  for (const name of names) {
    if (all.includes(name)) continue;
    throw new UserError(`there is no cluster ${JSON.stringify(name)} on either side${didYouMean(name, all)}`);
  }
  return names.length > 0 ? all.filter((name) => names.includes(name)) : all;
}

function rendered(
  clusters: readonly ClusterDifference[],
  files: readonly FileDifference[],
  { json, markdown, against }: DiffOptions,
): string {
  if (json) return `${JSON.stringify({ against, clusters, files }, undefined, 2)}\n`;
  // What the change is about, and then what follows from it for all.
  const sections = [...clusters, ...files];
  if (markdown) return sections.length > 0 ? differencesAsMarkdown(sections) : 'No cluster differs.\n';
  const { green, red, yellow, bold } = outputStyle;
  const text = differencesAsText(sections, { added: green, removed: red, changed: yellow, heading: bold });
  const parts = [
    clusters.length > 0 ? count(clusters.length, 'cluster') : '',
    files.length > 0 ? `${count(files.length, 'file')} of all clusters` : '',
  ].filter(Boolean);
  const total = parts.join(' and ') || 'no cluster';
  return `${text}${total} ${sections.length > 1 ? 'differ' : 'differs'} from ${against}\n`;
}
