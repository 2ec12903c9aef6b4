import type { GlobalVariables } from '../gitlab';
import { anyOf } from './name-patterns';

/**
 * What makes pipelines, as conditions of GitLab's rules. Each names its source: schedules and pipelines started by hand
 * have a branch, too, and to them every file counts as changed.
 * @see https://docs.gitlab.com/ci/jobs/job_rules/#ci_pipeline_source-predefined-variable
 */

/** What GitLab calls the source of each kind of pipeline. */
const SOURCES = {
  mergeRequest: '== "merge_request_event"',
  push: '== "push"',
  schedule: '== "schedule"',
  byHand: '=~ /^(web|api)$/',
} as const;

/** In a child pipeline GitLab says `parent_pipeline`; the trigger hands down what its parent came from. */
export const SOURCE_VARIABLE = 'CDKOPS_PIPELINE_SOURCE';

/** In a child pipeline: the parent's number, by which the record knows whose roll-out is in progress. */
export const PIPELINE_VARIABLE = 'CDKOPS_PIPELINE_ID';

/** Who starts a pipeline by hand names the cluster that it is for in this variable, or {@link ALL_CLUSTERS}. */
const CLUSTER_VARIABLE = 'CDKOPS_CLUSTER';

/** The word for all of them: no cluster has a name without a dot. */
export const ALL_CLUSTERS = 'all';

/** Who starts a pipeline by hand says in this variable what it is to do. */
const ACTION_VARIABLE = 'CDKOPS_ACTION';

/** What a pipeline that is started by hand can do, the default first. */
const ACTIONS = ['rollout', 'plan', 'drift', 'rollback'] as const;

/** What a pipeline that is started by hand is to do. */
export type Action = (typeof ACTIONS)[number];

/** A reason to open one cluster's wave without asking the waves before. */
const PASS_GATE_VARIABLE = 'CDKOPS_PASS_GATE';

/** `plan` in a child pipeline that makes plans for a wave that is not open yet. */
export const PHASE_VARIABLE = 'CDKOPS_PHASE';

/** What the form offers that starts a pipeline by hand. */
export const FORM: GlobalVariables = {
  [CLUSTER_VARIABLE]: {
    value: '',
    description: `A cluster's name, or ${ALL_CLUSTERS}. Without one there is nothing but the check of the files.`,
  },
  [ACTION_VARIABLE]: {
    value: ACTIONS[0],
    options: ACTIONS,
    description:
      'rollout: dryrun, update and roll. plan: dryrun alone. drift: what is not as it was rolled out. rollback: one cluster back to its roll-out before.',
  },
};

const ON_DEFAULT_BRANCH = '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH';

/** A merge request. */
export const MERGE_REQUEST = `$CI_PIPELINE_SOURCE ${SOURCES.mergeRequest}`;

/** A commit on the default branch: what was merged. */
export const MERGED = `$CI_PIPELINE_SOURCE ${SOURCES.push} && ${ON_DEFAULT_BRANCH}`;

/** A schedule of the default branch. */
export const SCHEDULED = `$CI_PIPELINE_SOURCE ${SOURCES.schedule} && ${ON_DEFAULT_BRANCH}`;

/** A person, or a program of theirs, on any branch. */
export const BY_HAND = `$CI_PIPELINE_SOURCE ${SOURCES.byHand}`;

/** A condition of jobs that may be in a child pipeline: one of two. */
function from(source: keyof typeof SOURCES): string {
  return `$CI_PIPELINE_SOURCE ${SOURCES[source]} || $${SOURCE_VARIABLE} ${SOURCES[source]}`;
}

/** A merge request, also of the parent: one of two. */
export const FROM_MERGE_REQUEST = from('mergeRequest');

/** What was merged, also into the parent's branch. */
export const FROM_MERGED = `${ON_DEFAULT_BRANCH} && (${from('push')})`;

/** A schedule, also of the parent. */
export const FROM_SCHEDULE = `${ON_DEFAULT_BRANCH} && (${from('schedule')})`;

/** In a child pipeline: it is one that changes clusters. */
export const NOT_PLANNING = `$${PHASE_VARIABLE} != "plan"`;

/** A person wants one of these clusters, or all, on any branch. */
function wanted(clusters: readonly string[] | undefined): string {
  const byHand = `(${from('byHand')})`;
  if (!clusters) return byHand;
  return `$${CLUSTER_VARIABLE} =~ /^(${ALL_CLUSTERS}|${anyOf(clusters)})$/ && ${byHand}`;
}

function isAction(actions: readonly Action[]): string {
  const variable = `$${ACTION_VARIABLE}`;
  return actions.length === 1
    ? `${variable} == "${actions[0]}"`
    : `${variable} =~ /^(${actions.join('|')})$/`;
}

/**
 * A person wants one of these actions for one of these clusters, at the state of the default branch.
 * @param clusters - any, where there are none
 */
export function askedFor(clusters: readonly string[] | undefined, ...actions: readonly Action[]): string {
  return `${ON_DEFAULT_BRANCH} && ${isAction(actions)} && ${wanted(clusters)}`;
}

/** The same, where one of them is for other branches, too. */
export function askedForAnywhere(
  clusters: readonly string[],
  anywhere: Action,
  ...actions: readonly Action[]
): string {
  if (actions.length === 0) return `${isAction([anywhere])} && ${wanted(clusters)}`;
  return `${wanted(clusters)} && (${isAction([anywhere])} || (${ON_DEFAULT_BRANCH} && ${isAction(actions)}))`;
}

/** Nobody has said that the waves before are not to be asked. */
export const ASKS_WAVES_BEFORE = `$${PASS_GATE_VARIABLE} == null || $${PASS_GATE_VARIABLE} == ""`;
