import {
  type ClusterDifference,
  differencesAsMarkdown,
  differencesAsText,
  effectPhrases,
  type FileDifference,
} from '../adopt';
import { remarksAsMarkdown } from '../adopt/diff/difference-as-markdown';
import { capital } from '../adopt/diff/effect-words';
import { withoutControls } from '../core/findings';
import type { Differences } from './compare-sides';
import { diffFromCommit } from './diff-committed';
import { diffFromLive } from './diff-live';
import { findRoot } from './load-fleet';
import { count, reportError, reportWarning } from './report';
import { outputStyle } from './style';

/** Options of `cdkops diff`. */
export interface DiffOptions {
  /** `committed`, `live`, or a commit to compare with. */
  readonly against: string;
  /** How long a state store may take to answer, in seconds. */
  readonly timeout: number;
  readonly markdown?: boolean;
  readonly json?: boolean;
  /** Whether differences become an exit code. */
  readonly fail?: boolean;
}

/** There are differences, and it was asked to say so: no code that git, sh or cdkops use for a failure. */
export const DIFFERENT = 100;

/** `cdkops diff`: what the manifests and jobs on disk mean that those of a commit did not, or the state stores do not. */
export async function diffCommand(names: readonly string[], options: DiffOptions): Promise<number> {
  const { against, timeout, fail } = options;
  const root = findRoot();
  const differences =
    against === 'live'
      ? await diffFromLive(root, names, timeout * 1_000)
      : diffFromCommit(root, names, against === 'committed' ? 'HEAD' : against);
  const { clusters, files, warnings, problems } = differences;
  process.stdout.write(rendered(differences, options));
  for (const warning of warnings) reportWarning(withoutControls(warning));
  for (const problem of problems) reportError(withoutControls(problem));
  if (problems.length > 0) return 1;
  // Of a commit that cannot be read it is known that the files on disk are others.
  const different = against === 'live' ? clusters.filter(isComparable) : clusters;
  return fail && different.length + files.length > 0 ? DIFFERENT : 0;
}

function rendered(differences: Differences, { json, markdown, against }: DiffOptions): string {
  const { clusters, files, problems, warnings } = differences;
  if (json) {
    const data = { against, clusters: clusters.map(asData), files, problems, warnings };
    return `${JSON.stringify(data, undefined, 2)}\n`;
  }
  // What the change is about, and then what follows from it for all.
  const sections = [...clusters, ...files];
  // Of what could not be read nobody knows whether it differs.
  const none = problems.length > 0 ? 'no cluster that could be read' : 'no cluster';
  if (markdown) {
    const text = sections.length > 0 ? differencesAsMarkdown(sections) : `${capital(none)} differs.\n`;
    return [text, ...remarksAsMarkdown(problems, warnings)].join('\n');
  }
  const { green, red, yellow, bold, dim, inverse } = outputStyle;
  const text = differencesAsText(sections, {
    ...{ added: green, removed: red, changed: yellow, heading: bold, note: dim },
    grave: (words) => bold(red(inverse(words))),
  });
  return `${text}${totals(differences, none, other(against))}\n`;
}

function isComparable({ fate }: ClusterDifference | FileDifference): boolean {
  return fate !== 'incomparable';
}

/** What programs read: all that people read, in words, too. */
function asData({ effects, ...difference }: ClusterDifference) {
  if (!effects) return difference;
  const summary = effectPhrases(effects).map(({ words }) => words);
  return { ...difference, effects: { summary: summary.join('; '), ...effects } };
}

function totals({ clusters, files }: Differences, none: string, against: string): string {
  const [some, shared] = [clusters.filter(isComparable).length, files.filter(isComparable).length];
  const others = clusters.length - some;
  const told = [
    some > 0 ? count(some, 'cluster') : '',
    shared > 0 ? `${count(shared, 'file')} of all clusters` : '',
  ].filter(Boolean);
  const differ = `${told.join(' and ') || none} ${some + shared > 1 ? 'differ' : 'differs'} from ${against}`;
  return others > 0 ? `${differ}; ${count(others, 'cluster')} cannot be compared` : differ;
}

/** The other side, as people call it. */
function other(against: string): string {
  if (against === 'live') return 'what is live';
  return against === 'committed' ? 'HEAD' : against;
}
