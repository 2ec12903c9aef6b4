/**
 * What makes pipelines, as conditions of GitLab's rules. Each names its source: schedules and pipelines started by hand
 * have a branch, too, and to them every file counts as changed.
 * @see https://docs.gitlab.com/ci/jobs/job_rules/#ci_pipeline_source-predefined-variable
 */

/** A merge request. */
export const MERGE_REQUEST = '$CI_PIPELINE_SOURCE == "merge_request_event"';

const ON_DEFAULT_BRANCH = '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH';

/** A commit on the default branch: what was merged. */
export const MERGED = `$CI_PIPELINE_SOURCE == "push" && ${ON_DEFAULT_BRANCH}`;

/** Both. */
export const MERGE_REQUEST_OR_MERGED = `${MERGE_REQUEST} || (${MERGED})`;

/** A schedule of the default branch. */
export const SCHEDULED = `$CI_PIPELINE_SOURCE == "schedule" && ${ON_DEFAULT_BRANCH}`;

/** A person, or a program of theirs, on any branch. */
export const BY_HAND = '$CI_PIPELINE_SOURCE =~ /^(web|api)$/';

/** Who starts a pipeline by hand names the cluster that it is for in this variable. */
export const CLUSTER_VARIABLE = 'CDKOPS_CLUSTER';

/** A person who wants the jobs of one cluster, at the state of the default branch. */
export function askedFor(cluster: string): string {
  return `${BY_HAND} && ${ON_DEFAULT_BRANCH} && $${CLUSTER_VARIABLE} == "${cluster}"`;
}
