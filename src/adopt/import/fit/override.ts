import { isDeepStrictEqual } from 'node:util';
import { isMap, type JsonPatch, setOwn } from '../../../core';
import { itemNames } from '../named-list';
import { jsonPointer } from './json-pointer';

/** What has to be laid over data to make other data of it. */
export interface Overlay {
  /** For `merge`; `undefined` where nothing differs. */
  readonly override: Readonly<Record<string, unknown>> | undefined;
  /** What `merge` cannot do, since it keeps lists of named items together. */
  readonly patches: readonly JsonPatch[];
}

/**
 * The override by which `merge` makes `target` of `base`.
 * @param at - where the two are, as a JSON pointer, for patches
 */
export function overlay(
  base: Readonly<Record<string, unknown>>,
  target: Readonly<Record<string, unknown>>,
  at = '/spec',
): Overlay {
  const patches: JsonPatch[] = [];
  const override = overMap(base, target, at, patches);
  return { override: Object.keys(override).length > 0 ? override : undefined, patches };
}

function overMap(
  base: Readonly<Record<string, unknown>>,
  target: Readonly<Record<string, unknown>>,
  at: string,
  patches: JsonPatch[],
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(target)) {
    const has = Object.hasOwn(base, key) && base[key] !== undefined;
    const over = overValue(has ? base[key] : undefined, target[key], `${at}${jsonPointer([key])}`, patches);
    if (over !== undefined) setOwn(result, key, over);
  }
  for (const key of Object.keys(base)) {
    const isGone = !Object.hasOwn(target, key) || target[key] === undefined;
    if (isGone && base[key] !== undefined) setOwn(result, key, null);
  }
  return result;
}

function overValue(base: unknown, target: unknown, at: string, patches: JsonPatch[]): unknown {
  if (isDeepStrictEqual(base, target)) return undefined;
  if (isMap(base) && isMap(target)) return overMap(base, target, at, patches);
  const [known, wanted] = [itemNames(base), itemNames(target)];
  if (!known || !wanted) return target;
  const stays = known.every((name, index) => wanted[index] === name);
  if (!stays || new Set(wanted).size < wanted.length) {
    patches.push({ op: 'replace', path: at, value: target });
    return undefined;
  }
  const items = (target as Record<string, unknown>[]).flatMap((item, index) => {
    if (index >= known.length) return [item];
    const over = overMap((base as Record<string, unknown>[])[index] ?? {}, item, `${at}/${index}`, patches);
    return Object.keys(over).length > 0 ? [{ name: wanted[index], ...over }] : [];
  });
  return items.length > 0 ? items : undefined;
}

/** How much there is to read in data: the measure by which ways to say the same are compared. */
export function weight(value: unknown): number {
  // That something is not there asks more of a reader than that it is.
  if (value === null) return 3;
  if (typeof value === 'string') return 1 + Math.floor(value.length / 100);
  if (Array.isArray(value)) return 1 + value.reduce((sum: number, item) => sum + weight(item), 0);
  if (!isMap(value)) return 1;
  return Object.values(value).reduce((sum: number, member) => sum + 0.5 + weight(member), 0.5);
}
