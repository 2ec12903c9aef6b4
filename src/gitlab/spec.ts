/**
 * One input of a file.
 *
 * @see https://docs.gitlab.com/ci/yaml/#specinputs
 */
export interface SpecInput {
  /** Of what kind its value is. @default 'string' */
  readonly type?: 'string' | 'number' | 'boolean' | 'array';
  /** What it is for. @default none */
  readonly description?: string;
  /** What it is when nothing is given. @default none: the input must be given */
  readonly default?: string | number | boolean | readonly unknown[] | null;
  /** The values that it may have. @default any */
  readonly options?: readonly (string | number | boolean)[];
  /** A regular expression that a text has to match. @default none */
  readonly regex?: string;
}

/**
 * The header of a file: its inputs. It is a YAML document of its own, before the configuration.
 *
 * @see https://docs.gitlab.com/ci/yaml/#spec
 */
export interface Spec {
  /** Inputs by name. @default none */
  readonly inputs?: Readonly<Record<string, SpecInput | null>>;
}
