/**
 * What a job publishes on GitLab Pages.
 *
 * @see https://docs.gitlab.com/ci/yaml/#pages
 */
export interface Pages {
  /** The folder that is published. @default 'public' */
  readonly publish?: string;
  /** What parts this deployment from others under the same address. @default none */
  readonly path_prefix?: string;
  /** After how long it goes, as text such as '1 week', or 'never'. @default 24 hours with a prefix */
  readonly expire_in?: string;
}
