import { type Configuration, type Entry, type Say, sayOf } from './configuration';
import { jobKeys, job as jobShape } from './job-shape';
import { delay } from './rule-shape';
import { isObject, type Shape } from './shape';
import { judge } from './sinks';

const shapes: ReadonlyMap<string, Shape> = new Map(Object.entries(jobKeys));

/** Each job by itself. */
export function checkJobs(configuration: Configuration): void {
  const seen = new Set<unknown>();
  for (const entry of configuration.entries) {
    const say = sayOf(configuration, entry);
    if (!isObject(entry.given)) {
      judge(jobShape, entry.given ?? null, '', 'strict', say);
      continue;
    }
    const isWhole = !entry.template && entry.job === entry.own;
    judge(jobShape, entry.own, '', isWhole ? 'strict' : 'partial', say);
    if (entry.template || entry.incomplete) continue;
    if (!isWhole) checkMerged(entry, say, seen);
    checkWork(entry, say);
    checkStart(entry, say);
  }
}

/** What is still missing after the merge. A part that comes whole from a template is looked at once. */
function checkMerged({ job }: Entry, say: Say, seen: Set<unknown>): void {
  for (const keyword in job) {
    const value = job[keyword];
    // Texts and numbers have no members, and lists are never merged.
    if (!isObject(value) || seen.has(value)) continue;
    seen.add(value);
    const shape = shapes.get(keyword);
    if (shape) judge(shape, value, keyword, 'merged', say);
  }
}

function checkWork({ job }: Entry, say: Say): void {
  if (job.script !== undefined && job.run === undefined && job.trigger === undefined) return;
  const work = ['script', 'run', 'trigger'].filter((keyword) => job[keyword] !== undefined);
  if (work.length === 1) return;
  const found = work.length === 0 ? 'has none of' : `has ${work.join(' and ')}, but takes one of`;
  say(work[1], `${found} script, run and trigger. Say in exactly one of them what the job does.`);
}

function checkStart({ job }: Entry, say: Say): void {
  const rules: readonly unknown[] = Array.isArray(job.rules) ? job.rules : [];
  if (job.rules !== undefined) {
    if (job.start_in !== undefined)
      say('start_in', 'does not go together with rules. Write it into the rules.');
  } else {
    judge(delay, job, '', 'strict', say);
  }
  if (job.manual_confirmation === undefined || job.when === 'manual') return;
  if (rules.some((rule) => isObject(rule) && rule.when === 'manual')) return;
  say('manual_confirmation', "asks nobody, as the job is not manual. Add when: 'manual', or leave it out.");
}
