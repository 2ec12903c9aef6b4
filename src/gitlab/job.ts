import type { Artifacts } from './artifacts';
import type { Cache } from './cache';
import type { Inherit } from './default';
import type { Environment } from './environment';
import type { IdTokens } from './id-token';
import type { Image, Service } from './image';
import type { Need } from './needs';
import type { Pages } from './pages';
import type { Parallel } from './parallel';
import type { Release } from './release';
import type { Retry } from './retry';
import type { Rule, When } from './rules';
import type { Hooks, RunStep, Script } from './script';
import type { Secrets } from './secret';
import type { Trigger } from './trigger';
import type { Variables } from './variables';

/**
 * Which failures do not fail the pipeline: all, none, or those with certain exit codes.
 *
 * @see https://docs.gitlab.com/ci/yaml/#allow_failure
 */
export type AllowFailure =
  | boolean
  | {
      /** The exit codes that count as a warning. */
      readonly exit_codes: number | readonly number[];
    };

/**
 * A job, or, under a name that begins with a dot, a template that other jobs extend. A job has one of
 * `script`, `run` and `trigger`, itself or from what it extends.
 *
 * @see https://docs.gitlab.com/ci/yaml/#job-keywords
 */
export interface Job {
  /**
   * What the job is based on: one job or template, or several of which later ones win. Objects are merged
   * member by member, lists are replaced. At most 11 levels.
   * @default nothing
   */
  readonly extends?: string | readonly string[];
  /**
   * The stage in which the job runs.
   * @default 'test'
   */
  readonly stage?: string;
  /**
   * The image in which the job runs.
   * @default the file's default, else the runner's
   */
  readonly image?: string | Image;
  /**
   * Containers beside the job.
   * @default the file's default, else none
   */
  readonly services?: readonly (string | Service)[];
  /**
   * Tags that a runner must have to take the job; fewer than 50.
   * @default the file's default, else none
   */
  readonly tags?: readonly string[];
  /**
   * Where the job deploys to; a bare string is its name.
   * @default none
   */
  readonly environment?: string | Environment;
  /**
   * A lock: of all jobs with this text, in all pipelines of the project, one runs at a time. Letters, digits,
   * blanks, `-`, `_`, `/`, `.`, `$`, `{`, `}`, at most 255, no slash at either end. Variables work.
   * @default no lock
   */
  readonly resource_group?: string;
  /**
   * The cloud to which the job signs in by itself.
   * @default none
   */
  readonly identity?: 'google_cloud';
  /**
   * Signed tokens, by the variable that holds them.
   * @default the file's default, else none
   */
  readonly id_tokens?: IdTokens;
  /**
   * Secrets from elsewhere, by the variable that holds them.
   * @default none
   */
  readonly secrets?: Secrets;
  /**
   * Which defaults and variables of the file the job takes over.
   * @default all
   */
  readonly inherit?: Inherit;
  /**
   * Variables of the job.
   * @default none
   */
  readonly variables?: Variables;
  /**
   * Whether the job is in the pipeline, and how; the first rule that matches decides.
   * @default always in it
   */
  readonly rules?: readonly Rule[];
  /**
   * Jobs that must have ended well first, at most 50; an empty list starts the job at once.
   * @default all jobs of earlier stages
   */
  readonly needs?: readonly Need[];
  /**
   * Jobs whose artifacts are fetched; an empty list fetches none. Together with `needs`, a part of these.
   * @default all jobs of earlier stages, or those needed
   */
  readonly dependencies?: readonly string[];
  /**
   * When the job starts.
   * @default 'on_success'
   */
  readonly when?: When;
  /**
   * How long a delayed job waits, as text such as '30 minutes'; at most one week. Not together with `rules`.
   * @default none
   */
  readonly start_in?: string;
  /**
   * The question that a person has to confirm before a manual job starts.
   * @default no question
   */
  readonly manual_confirmation?: string;
  /**
   * Whether the pipeline goes on when the job fails or, for a manual job, before it is started.
   * @default true for a job with `when: 'manual'` of its own, else false
   */
  readonly allow_failure?: AllowFailure;
  /**
   * Whether a newer pipeline may cancel the job.
   * @default the file's default, else false
   */
  readonly interruptible?: boolean;
  /**
   * How long the job may run, as text such as '90 minutes'; id tokens live as long.
   * @default the project's setting, 60 minutes at first
   */
  readonly timeout?: string;
  /**
   * How many times, or when, the failed job is tried again.
   * @default the file's default, else 0
   */
  readonly retry?: Retry['max'] | Retry;
  /**
   * How many times the job is run side by side.
   * @default once
   */
  readonly parallel?: Parallel;
  /**
   * The pipeline that the job starts.
   * @default none
   */
  readonly trigger?: Trigger;
  /**
   * Caches, at most four.
   * @default the file's default, else none
   */
  readonly cache?: Cache | readonly Cache[];
  /**
   * Commands at certain moments.
   * @default the file's default, else none
   */
  readonly hooks?: Hooks;
  /**
   * Commands before `script`, in the same shell.
   * @default the file's default, else none
   */
  readonly before_script?: Script;
  /**
   * What the job does.
   * @default none
   */
  readonly script?: Script;
  /**
   * What the job does, in steps.
   * @default none
   */
  readonly run?: readonly RunStep[];
  /**
   * Commands after the script whatever its end, in a shell of their own.
   * @default the file's default, else none
   */
  readonly after_script?: Script;
  /**
   * A regular expression between slashes that finds the coverage in the log.
   * @default none
   */
  readonly coverage?: string;
  /**
   * What the job leaves behind.
   * @default the file's default, else nothing
   */
  readonly artifacts?: Artifacts;
  /**
   * The release that the runner makes after the script.
   * @default none
   */
  readonly release?: Release;
  /**
   * What the job publishes on GitLab Pages.
   * @default nothing, except for a job named `pages`
   */
  readonly pages?: boolean | Pages;
}
