import {
  type ClusterDifference,
  type ClusterFiles,
  compareClusters,
  differencesAsMarkdown,
  differencesAsText,
  documentsOf,
  findClusters,
} from '../adopt';
import { didYouMean, UserError } from '../core';
import { CommittedFiles } from './committed-files';
import { findRoot } from './load-fleet';
import { ProjectFiles } from './project-files';
import { count, reportError } from './report';
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

/** `cdkops diff`: what the manifests on disk mean that those of a commit did not. */
export async function diffCommand(names: readonly string[], options: DiffOptions): Promise<number> {
  const root = findRoot();
  const before = findClusters(CommittedFiles.at(root, options.against));
  const after = findClusters(new ProjectFiles(root));
  const all = [...new Set([...before.keys(), ...after.keys()])].sort();
  const { differences, problems } = compare(chosen(names, all), before, after);
  process.stdout.write(rendered(differences, options));
  for (const problem of problems) reportError(problem);
  if (problems.length > 0) return 1;
  return options.exitCode && differences.length > 0 ? DIFFERENT : 0;
}

type Clusters = ReadonlyMap<string, ClusterFiles>;

/** What can be compared is, also where one cluster's manifest cannot be read. */
function compare(names: readonly string[], before: Clusters, after: Clusters) {
  const differences: ClusterDifference[] = [];
  const problems: string[] = [];
  for (const name of names) {
    const was = before.get(name);
    const is = after.get(name);
    if (was && is && was.text === is.text && was.pipeline === is.pipeline) continue;
    try {
      const difference = compareClusters(name, was && documentsOf(name, was), is && documentsOf(name, is));
      if (difference) differences.push(difference);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error.message);
    }
  }
  return { differences, problems };
}

function chosen(names: readonly string[], all: readonly string[]): readonly string[] {
  for (const name of names) {
    if (all.includes(name)) continue;
    throw new UserError(`there is no cluster ${JSON.stringify(name)} on either side${didYouMean(name, all)}`);
  }
  return names.length > 0 ? all.filter((name) => names.includes(name)) : all;
}

function rendered(differences: readonly ClusterDifference[], options: DiffOptions): string {
  const { json, markdown, against } = options;
  if (json) return `${JSON.stringify({ against, clusters: differences }, undefined, 2)}\n`;
  if (markdown) return differences.length > 0 ? differencesAsMarkdown(differences) : 'No cluster differs.\n';
  const { green, red, yellow, bold } = outputStyle;
  const text = differencesAsText(differences, { added: green, removed: red, changed: yellow, heading: bold });
  const { length } = differences;
  const total =
    length === 0 ? 'no cluster differs' : `${count(length, 'cluster')} differ${length === 1 ? 's' : ''}`;
  return `${text}${total} from ${against}\n`;
}
