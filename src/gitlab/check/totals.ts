import {
  ENVIRONMENT_JOBS_MAX,
  EXPOSED_ARTIFACTS_MAX,
  FIRST_STAGE,
  INCLUDES_MAX,
  LAST_STAGE,
} from '../limits';
import { type Configuration, type Entry, stageOf } from './configuration';
import { instances } from './parallel-shape';
import { isObject } from './shape';

/** What counts over all files, and stages. */
export function checkTotals(configuration: Configuration): void {
  checkStages(configuration);
  checkEnvironments(configuration);
  checkIncludes(configuration);
  checkExposed(configuration);
}

function checkStages({ entries, stages, included, report, root }: Configuration): void {
  const jobs = entries.filter((entry) => !entry.template);
  for (const entry of jobs) {
    const stage = stageOf(entry);
    if (!stages || stages.has(stage) || (entry.incomplete && entry.own.stage === undefined)) continue;
    const given = entry.job.stage === undefined ? `is not given, so that it is '${stage}'` : `is '${stage}'`;
    const message = `${given}, which no file lists; there are: ${[...stages.keys()].join(', ')}. Choose one of them, or add it to stages of ${root}.`;
    report({ file: entry.file, job: entry.name, keyword: 'stage', message });
  }
  if (included.open) return;
  if (jobs.length === 0) {
    report({
      file: root,
      message: 'comes to no job at all; GitLab refuses that. Add a job without a leading dot.',
    });
  } else if (jobs.every((entry) => [FIRST_STAGE, LAST_STAGE].includes(stageOf(entry)))) {
    const message = `comes to jobs in ${FIRST_STAGE} and ${LAST_STAGE} alone; GitLab makes no pipeline of these. Put a job into another stage.`;
    report({ file: root, message });
  }
}

function checkEnvironments({ entries, report, root }: Configuration): void {
  const found = entries.filter((entry) => !entry.template && entry.job.environment !== undefined);
  const atMost = count(found);
  const always = count(found.filter((entry) => entry.job.rules === undefined));
  if (atMost <= ENVIRONMENT_JOBS_MAX) return;
  const message = `${atMost} jobs have an environment, ${always} of them whatever the event; GitLab takes at most ${ENVIRONMENT_JOBS_MAX} in one pipeline. Take environments away from jobs that do not need them, or use child pipelines.`;
  const severity = always > ENVIRONMENT_JOBS_MAX ? 'error' : 'warning';
  report({ file: root, keyword: 'environment', message, severity });
}

function checkIncludes({ included, options, report, root }: Configuration): void {
  // The first file of a child pipeline is included by its trigger.
  const own = options.depth ? 1 : 0;
  const atMost = included.atMost + own;
  const always = included.always + own;
  if (atMost <= INCLUDES_MAX) return;
  const message = `${atMost} files are included, ${always} of them whatever the event; GitLab takes at most ${INCLUDES_MAX}. Put several into one file, or use child pipelines.`;
  const severity = always > INCLUDES_MAX ? 'error' : 'warning';
  report({ file: root, keyword: 'include', message, severity });
}

function checkExposed({ entries, report, root }: Configuration): void {
  const found = entries.filter(
    ({ template, job }) => !template && isObject(job.artifacts) && job.artifacts.expose_as !== undefined,
  );
  if (count(found) <= EXPOSED_ARTIFACTS_MAX) return;
  const message = `${count(found)} jobs have artifacts with expose_as; a merge request shows the first ${EXPOSED_ARTIFACTS_MAX}. Gather them in one job.`;
  report({ file: root, keyword: 'artifacts.expose_as', message, severity: 'warning' });
}

function count(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + instances(entry.job.parallel), 0);
}
