import type { AutoCancel } from './auto-cancel';
import type { WorkflowRule } from './rules';

/**
 * What holds for the pipeline as a whole: whether there is one, its name, what cancels it.
 *
 * @see https://docs.gitlab.com/ci/yaml/#workflow
 */
export interface Workflow {
  /**
   * The pipeline's name in lists; variables work. At most 255 characters.
   * @default none
   */
  readonly name?: string;
  /**
   * What cancels the pipeline by itself.
   * @default on_new_commit 'conservative', on_job_failure 'none'
   */
  readonly auto_cancel?: AutoCancel;
  /**
   * For which events there is a pipeline; the first rule that matches decides.
   * @default for every event
   */
  readonly rules?: readonly WorkflowRule[];
}
