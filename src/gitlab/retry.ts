/** For what kind of failure a job is tried again. */
export type RetryWhen =
  | 'always'
  | 'api_failure'
  | 'archived_failure'
  | 'data_integrity_failure'
  | 'job_execution_timeout'
  | 'runner_system_failure'
  | 'runner_unsupported'
  | 'scheduler_failure'
  | 'script_failure'
  | 'stale_schedule'
  | 'stuck_or_timeout_failure'
  | 'unknown_failure'
  | 'unmet_prerequisites';

/**
 * When, and how many times, a failed job is tried again by itself.
 *
 * @see https://docs.gitlab.com/ci/yaml/#retry
 */
export interface Retry {
  /** How many times, from 0 to 2. @default 0 */
  readonly max?: 0 | 1 | 2;
  /** For which kinds of failure. @default 'always' */
  readonly when?: RetryWhen | readonly RetryWhen[];
  /** For which exit codes of the script. @default any */
  readonly exit_codes?: number | readonly number[];
}
