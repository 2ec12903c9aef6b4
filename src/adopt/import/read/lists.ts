/**
 * Lists of objects, such as kubectl and kops print, and lists of those.
 */
import { isMap } from '../../../core';

/** An object of a list. */
export interface ListMember {
  /** The way to it, from the top of the document. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Whether an object is a list of objects of kOps, or of any objects; other kinds may be called so, too. */
export function isList(apiVersion: string | undefined, kind: string | undefined): boolean {
  if (kind === undefined || apiVersion === undefined) return false;
  return (apiVersion === 'v1' && kind === 'List') || (isOfKops(apiVersion) && kind.endsWith('List'));
}

/** Whether an API version is one of kOps, whichever. */
export function isOfKops(apiVersion: string): boolean {
  return /^kops(?:\.k8s\.io)?(?:\/|$)/.test(apiVersion);
}

/**
 * The members of a list of objects, those of lists among them as well; `undefined` for what is no list. A list is bare, or the
 * `items` of an object.
 */
export function membersOf(value: unknown): ListMember[] | undefined {
  if (Array.isArray(value)) return flat(value, []);
  const items = itemsIn(value);
  return items && flat(items, ['items']);
}

/** The text at a way into data, if there is any. */
export function textIn(value: unknown, path: readonly string[]): string | undefined {
  let at = value;
  for (const step of path) at = isMap(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  return typeof at === 'string' ? at : undefined;
}

function flat(values: readonly unknown[], prefix: ListMember['path']): ListMember[] {
  return values.flatMap((value, index): ListMember[] => {
    const path = [...prefix, index];
    const items = itemsIn(value);
    return items ? flat(items, [...path, 'items']) : [{ path, value }];
  });
}

function itemsIn(value: unknown): readonly unknown[] | undefined {
  if (!isMap(value) || !Array.isArray(value.items)) return undefined;
  return isList(textIn(value, ['apiVersion']), textIn(value, ['kind'])) ? value.items : undefined;
}
