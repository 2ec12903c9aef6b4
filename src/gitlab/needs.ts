import type { Matrix } from './parallel';

/**
 * A job of the same pipeline that must have ended well first. The stage order no longer counts for a job that
 * has needs.
 *
 * @see https://docs.gitlab.com/ci/yaml/#needs
 */
export interface NeedJob {
  /** The other job's name, of the same stage or an earlier one. */
  readonly job: string;
  /**
   * Whether to fetch the other job's artifacts.
   * @default true
   */
  readonly artifacts?: boolean;
  /**
   * Whether the pipeline is still valid when the other job is not in it. A job whose needs are all optional
   * and absent starts at once.
   * @default false: the pipeline cannot be created without the other job
   */
  readonly optional?: boolean;
  /**
   * Which instances of a parallel job are meant.
   * @default all of them
   */
  readonly parallel?: Matrix;
}

/**
 * A job of the parent pipeline, whose artifacts are fetched. It does not wait for that job.
 *
 * @see https://docs.gitlab.com/ci/yaml/#needspipelinejob
 */
export interface NeedPipelineJob {
  /** The id of the other pipeline, mostly a variable handed down by the parent. */
  readonly pipeline: string;
  /** The job's name in that pipeline. */
  readonly job: string;
  /**
   * Whether to fetch its artifacts.
   * @default true
   */
  readonly artifacts?: boolean;
  /**
   * Which instances of a parallel job are meant.
   * @default all of them
   */
  readonly parallel?: Matrix;
}

/**
 * A job of another project, of which the artifacts of the last successful run are fetched.
 *
 * @see https://docs.gitlab.com/ci/yaml/#needsproject
 */
export interface NeedProjectJob {
  /** The full path of the project. */
  readonly project: string;
  /** The branch or tag whose pipeline is meant. */
  readonly ref: string;
  /** The job's name there. */
  readonly job: string;
  /**
   * Whether to fetch its artifacts.
   * @default true
   */
  readonly artifacts?: boolean;
  /**
   * Which instances of a parallel job are meant.
   * @default all of them
   */
  readonly parallel?: Matrix;
}

/** What a job needs; a bare name is short for `{ job: name }`. */
export type Need = string | NeedJob | NeedPipelineJob | NeedProjectJob;
