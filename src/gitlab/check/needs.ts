import { sortGraph } from '../graph';
import { NEEDED_JOB_NAME_MAX, NEEDS_MAX } from '../limits';
import { type Configuration, type Entry, type Say, sayOf } from './configuration';
import { checkDependencies } from './dependencies';
import { instances } from './parallel-shape';
import { checkOrder, findJob, unknownJob } from './references';
import { isObject } from './shape';

/** An entry of `needs` that means a job of the same pipeline. */
interface NeededJob {
  readonly name: string;
  /** The job, where a given file has it. */
  readonly found: Entry | undefined;
  readonly optional: boolean;
  /** How many jobs it comes to. */
  readonly count: number;
  /** Whether only some instances are meant. */
  readonly some: boolean;
}

/** Names of other jobs in `needs`, `dependencies` and `environment.on_stop`. */
export function checkNeeds(configuration: Configuration): void {
  const seen = new Set<unknown>();
  let pointsAhead = false;
  for (const entry of configuration.entries) {
    if (entry.template) continue;
    const { job } = entry;
    const say = sayOf(configuration, entry);
    const needs = neededJobs(job.needs, configuration);
    for (const { found } of needs) if (found && found.position >= entry.position) pointsAhead = true;
    checkList(entry, 'needs', job.needs, needs, configuration, seen, say);
    if (Array.isArray(job.rules)) {
      for (let index = 0; index < job.rules.length; index++) {
        const rule: unknown = job.rules[index];
        if (!isObject(rule) || rule.needs === undefined) continue;
        const keyword = `rules[${index}].needs`;
        checkList(
          entry,
          keyword,
          rule.needs,
          neededJobs(rule.needs, configuration),
          configuration,
          seen,
          say,
        );
      }
    }
    if (job.dependencies !== undefined) checkDependencies(entry, configuration, say);
    if (job.environment !== undefined) checkOnStop(entry, configuration, say);
  }
  // Where each job needs only what stands before it there is no circle to be looked for.
  if (pointsAhead) checkCircles(configuration);
}

function checkCircles(configuration: Configuration): void {
  const graph = new Map<string, string[]>();
  for (const { name, job, template } of configuration.entries) {
    if (template) continue;
    const targets = neededJobs(job.needs, configuration).flatMap(({ found }) => found?.name ?? []);
    graph.set(name, [...new Set(targets)]);
  }
  for (const circle of sortGraph(graph).circles) {
    const job = circle[0] ?? '';
    const message = `goes in a circle: ${[...circle, job].join(' -> ')}. Take one of them out.`;
    const file = configuration.byName.get(job)?.file ?? '';
    configuration.report({ file, job, keyword: 'needs', message });
  }
}

const NONE: readonly NeededJob[] = [];

function neededJobs(value: unknown, configuration: Configuration): readonly NeededJob[] {
  if (!Array.isArray(value) || value.length === 0) return NONE;
  const needs: NeededJob[] = [];
  for (const need of value as readonly unknown[]) {
    const name = typeof need === 'string' ? need : isObject(need) ? need.job : undefined;
    if (typeof name !== 'string' || name === '') continue;
    const options = isObject(need) ? need : {};
    if (options.pipeline !== undefined || options.project !== undefined) continue;
    const some = options.parallel !== undefined;
    const count = instances(some ? options.parallel : configuration.byName.get(name)?.job.parallel);
    const found = findJob(name, configuration);
    needs.push({ name, found, optional: options.optional === true, count, some });
  }
  return needs;
}

function checkList(
  entry: Entry,
  keyword: string,
  list: unknown,
  needs: readonly NeededJob[],
  configuration: Configuration,
  seen: Set<unknown>,
  say: Say,
): void {
  for (const { name, found } of needs) if (found) checkOrder(entry, keyword, name, found, configuration, say);
  // A list that comes from a template is the same for all who extend it: said once is enough.
  if (needs.length === 0 || seen.has(list)) return;
  seen.add(list);
  let total = 0;
  const names = new Set<string>();
  for (const { name, some, optional, found, count } of needs) {
    total += count;
    if (!some && names.has(name)) say(keyword, `names '${name}' twice. Leave one out.`);
    names.add(name);
    if (!found && !optional && !configuration.included.open) say(keyword, unknownJob(name, configuration));
    if (found && name.length > NEEDED_JOB_NAME_MAX) {
      const message = `names a job with ${name.length} characters; GitLab takes at most ${NEEDED_JOB_NAME_MAX} here. Shorten '${name.slice(0, 40)}...'.`;
      say(keyword, message);
    }
  }
  if (total > NEEDS_MAX) {
    const message = `names ${total} jobs, counting each instance of parallel ones; GitLab takes at most ${NEEDS_MAX}. Put a job between that gathers some of them.`;
    say(keyword, message);
  }
}

function checkOnStop(entry: Entry, configuration: Configuration, say: Say): void {
  const environment = entry.job.environment;
  if (!isObject(environment) || typeof environment.on_stop !== 'string' || environment.on_stop === '') return;
  const keyword = 'environment.on_stop';
  const name = environment.on_stop;
  const stop = findJob(name, configuration);
  if (!stop) {
    if (!configuration.included.open) {
      say(keyword, unknownJob(name, configuration, 'take it out'));
    }
    return;
  }
  if (stop.incomplete) return;
  const other = isObject(stop.job.environment) ? stop.job.environment : {};
  if (other.name !== environment.name || other.action !== 'stop') {
    const message = `names '${name}', which does not stop this environment. Give that job environment: { name: '${String(environment.name)}', action: 'stop' }.`;
    say(keyword, message);
  }
}
