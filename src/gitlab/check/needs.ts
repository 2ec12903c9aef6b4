import { sortGraph } from '../graph';
import { NEEDED_JOB_NAME_MAX, NEEDS_MAX } from '../limits';
import { type Configuration, type Entry, stageOf } from './configuration';
import { instances } from './parallel-shape';
import { isObject } from './shape';

interface NeededJob {
  readonly name: string;
  readonly optional: boolean;
  /** How many jobs it comes to. */
  readonly count: number;
  /** Whether only some instances are meant. */
  readonly some: boolean;
}

type Say = (keyword: string, message: string) => void;

/** Names of other jobs in `needs`, `dependencies`, `environment.on_stop` and `trigger.include`. */
export function checkNeeds(configuration: Configuration): void {
  const graph = new Map<string, string[]>();
  const seen = new WeakSet<object>();
  for (const entry of configuration.entries) {
    if (entry.template) continue;
    const say: Say = (keyword, message) =>
      configuration.report({ file: entry.file, job: entry.name, keyword, message });
    const needs = needed(entry.job.needs, configuration);
    const targets = needs.flatMap((need) => find(need.name, configuration)?.name ?? []);
    graph.set(entry.name, [...new Set(targets)]);
    checkList(entry, 'needs', entry.job.needs, configuration, seen, say);
    const rules: readonly unknown[] = Array.isArray(entry.job.rules) ? entry.job.rules : [];
    rules.forEach((rule, index) => {
      if (isObject(rule)) checkList(entry, `rules[${index}].needs`, rule.needs, configuration, seen, say);
    });
    checkDependencies(entry, needs, configuration, say);
    checkOnStop(entry, configuration, say);
  }
  for (const circle of sortGraph(graph).circles) {
    const job = circle[0] ?? '';
    const message = `goes in a circle: ${[...circle, job].join(' -> ')}. Take one of them out.`;
    const file = configuration.byName.get(job)?.file ?? '';
    configuration.report({ file, job, keyword: 'needs', message });
  }
}

function needed(value: unknown, configuration: Configuration): NeededJob[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((need: unknown) => {
    const given = typeof need === 'string' ? { job: need } : need;
    if (!isObject(given) || typeof given.job !== 'string' || given.job === '') return [];
    if (given.pipeline !== undefined || given.project !== undefined) return [];
    const some = given.parallel !== undefined;
    const exact = configuration.byName.get(given.job);
    const count = instances(some ? given.parallel : exact?.job.parallel);
    return { name: given.job, optional: given.optional === true, count, some };
  });
}

function checkList(
  entry: Entry,
  keyword: string,
  value: unknown,
  configuration: Configuration,
  seen: WeakSet<object>,
  say: Say,
): void {
  const needs = needed(value, configuration);
  for (const { name } of needs) checkStages(entry, keyword, name, configuration, say);
  // A list that comes from a template is the same for all who extend it: said once is enough.
  if (!Array.isArray(value) || seen.has(value)) return;
  seen.add(value);
  const total = needs.reduce((sum, need) => sum + need.count, 0);
  if (total > NEEDS_MAX) {
    const message = `names ${total} jobs, counting each instance of parallel ones; GitLab takes at most ${NEEDS_MAX}. Put a job between that gathers some of them.`;
    say(keyword, message);
  }
  const names = new Set<string>();
  for (const { name, some, optional } of needs) {
    if (names.has(name) && !some) say(keyword, `names '${name}' twice. Leave one out.`);
    names.add(name);
    const found = find(name, configuration);
    if (!found && !optional && !configuration.included.open) say(keyword, unknown(name, configuration));
    if (found && name.length > NEEDED_JOB_NAME_MAX) {
      const message = `names a job with ${name.length} characters; GitLab takes at most ${NEEDED_JOB_NAME_MAX} here. Shorten '${name.slice(0, 40)}...'.`;
      say(keyword, message);
    }
  }
}

/** The job of a name, also under the names that instances of a parallel job get. */
function find(name: string, { byName }: Configuration): Entry | undefined {
  const entry = byName.get(name) ?? byName.get(name.replace(/ \d+\/\d+$|: \[.*\]$/s, ''));
  return entry?.template ? undefined : entry;
}

function unknown(name: string, { byName }: Configuration): string {
  return byName.has(name)
    ? `names the template '${name}', which is no job. Name a job.`
    : `names '${name}', but no file has such a job. Add it, correct the name, or say optional: true.`;
}

function checkStages(
  entry: Entry,
  keyword: string,
  name: string,
  configuration: Configuration,
  say: Say,
): void {
  const other = find(name, configuration);
  if (!other || !configuration.stages) return;
  const here = configuration.stages.get(stageOf(entry));
  const there = configuration.stages.get(stageOf(other));
  if (here === undefined || there === undefined || there <= here) return;
  const message = `names '${name}' of stage '${stageOf(other)}', which comes after '${stageOf(entry)}'. Name a job of the same stage or an earlier one, or move this job.`;
  say(keyword, message);
}

function checkDependencies(
  entry: Entry,
  needs: readonly NeededJob[],
  configuration: Configuration,
  say: Say,
): void {
  const given: readonly unknown[] = Array.isArray(entry.job.dependencies) ? entry.job.dependencies : [];
  const names = new Set(needs.map((need) => need.name));
  for (const name of given) {
    if (typeof name !== 'string' || name === '') continue;
    if (!find(name, configuration)) {
      if (configuration.included.open) continue;
      say('dependencies', unknown(name, configuration).replace(', or say optional: true', ' or take it out'));
    } else checkStages(entry, 'dependencies', name, configuration, say);
    if (names.size > 0 && !names.has(name)) {
      say(
        'dependencies',
        `names '${name}', which is not among needs. Add it there, or leave dependencies out.`,
      );
    }
  }
  const trigger = isObject(entry.job.trigger) ? entry.job.trigger.include : undefined;
  if (!Array.isArray(trigger)) return;
  trigger.forEach((include: unknown, index) => {
    if (!isObject(include) || typeof include.job !== 'string') return;
    const keyword = `trigger.include[${index}].job`;
    if (find(include.job, configuration)) checkStages(entry, keyword, include.job, configuration, say);
    else if (!configuration.included.open)
      say(keyword, `names '${include.job}', but no file has such a job.`);
  });
}

function checkOnStop(entry: Entry, configuration: Configuration, say: Say): void {
  const environment = entry.job.environment;
  if (!isObject(environment) || typeof environment.on_stop !== 'string' || environment.on_stop === '') return;
  const keyword = 'environment.on_stop';
  const name = environment.on_stop;
  const stop = find(name, configuration);
  if (!stop) {
    if (!configuration.included.open) {
      say(keyword, unknown(name, configuration).replace(', or say optional: true', ' or take it out'));
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
