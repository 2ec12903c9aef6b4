import { PIPELINE_DEPTH_MAX, PIPELINES_IN_TREE_MAX } from '../limits';
import { type Configuration, type Entry, type Say, sayOf } from './configuration';
import { plainPath } from './includes';
import { instances } from './parallel-shape';
import { checkOrder, findJob } from './references';
import { isObject } from './shape';

/**
 * What GitLab takes in a job that triggers a pipeline; all else is an error.
 * code: lib/gitlab/ci/config/entry/bridge.rb and processable.rb; doc: /ci/yaml/#trigger
 */
const KEYWORDS: ReadonlySet<string> = new Set([
  'extends',
  'stage',
  'environment',
  'resource_group',
  'inherit',
  'variables',
  'rules',
  'needs',
  'when',
  'allow_failure',
  'interruptible',
  'parallel',
  'trigger',
]);

/** Jobs that start other pipelines. */
export function checkTriggers(configuration: Configuration): void {
  const triggers = configuration.entries.filter(
    ({ template, job }) => !template && job.trigger !== undefined,
  );
  for (const entry of triggers) {
    const say = sayOf(configuration, entry);
    if (!entry.incomplete) checkKeywords(entry, say);
    checkIncludes(entry, configuration, say);
    checkDepth(entry, configuration, say);
  }
  checkNumber(triggers, configuration);
}

function checkKeywords({ job }: Entry, say: Say): void {
  // That there is a script as well has been said.
  if (job.script !== undefined || job.run !== undefined) return;
  for (const keyword of Object.keys(job)) {
    if (job[keyword] === undefined || KEYWORDS.has(keyword)) continue;
    say(keyword, 'does not go together with trigger: no runner takes such a job. Leave it out.');
  }
  const isDelayed = "is 'delayed', which a job with trigger cannot be. Choose another.";
  if (job.when === 'delayed') say('when', isDelayed);
  if (isObject(job.allow_failure)) {
    say('allow_failure', 'has exit codes, but a job with trigger has none. Write true or false.');
  }
  if (typeof job.parallel === 'number') {
    const message = `is the number ${job.parallel}; a job with trigger takes a matrix alone. Write { matrix }.`;
    say('parallel', message);
  }
  for (const [index, rule] of listOf(job.rules).entries()) {
    if (isObject(rule) && rule.when === 'delayed') say(`rules[${index}].when`, isDelayed);
  }
  for (const [index, need] of listOf(job.needs).entries()) {
    if (!isObject(need) || (need.pipeline === undefined && need.project === undefined)) continue;
    const message =
      'is a job of another pipeline, whose artifacts a job with trigger cannot fetch. Name jobs of this pipeline.';
    say(`needs[${index}]`, message);
  }
}

/** The files that a child pipeline is made of. */
function checkIncludes(entry: Entry, configuration: Configuration, say: Say): void {
  const given = isObject(entry.job.trigger) ? entry.job.trigger.include : undefined;
  const files: readonly unknown[] = Array.isArray(given) ? given : [given];
  for (const [index, file] of files.entries()) {
    const at = Array.isArray(given) ? `trigger.include[${index}]` : 'trigger.include';
    if (typeof file === 'string') checkLocal(at, file, configuration, say);
    if (!isObject(file)) continue;
    if (typeof file.local === 'string') checkLocal(`${at}.local`, file.local, configuration, say);
    if (typeof file.job !== 'string') continue;
    const found = findJob(file.job, configuration);
    if (found) checkOrder(entry, `${at}.job`, file.job, found, configuration, say);
    else if (!configuration.included.open)
      say(`${at}.job`, `names '${file.job}', but no file has such a job.`);
  }
}

/** Nobody knows before the job runs what a path with variables or wildcards comes to. */
function checkLocal(at: string, path: string, { options }: Configuration, say: Say): void {
  if (!options.files || path === '' || /[$*]|^https?:\/\//.test(path)) return;
  const wanted = plainPath(path);
  for (const file of [wanted, `/${wanted}`]) if (options.files.has(file)) return;
  say(
    at,
    `is '${path}', which nobody writes: the child pipeline would fail. Add that file, or correct the path.`,
  );
}

function checkDepth({ job }: Entry, { options }: Configuration, say: Say): void {
  if (!isObject(job.trigger) || job.trigger.include === undefined) return;
  if ((options.depth ?? 0) < PIPELINE_DEPTH_MAX) return;
  const message = `starts a child of a pipeline that is ${PIPELINE_DEPTH_MAX} levels below the first; GitLab goes no deeper. Start it from a pipeline above.`;
  say('trigger.include', message);
}

/** The pipeline itself is one of its tree, and so are those above it. */
function checkNumber(triggers: readonly Entry[], { options, report, root }: Configuration): void {
  const above = 1 + (options.depth ?? 0);
  const atMost = above + count(triggers);
  if (atMost <= PIPELINES_IN_TREE_MAX) return;
  const always = above + count(triggers.filter(({ job }) => job.rules === undefined));
  const message = `comes to ${atMost} pipelines in one tree, ${always} of them whatever the event; GitLab takes at most ${PIPELINES_IN_TREE_MAX}. Let a child pipeline do the work of several.`;
  const severity = always > PIPELINES_IN_TREE_MAX ? 'error' : 'warning';
  report({ file: root, keyword: 'trigger', message, severity });
}

function count(triggers: readonly Entry[]): number {
  return triggers.reduce((sum, { job }) => sum + instances(job.parallel), 0);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
