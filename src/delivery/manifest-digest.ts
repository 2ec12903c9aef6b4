import { createHash } from 'node:crypto';
import { isMap, setOwn } from '../core';

/**
 * The digest of a manifest as data, in hex digits: comments, layout, the order of keys and that of the documents do not
 * count, nor do members that are null, which to kOps are not set.
 */
export function manifestDigest(documents: readonly unknown[]): string {
  const texts = documents.map((document) => `${JSON.stringify(sorted(document))}\n`);
  return createHash('sha256').update(texts.sort().join('')).digest('hex');
}

/** The same data with its keys in order, so that there is one JSON for all ways to write it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value ?? null;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined && member !== null) setOwn(result, key, sorted(member));
  }
  return result;
}
