/**
 * Where a comment belongs whose field was left out.
 */
import { isMap } from '../../../core';
import type { ManifestComment } from '../imported-cluster';

/** What a comment is about. */
type At = Pick<ManifestComment, 'path' | 'place'>;

/**
 * The path of a comment in the document that was made: what its field leads to there, else the next field that is still
 * there, else what that is in.
 */
export function keptPath({ path, place }: At, raw: unknown, kept: unknown): At {
  let before = raw;
  let after = kept;
  for (const [depth, step] of path.entries()) {
    if (has(after, step)) {
      before = (before as Record<string | number, unknown> | undefined)?.[step];
      after = (after as Record<string | number, unknown>)[step];
      continue;
    }
    const parent = path.slice(0, depth);
    const siblings = isMap(before) ? Object.keys(before) : [];
    const later = siblings.slice(siblings.indexOf(String(step)) + 1).find((key) => has(after, key));
    return later !== undefined && siblings.includes(String(step))
      ? { path: [...parent, later], place: 'before' }
      : { path: parent, place: 'after' };
  }
  return { path, place };
}

function has(value: unknown, step: string | number): boolean {
  return Array.isArray(value)
    ? typeof step === 'number' && step < value.length
    : isMap(value) && Object.hasOwn(value, step);
}
