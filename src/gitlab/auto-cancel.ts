/**
 * What cancels a running pipeline by itself.
 *
 * @see https://docs.gitlab.com/ci/yaml/#workflowauto_cancelon_new_commit
 */
export interface AutoCancel {
  /**
   * What a newer commit on the same branch cancels: everything as long as no job with `interruptible: false`
   * has started ('conservative'), only jobs with `interruptible: true` ('interruptible'), or nothing ('none').
   * @default 'conservative'
   */
  readonly on_new_commit?: 'conservative' | 'interruptible' | 'none';
  /**
   * Whether the first failed job cancels all that still run.
   * @default 'none'
   */
  readonly on_job_failure?: 'all' | 'none';
}
