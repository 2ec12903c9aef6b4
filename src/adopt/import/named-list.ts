import { isMap } from '../../core';

/** The names of a list's items, where all have one, as `merge` matches them by; `undefined` for other lists. */
export function itemNames(list: unknown): string[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const names = list.map((item) => (isMap(item) ? item.name : undefined));
  return names.every((name) => typeof name === 'string') ? (names as string[]) : undefined;
}

/** Whether a list's items have names that tell them apart. */
export function hasOwnNames(list: unknown): boolean {
  const names = itemNames(list);
  return names !== undefined && new Set(names).size === names.length;
}
