/**
 * A cache key made from files: it changes when one of them does.
 *
 * @see https://docs.gitlab.com/ci/yaml/#cachekeyfiles
 */
export interface CacheKey {
  /** One or two files whose contents make the key. @default none */
  readonly files?: readonly string[];
  /** One or two files whose latest commits make the key. @default none */
  readonly files_commits?: readonly string[];
  /** What the key begins with; variables work. @default nothing */
  readonly prefix?: string;
}

/**
 * Files kept between jobs and pipelines to save time. A job has at most four caches.
 *
 * @see https://docs.gitlab.com/ci/yaml/#cache
 */
export interface Cache {
  /** What tells caches apart. @default 'default' */
  readonly key?: string | CacheKey;
  /** What to keep; wildcards work. @default none */
  readonly paths?: readonly string[];
  /** Whether to keep all files that git does not know as well. @default false */
  readonly untracked?: boolean;
  /** Whether protected and other branches share it. @default false */
  readonly unprotect?: boolean;
  /** At which end of the job it is saved. @default 'on_success' */
  readonly when?: 'on_success' | 'on_failure' | 'always';
  /** Whether it is fetched, saved, or both: 'pull', 'push', 'pull-push', or a variable. @default 'pull-push' */
  readonly policy?: string;
  /** Keys to try, in order, when there is no cache under `key`; at most five. @default none */
  readonly fallback_keys?: readonly string[];
}
