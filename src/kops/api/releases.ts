/**
 * The kOps releases whose API this package knows.
 */
import { SCHEMA } from './schema-table';
import type { KopsRelease } from './types';

/** The known minor releases of kOps, oldest first: `'1.26'` and so on. */
export const KOPS_RELEASES = SCHEMA.releases as readonly KopsRelease[];

/**
 * The minor release that a version of kOps belongs to: `'1.36'` for `'1.36.2'`, `'v1.36.2'`, `'1.36.0-beta.1'` and
 * `'1.36'`.
 *
 * @returns undefined where the text is no version of kOps, or the API of its minor release is not known
 */
export function releaseOf(kopsVersion: string): KopsRelease | undefined {
  const minor = /^v?(\d+\.\d+)(?:\.\d+(?:[-+][\w.+-]+)?)?$/.exec(kopsVersion)?.[1];
  return KOPS_RELEASES.find((release) => release === minor);
}
