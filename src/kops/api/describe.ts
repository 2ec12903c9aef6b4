/**
 * The words in which problems are told. All of this runs only once there is something to tell.
 */
import { nearest, quoted } from '../../core';
import type { Fields, Type } from './schema-table';

/** What a value of a type looks like: `an integer`. */
export function expected(type: Type): string {
  switch (type.kind) {
    case 'string':
      return 'a string';
    case 'boolean':
      return 'true or false';
    case 'int32':
      return 'an integer of 32 bits';
    case 'int64':
    case 'integer':
      return 'an integer';
    case 'number':
      return 'a number';
    case 'quantity':
      return 'a quantity such as 2, "500m" or "64Mi"';
    case 'intOrString':
      return 'an integer or a string';
    case 'enum':
      return oneOf(type.values);
    case 'list':
      return 'a list';
    case 'map':
    case 'object':
      return 'an object';
    case 'either':
      return type.types.map(expected).join(' or ');
  }
}

/** `"a"`, or `one of "a", "b"`. */
function oneOf(values: readonly string[]): string {
  const all = values.map((value) => JSON.stringify(value)).join(', ');
  return values.length === 1 ? all : `one of ${all}`;
}

/** What to write instead, where that is plain: starts with `; `, or is empty. */
export function remedy(type: Type, value: unknown): string {
  if (typeof value === 'string') {
    if (type.kind === 'boolean' && /^(true|false)$/i.test(value))
      return `; write ${value.toLowerCase()} without quotes`;
    const isNumeric = /^-?\d+$/.test(value);
    if (isNumeric && /^(int32|int64|integer|number)$/.test(type.kind))
      return `; write ${Number(value)} without quotes`;
  }
  if (type.kind === 'string' && (typeof value === 'boolean' || Number.isFinite(value))) {
    return `; put it in quotes: "${value}"`;
  }
  if (value instanceof Set && type.kind === 'list') return '; write [...set]';
  if (value instanceof Map && type.kind === 'map') return '; write Object.fromEntries(map)';
  if (type.kind === 'list' && !Array.isArray(value)) return '; put it in brackets';
  if (value instanceof Date) return '; write it as text, with toISOString()';
  if (typeof value === 'bigint') return '; write it as a number';
  if (typeof value === 'function') return '; call it';
  return '';
}

/** A value that is none of the closed set. */
export function notInSet(values: readonly string[], value: string): string {
  const close = nearest(value, values);
  const hint = close !== undefined && values.length > 1 ? `; did you mean ${JSON.stringify(close)}?` : '';
  return `expected ${oneOf(values)}, got ${quoted(value)}${hint}`;
}

/**
 * A field that is not there, with the reason if one can be made out.
 *
 * @param fields - what the object has, in any release
 * @param releases - all known releases, oldest first
 * @param index - the release that the document is for
 */
export function unknownField(
  name: string,
  fields: Fields,
  releases: readonly string[],
  index: number,
): string {
  const here = releases[index];
  const field = fields.get(name);
  if (field) {
    const having = releases.filter((_, bit) => field.releases & (1 << bit));
    const first = having[0] ?? '';
    const last = having.at(-1) ?? '';
    if (releases.indexOf(first) > index) {
      return `known since kOps ${first}, not yet in kOps ${here}: leave it out, or move to that release`;
    }
    if (releases.indexOf(last) < index)
      return `was removed after kOps ${last}: leave it out for kOps ${here}`;
    return `known in kOps ${having.join(', ')}, but not in kOps ${here}: leave it out`;
  }
  const names = [...fields].filter(([, { releases: bits }]) => bits & (1 << index)).map(([known]) => known);
  const close = nearest(name, names);
  if (close === undefined) return `kOps ${here} has no such field and would drop it in silence: leave it out`;
  if (close.toLowerCase() === name.toLowerCase()) {
    return `kOps ${here} has no such field and would drop it in silence: write ${close}, since case matters`;
  }
  return `kOps ${here} has no such field and would drop it in silence: did you mean ${close}?`;
}
