import { createHash } from 'node:crypto';
import { isMap } from '../core';

/**
 * The digest of a manifest as data, in hex digits: comments, layout, the order of keys and that of the documents do not
 * count, nor do members that are null, which to kOps are not set.
 */
export function manifestDigest(documents: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const text of documents.map(canonical).sort()) hash.update(`${text}\n`);
  return hash.digest('hex');
}

/** JSON with sorted keys: one text for all ways to write the same data. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isMap(value)) return JSON.stringify(value ?? null);
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined && member !== null) members.push(`${JSON.stringify(key)}:${canonical(member)}`);
  }
  return `{${members.join()}}`;
}
