import type { Artifacts } from './artifacts';
import type { Cache } from './cache';
import type { IdTokens } from './id-token';
import type { Image, Service } from './image';
import type { Retry } from './retry';
import type { Hooks, Script } from './script';

/**
 * What jobs get that do not say it themselves. A job's own value replaces the default as a whole.
 *
 * @see https://docs.gitlab.com/ci/yaml/#default
 */
export interface Default {
  /** The image. @default the runner's */
  readonly image?: string | Image;
  /** Containers beside the job. @default none */
  readonly services?: readonly (string | Service)[];
  /** Tags of the runners that may take the job. @default none */
  readonly tags?: readonly string[];
  /** Tokens by variable. @default none */
  readonly id_tokens?: IdTokens;
  /** Whether a newer pipeline may cancel jobs. @default false */
  readonly interruptible?: boolean;
  /** How long a job may run, as text; it does not lengthen the life of id tokens. @default the project's */
  readonly timeout?: string;
  /** When failed jobs are tried again. @default 0 */
  readonly retry?: Retry['max'] | Retry;
  /** Caches. @default none */
  readonly cache?: Cache | readonly Cache[];
  /** Commands at certain moments. @default none */
  readonly hooks?: Hooks;
  /** Commands before `script`. @default none */
  readonly before_script?: Script;
  /** Commands after the script, whatever its end. @default none */
  readonly after_script?: Script;
  /** What jobs leave behind. @default nothing */
  readonly artifacts?: Artifacts;
}

/**
 * Which defaults and variables a job takes over.
 *
 * @see https://docs.gitlab.com/ci/yaml/#inherit
 */
export interface Inherit {
  /** All defaults, none, or those named. @default true */
  readonly default?: boolean | readonly (keyof Default)[];
  /** All variables of the file, none, or those named. @default true */
  readonly variables?: boolean | readonly string[];
}
