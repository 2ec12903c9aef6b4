import type { Script } from './script';
import type { Variables } from './variables';

/** When the runner pulls an image. */
export type PullPolicy = 'always' | 'if-not-present' | 'never';

/** What both images and services take. */
interface ImageOptions {
  /** The image, with registry and tag or digest. */
  readonly name: string;
  /**
   * What is started in the container, in place of the image's own entry point.
   * @default the image's
   */
  readonly entrypoint?: readonly string[];
  /**
   * Options of the Docker executor.
   * @default none
   */
  readonly docker?: {
    /** The platform to pull, such as 'linux/arm64'. @default the runner's */
    readonly platform?: string;
    /** The user in the container. @default the image's */
    readonly user?: string;
  };
  /**
   * Options of the Kubernetes executor.
   * @default none
   */
  readonly kubernetes?: {
    /** The user in the container, by name or number. @default the image's */
    readonly user?: string | number;
  };
  /**
   * When the runner pulls the image; a list is tried in its order.
   * @default the runner's setting
   */
  readonly pull_policy?: PullPolicy | readonly PullPolicy[];
}

/**
 * The image in which a job runs.
 *
 * @see https://docs.gitlab.com/ci/yaml/#image
 */
export interface Image extends ImageOptions {}

/**
 * A container that runs beside a job.
 *
 * @see https://docs.gitlab.com/ci/services/#available-settings-for-services
 */
export interface Service extends ImageOptions {
  /**
   * Host names under which the job reaches it, parted by blanks or commas.
   * @default made from the image's name
   */
  readonly alias?: string;
  /**
   * Arguments of its entry point.
   * @default the image's
   */
  readonly command?: Script;
  /**
   * Variables that only the service gets.
   * @default none
   */
  readonly variables?: Variables;
}
