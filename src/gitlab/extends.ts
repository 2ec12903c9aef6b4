import { setOwn } from '../core';
import { sortGraph } from './graph';
import { EXTENDS_LEVELS_MAX } from './limits';

type Tree = Readonly<Record<string, unknown>>;

/** What jobs are once all that they extend has been merged in. */
export interface Extended {
  /** Jobs and templates by name; a part that no job changes is the same object as in the template. */
  readonly jobs: ReadonlyMap<string, Tree>;
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
export function resolveExtends(jobs: ReadonlyMap<string, Tree>): Extended {
  const resolver = new Resolver(jobs);
  // Mostly bases are written before those that extend them: then one look at each job is enough.
  const waiting = new Map<string, readonly string[]>();
  for (const [name, job] of jobs) {
    const bases = basesOf(job);
    if (resolver.isReady(name, bases)) resolver.resolve(name, job, bases);
    else waiting.set(name, bases);
  }
  const { order, circles } = sortGraph(waiting);
  for (const name of order) resolver.resolve(name, jobs.get(name) ?? {}, waiting.get(name) ?? []);
  for (const name of waiting.keys()) if (!resolver.levels.has(name)) resolver.incomplete.add(name);
  return { jobs: resolver.resolved, circles, ...resolver.faults() };
}

/** Takes the jobs one by one, each after its bases. */
class Resolver {
  readonly resolved: Map<string, Tree>;
  /** Of each job that has been taken. */
  readonly levels = new Map<string, number>();
  readonly incomplete = new Set<string>();
  private readonly unknown = new Map<string, string[]>();
  private readonly tooDeep: { job: string; levels: number }[] = [];

  constructor(private readonly jobs: ReadonlyMap<string, Tree>) {
    this.resolved = new Map(jobs);
  }

  isReady(name: string, bases: readonly string[]): boolean {
    for (const base of bases) {
      if (!this.jobs.has(base)) this.noteUnknown(name, base);
    }
    return bases.every((base) => this.levels.has(base) || !this.jobs.has(base));
  }

  resolve(name: string, job: Tree, bases: readonly string[]): void {
    let merged: Tree | undefined;
    let level = 0;
    for (const base of bases) {
      if (!this.levels.has(base) || this.incomplete.has(base)) this.incomplete.add(name);
      const tree = this.resolved.get(base);
      if (tree) merged = merged ? merge(merged, tree) : tree;
      level = Math.max(level, 1 + (this.levels.get(base) ?? 0));
    }
    this.levels.set(name, level);
    if (level > EXTENDS_LEVELS_MAX) this.tooDeep.push({ job: name, levels: level });
    if (merged) this.resolved.set(name, merge(merged, job));
  }

  faults(): Pick<Extended, 'incomplete' | 'unknown' | 'tooDeep'> {
    const unknown = [...this.unknown].flatMap(([job, bases]) => bases.map((base) => ({ job, base })));
    return { incomplete: this.incomplete, unknown, tooDeep: this.tooDeep };
  }

  private noteUnknown(name: string, base: string): void {
    const known = this.unknown.get(name);
    if (known) known.push(base);
    else this.unknown.set(name, [base]);
  }
}

const NONE: readonly string[] = [];

function basesOf({ extends: given }: Tree): readonly string[] {
  if (given === undefined) return NONE;
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const named = list.filter((base): base is string => typeof base === 'string' && base !== '');
  return named.length > 1 ? [...new Set(named)] : named;
}

/** Neither is changed: what only one of them has is shared. */
function merge(base: Tree, over: Tree): Tree {
  const merged: Record<string, unknown> = { ...base, ...over };
  for (const key in over) {
    const value = over[key];
    if (value !== undefined && !isTree(value)) continue;
    const before = Object.hasOwn(base, key) ? base[key] : undefined;
    if (value === undefined) setOwn(merged, key, before);
    else if (isTree(before)) setOwn(merged, key, merge(before, value));
  }
  return merged;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
