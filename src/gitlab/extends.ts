import { sortGraph } from './graph';
import { EXTENDS_LEVELS_MAX } from './limits';

/** What jobs are once all that they extend has been merged in. */
export interface Extended {
  /** Jobs and templates by name; a part that no job changes is the same object as in the template. */
  readonly jobs: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Jobs that extend something that is not there, themselves or by way of others: not to be judged as a whole. */
  readonly incomplete: ReadonlySet<string>;
  /** Bases that are not there, by job. */
  readonly unknown: readonly { readonly job: string; readonly base: string }[];
  /** Jobs that extend each other in a circle. */
  readonly circles: readonly (readonly string[])[];
  /** Jobs with more levels of `extends` than GitLab follows, and how many. */
  readonly tooDeep: readonly { readonly job: string; readonly levels: number }[];
}

/**
 * Merges what jobs extend, as GitLab does: later bases win over earlier ones and the job over all; objects are
 * merged member by member, everything else is replaced.
 *
 * @see https://docs.gitlab.com/ci/yaml/#extends
 */
export function resolveExtends(jobs: ReadonlyMap<string, Readonly<Record<string, unknown>>>): Extended {
  const bases = new Map([...jobs].map(([name, job]) => [name, basesOf(job)] as const));
  const { order, circles } = sortGraph(bases);
  const resolved = new Map<string, Readonly<Record<string, unknown>>>(jobs);
  const levels = new Map<string, number>();
  const done = new Set(order);
  const incomplete = new Set([...jobs.keys()].filter((name) => !done.has(name)));
  const unknown: { job: string; base: string }[] = [];
  const tooDeep: { job: string; levels: number }[] = [];
  for (const name of jobs.keys()) {
    for (const base of bases.get(name) ?? []) if (!jobs.has(base)) unknown.push({ job: name, base });
  }
  for (const name of order) {
    let merged: Readonly<Record<string, unknown>> = {};
    let level = 0;
    for (const base of bases.get(name) ?? []) {
      if (!jobs.has(base) || incomplete.has(base)) incomplete.add(name);
      merged = merge(merged, resolved.get(base) ?? {});
      level = Math.max(level, 1 + (levels.get(base) ?? 0));
    }
    levels.set(name, level);
    if (level > EXTENDS_LEVELS_MAX) tooDeep.push({ job: name, levels: level });
    if (level > 0) resolved.set(name, merge(merged, jobs.get(name) ?? {}));
  }
  return { jobs: resolved, incomplete, unknown, circles, tooDeep };
}

function basesOf(job: Readonly<Record<string, unknown>>): readonly string[] {
  const given = Array.isArray(job.extends) ? job.extends : [job.extends];
  return [...new Set(given.filter((base): base is string => typeof base === 'string' && base !== ''))];
}

type Tree = Readonly<Record<string, unknown>>;

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merge(base: Tree, over: Tree): Tree {
  if (Object.keys(base).length === 0) return over;
  const members = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const before = members.get(key);
    members.set(key, isTree(before) && isTree(value) ? merge(before, value) : value);
  }
  return Object.fromEntries(members);
}
