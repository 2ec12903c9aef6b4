/** A link of a release. */
export interface ReleaseLink {
  /** Its text. */
  readonly name: string;
  /** Its address. */
  readonly url: string;
  /** A lasting path under the release's address. @default none */
  readonly filepath?: string;
  /** What it leads to. @default 'other' */
  readonly link_type?: 'runbook' | 'package' | 'image' | 'other';
}

/**
 * A release that the runner makes after the script.
 *
 * @see https://docs.gitlab.com/ci/yaml/#release
 */
export interface Release {
  /** The tag, made when it is not there. */
  readonly tag_name: string;
  /** The message of a tag that is made; the tag is annotated then. @default none */
  readonly tag_message?: string;
  /** The text of the release, or the path of a file that holds it. */
  readonly description: string;
  /** The title. @default the tag */
  readonly name?: string;
  /** Where a tag that is made points to. @default the pipeline's commit */
  readonly ref?: string;
  /** Titles of milestones. @default none */
  readonly milestones?: readonly string[];
  /** The date, in ISO 8601. @default now */
  readonly released_at?: string;
  /** Links. @default none */
  readonly assets?: {
    /** The links. */
    readonly links: readonly ReleaseLink[];
  };
}
