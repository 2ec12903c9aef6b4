import type { Configuration, Entry } from './configuration';
import { job as jobShape } from './job-shape';
import { delay } from './rule-shape';
import { isObject } from './shape';
import { merged, partial, strict } from './sinks';

/** What GitLab takes in a job that triggers a pipeline; see lib/gitlab/ci/config/entry/bridge.rb there. */
const TRIGGER_KEYS: ReadonlySet<string> = new Set([
  'extends',
  'stage',
  'environment',
  'resource_group',
  'inherit',
  'variables',
  'rules',
  'needs',
  'when',
  'manual_confirmation',
  'allow_failure',
  'interruptible',
  'parallel',
  'trigger',
]);

type Say = (keyword: string | undefined, message: string) => void;

/** Each job by itself. */
export function checkJobs(configuration: Configuration): void {
  const seen = new WeakSet<object>();
  for (const entry of configuration.entries) {
    const say: Say = (keyword, message) =>
      configuration.report({ file: entry.file, job: entry.name, ...(keyword ? { keyword } : {}), message });
    if (!isObject(entry.given)) {
      jobShape(entry.given ?? null, '', strict(say));
      continue;
    }
    const whole = !entry.template && entry.job === entry.own;
    jobShape(entry.own, '', whole ? strict(say) : partial(say));
    if (entry.template || entry.incomplete) continue;
    if (!whole) checkMerged(entry, say, seen);
    checkWork(entry, say);
    checkTrigger(entry, say);
    checkStart(entry, say);
  }
}

/** What is still missing after the merge. A part that comes whole from a template is looked at once. */
function checkMerged({ job }: Entry, say: Say, seen: WeakSet<object>): void {
  const fresh: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(job)) {
    if (typeof value === 'object' && value !== null) {
      if (seen.has(value)) continue;
      seen.add(value);
    }
    fresh[keyword] = value;
  }
  jobShape(fresh, '', merged(say));
}

function checkWork({ job }: Entry, say: Say): void {
  const work = ['script', 'run', 'trigger'].filter((keyword) => job[keyword] !== undefined);
  if (work.length === 1) return;
  const found = work.length === 0 ? 'has none of' : `has ${work.join(' and ')}, but takes one of`;
  say(work[1], `${found} script, run and trigger. Say in exactly one of them what the job does.`);
}

function checkTrigger({ job }: Entry, say: Say): void {
  if (job.trigger === undefined || job.script !== undefined || job.run !== undefined) return;
  for (const keyword of Object.keys(job)) {
    if (job[keyword] === undefined || TRIGGER_KEYS.has(keyword)) continue;
    say(keyword, 'does not go together with trigger: no runner takes such a job. Leave it out.');
  }
  if (job.when === 'delayed')
    say('when', "is 'delayed', which a job with trigger cannot be. Choose another.");
  if (isObject(job.allow_failure)) {
    say('allow_failure', 'has exit codes, but a job with trigger has none. Write true or false.');
  }
  if (typeof job.parallel === 'number') {
    say(
      'parallel',
      `is the number ${job.parallel}; a job with trigger takes a matrix alone. Write { matrix }.`,
    );
  }
}

function checkStart({ job }: Entry, say: Say): void {
  const rules: readonly unknown[] = Array.isArray(job.rules) ? job.rules : [];
  if (job.rules !== undefined) {
    if (job.start_in !== undefined)
      say('start_in', 'does not go together with rules. Write it into the rules.');
  } else {
    delay(job, '', { wrong: say, missing: say, items: undefined });
  }
  if (job.manual_confirmation === undefined || job.when === 'manual') return;
  if (rules.some((rule) => isObject(rule) && rule.when === 'manual')) return;
  say('manual_confirmation', "asks nobody, as the job is not manual. Add when: 'manual', or leave it out.");
}
