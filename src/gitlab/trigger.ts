import type { Include, IncludeArtifact, Inputs } from './include';

/**
 * Which variables a downstream pipeline gets.
 *
 * @see https://docs.gitlab.com/ci/yaml/#triggerforward
 */
export interface Forward {
  /** Those written in the configuration. @default true */
  readonly yaml_variables?: boolean;
  /** Those given when the pipeline was started, by hand or by a schedule. @default false */
  readonly pipeline_variables?: boolean;
}

/** What both kinds of trigger take. */
interface TriggerOptions {
  /**
   * How the trigger job follows the downstream pipeline: 'mirror' takes its status exactly (since GitLab
   * 18.2); 'depend' waits for it, and stays "running" while that one is blocked.
   * @default succeeds as soon as the downstream pipeline is there
   */
  readonly strategy?: 'mirror' | 'depend';
  /** Which variables are handed down. @default those written in the configuration */
  readonly forward?: Forward;
}

/** A child pipeline in the same project. */
export interface TriggerChild extends TriggerOptions {
  /** The child's configuration: one file, or at most three that are merged. */
  readonly include: string | readonly (Include | IncludeArtifact)[];
}

/** A pipeline in another project. */
export interface TriggerProject extends TriggerOptions {
  /** The full path of the project. */
  readonly project: string;
  /** The branch. @default the default branch */
  readonly branch?: string;
  /** What that pipeline's inputs are given. @default their defaults */
  readonly inputs?: Inputs;
}

/**
 * Another pipeline that a job starts; a bare string is the path of a project.
 *
 * @see https://docs.gitlab.com/ci/yaml/#trigger
 */
export type Trigger = string | TriggerChild | TriggerProject;
