import { isMap } from '../../../core';
import type { Path } from '../imported-cluster';
import { itemNames } from '../named-list';
import type { Code, MemberCode } from './model';

/** Where in the manifests data stands: the data itself may be only a part of what stands there. */
export interface Origin {
  /** The way to it; the first key is the index of the document. */
  readonly path: Path;
  /** What stands there. */
  readonly value: unknown;
}

/** The code of plain data that comes from these places. */
export function dataCode(value: unknown, origins: readonly Origin[] = []): Code {
  if (isMap(value)) {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    return { kind: 'object', members: keys.map((key) => memberCode(key, value[key], origins)) };
  }
  if (!Array.isArray(value)) return { kind: 'literal', value: value as string | number | boolean | null };
  const names = itemNames(value);
  // Of a list of named items an override has only some.
  const places = origins.map((origin) => {
    const known = names && itemNames(origin.value);
    return { origin, at: known && new Map(known.map((name, index) => [name, index])) };
  });
  return {
    kind: 'list',
    items: value.map((item, index) => {
      const within = places.flatMap(({ origin, at }) => {
        const place = at ? at.get(names?.[index] ?? '') : index;
        return place === undefined ? [] : [inside(origin, place)];
      });
      return { value: dataCode(item, within), origins: within.map(({ path }) => path) };
    }),
  };
}

/** The member of an object: its value stands at the same key in each of these places. */
function memberCode(key: string, value: unknown, origins: readonly Origin[]): MemberCode {
  const within = origins.map((origin) => inside(origin, key));
  return { key, value: dataCode(value, within), origins: within.map(({ path }) => path) };
}

function inside({ path, value }: Origin, key: string | number): Origin {
  const has = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return { path: [...path, key], value: has ? (value as Record<string | number, unknown>)[key] : undefined };
}
