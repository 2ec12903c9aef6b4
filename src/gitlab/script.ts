/**
 * Shell commands, one or several. A failed command ends the job.
 *
 * @see https://docs.gitlab.com/ci/yaml/#script
 */
export type Script = string | readonly string[];

/**
 * Commands at certain moments of a job.
 *
 * @see https://docs.gitlab.com/ci/yaml/#hooks
 */
export interface Hooks {
  /**
   * Commands before the repository is cloned.
   * @default none
   */
  readonly pre_get_sources_script?: Script;
}

/**
 * One step of a job that is written in steps in place of a script.
 *
 * @see https://docs.gitlab.com/ci/steps/
 */
export interface RunStep {
  /** The step's name. */
  readonly name?: string;
  /** The step to fetch: an address, or a description of where it is. @default none */
  readonly step?: string | Readonly<Record<string, unknown>>;
  /** A GitHub action to run. @default none */
  readonly action?: string;
  /** Shell commands to run. @default none */
  readonly script?: string;
  /** What the step is given. @default none */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Variables of the step. @default none */
  readonly env?: Readonly<Record<string, string>>;
}
