import { createHash } from 'node:crypto';
import { isMap } from '../core';

/**
 * The digest of a manifest as data, in hex digits: comments, layout, the order of keys and that of the documents do not
 * count, nor do members that are null, which to kOps are not set.
 */
export function manifestDigest(documents: readonly unknown[]): string {
  const texts = documents.map((document) => `${canonical(document)}\n`);
  return createHash('sha256').update(texts.sort().join('')).digest('hex');
}

/** JSON with its keys in order, so that there is one text for all ways to write the same data. */
function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
    case 'number':
    case 'boolean':
      return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isMap(value)) return JSON.stringify(value ?? null);
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined || member === null) continue;
    members += `${members === '' ? '' : ','}${canonical(key)}:${canonical(member)}`;
  }
  return `{${members}}`;
}

/** Text that JSON has between its quotes as it is: nearly all of a manifest, and there are many of them. */
const PLAIN = /^[\w .:/@=,-]*$/;
