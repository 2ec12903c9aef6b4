import type { IncludeRule } from './rules';

/** What an included file's `spec:inputs` are given. */
export type InputValue = string | number | boolean | readonly unknown[];

/** Input values by name. */
export type Inputs = Readonly<Record<string, InputValue>>;

/** What all includes take beside the place of the file. */
interface IncludeOptions {
  /** For which events the file is included. @default always */
  readonly rules?: readonly IncludeRule[];
  /** What the file's inputs are given. @default their defaults */
  readonly inputs?: Inputs;
}

/** A file of the same repository at the same commit. */
export interface IncludeLocal extends IncludeOptions {
  /** The path from the root of the repository; `*` and `**` work. */
  readonly local: string;
}

/** Files of another project on the same GitLab. */
export interface IncludeProject extends IncludeOptions {
  /** The full path of the project. */
  readonly project: string;
  /** The file, or several, from the root of that project. */
  readonly file: string | readonly string[];
  /** The branch, tag or commit. @default the default branch */
  readonly ref?: string;
}

/** A file anywhere on the web. */
export interface IncludeRemote extends IncludeOptions {
  /** The address. */
  readonly remote: string;
  /** The expected digest of the file: `sha256-` and Base64. @default not checked */
  readonly integrity?: string;
}

/** A template that comes with GitLab. */
export interface IncludeTemplate extends IncludeOptions {
  /** Its name. */
  readonly template: string;
}

/** A component of the CI/CD catalogue. */
export interface IncludeComponent extends IncludeOptions {
  /** Its address with version: `host/project/name@version`. */
  readonly component: string;
}

/** A file that a job of the same pipeline made; for `trigger:include` alone. */
export interface IncludeArtifact {
  /** The path inside the artifacts. */
  readonly artifact: string;
  /** The job that made it. */
  readonly job: string;
  /** What the file's inputs are given. @default their defaults */
  readonly inputs?: Inputs;
}

/**
 * Another file that becomes part of the configuration. Included files come first, and what the including file
 * says wins. At most 150 files in all.
 *
 * @see https://docs.gitlab.com/ci/yaml/#include
 */
export type Include =
  | string
  | IncludeLocal
  | IncludeProject
  | IncludeRemote
  | IncludeTemplate
  | IncludeComponent;
