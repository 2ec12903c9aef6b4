import { isMap } from '../../../core';
import type { Path } from '../imported-cluster';
import { itemNames } from '../named-list';
import type { Code, LiteralCode, MemberCode } from './model';

/** Where data comes from: a way into a document, and what stands there. */
export interface Origin {
  readonly path: Path;
  readonly value: unknown;
}

/**
 * Data as code.
 * @param origins - where it comes from: each part gets the same part of these, an item with a name the one of that name
 */
export function codeOf(value: unknown, origins: readonly Origin[] = []): Code {
  if (isMap(value)) {
    return { kind: 'object', members: Object.keys(value).map((key) => memberOf(key, value[key], origins)) };
  }
  if (!Array.isArray(value)) return { kind: 'literal', value: value as LiteralCode['value'] };
  const names = itemNames(value);
  return {
    kind: 'list',
    items: value.map((item, index) => {
      const within = origins.flatMap((origin) => {
        const known = itemNames(origin.value);
        const at = names && known ? known.indexOf(names[index] ?? '') : index;
        return at < 0 ? [] : [inside(origin, at)];
      });
      return { value: codeOf(item, within), origins: within.map(({ path }) => path) };
    }),
  };
}

/** A member of an object that comes from `origins`. */
export function memberOf(key: string, value: unknown, origins: readonly Origin[] = []): MemberCode {
  const within = origins.map((origin) => inside(origin, key));
  return { key, value: codeOf(value, within), origins: within.map(({ path }) => path) };
}

function inside({ path, value }: Origin, key: string | number): Origin {
  const has = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return { path: [...path, key], value: has ? (value as Record<string | number, unknown>)[key] : undefined };
}
