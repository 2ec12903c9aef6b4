import { type Data, dataOf, knowsAllOf, listOf, refuse, textOf, unknown } from './data';
import { needsOf } from './needs';
import { stageOf } from './stages';

/** What would change what this model says of a job. */
const UNKNOWN_KEYWORDS = ['only', 'except', 'parallel', 'start_in_seconds'];

/** Fails for jobs that GitLab takes in no pipeline. code: lib/gitlab/ci/yaml_processor.rb */
export function checkJobs(jobs: ReadonlyMap<string, Data>, stages: readonly string[]): void {
  for (const [name, job] of jobs) checkJob(name, job, jobs, stages);
  checkCircles(jobs);
}

function checkJob(name: string, job: Data, jobs: ReadonlyMap<string, Data>, stages: readonly string[]): void {
  knowsAllOf(job, name, UNKNOWN_KEYWORDS);
  const stage = stages.indexOf(stageOf(job, name));
  if (stage < 0) refuse(name, `its stage ${stageOf(job, name)} is not among ${stages.join(', ')}`);
  if ((job.script === undefined) === (job.trigger === undefined))
    refuse(name, 'expected a script or a trigger');
  if (job.start_in !== undefined && job.rules !== undefined)
    refuse(name, 'start_in stands in its rules or not at all');
  if (job.when === 'delayed' && job.trigger !== undefined) unknown(name, 'delayed trigger jobs');
  const rules = listOf(job.rules).map((rule) => dataOf(rule, `${name}:rules`));
  const lists = [job, ...rules].map((one) => needsOf(one, `${name}:needs`));
  const isThere = (other: string, last: number) => {
    const found = jobs.get(other);
    if (!found) return false;
    if (stages.indexOf(stageOf(found, other)) > last) refuse(name, `${other} is in a later stage`);
    return true;
  };
  for (const { job: other, optional } of lists.flatMap((needs) => needs ?? [])) {
    if (!isThere(other, stage) && !optional) refuse(name, `it needs ${other}, which is nowhere`);
  }
  const needed = lists[0]?.map(({ job: other }) => other);
  for (const dependency of listOf(job.dependencies).map((one) => textOf(one, `${name}:dependencies`))) {
    // Without needs GitLab looks for artifacts in earlier stages alone.
    if (!isThere(dependency, needed ? stage : stage - 1))
      refuse(name, `it depends on ${dependency}, which is nowhere`);
    if (needed && !needed.includes(dependency))
      refuse(name, `it depends on ${dependency}, which it does not need`);
  }
}

function checkCircles(jobs: ReadonlyMap<string, Data>): void {
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]) => {
    if (trail.includes(name)) refuse(name, `jobs need each other: ${[...trail, name].join(', ')}`);
    if (done.has(name)) return;
    for (const { job } of needsOf(jobs.get(name) ?? {}, name) ?? []) visit(job, [...trail, name]);
    done.add(name);
  };
  for (const name of jobs.keys()) visit(name, []);
}
