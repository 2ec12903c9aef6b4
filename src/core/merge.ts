import { isMap, setOwn } from './data';

/** Like `T`, every field optional at every depth; `null` takes a field away. */
export type Override<T> = T extends readonly (infer Item)[]
  ? readonly Override<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Override<T[Key]> | null }
    : T;

/**
 * Lays `override` over `base` and returns a new value; neither is changed. The rule:
 * - maps merge key by key, `null` removes the key, `undefined` leaves it as it is;
 * - lists whose items all have a `name` (subnets, etcdClusters, etcdMembers, hooks, fileAssets…) merge item by item
 *   by that name, new names go to the end;
 * - all else, other lists included, is replaced.
 */
export function merge<T>(base: T, override: Override<T> | undefined): T;
export function merge(base: unknown, override: unknown): unknown;
export function merge(base: unknown, override: unknown): unknown {
  if (override === undefined) return base;
  if (isMap(override)) {
    const result: Record<string, unknown> = isMap(base) ? { ...base } : {};
    for (const key of Object.keys(override)) {
      const value = override[key];
      if (value === null) delete result[key];
      else if (value !== undefined)
        setOwn(result, key, merge(Object.hasOwn(result, key) ? result[key] : undefined, value));
    }
    return result;
  }
  if (Array.isArray(base) && isNamedList(base) && isNamedList(override)) return mergeByName(base, override);
  return override;
}

interface Named {
  readonly name: string;
}

function isNamedList(value: unknown): value is readonly Named[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => isMap(item) && typeof item.name === 'string')
  );
}

function mergeByName(base: readonly Named[], override: readonly Named[]): unknown[] {
  const result: unknown[] = [...base];
  for (const item of override) {
    const at = base.findIndex((known) => known.name === item.name);
    if (at < 0) result.push(merge(undefined, item));
    else result[at] = merge(base[at], item);
  }
  return result;
}
