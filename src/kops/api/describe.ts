/**
 * The words in which problems are told. All of this runs only once there is something to tell.
 */
import type { Fields, Type } from './schema-table';

/** Longest text of a document that a message repeats, in characters. */
const MAX_QUOTE = 60;

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

/** What was given: `the string "3"`, `an instance of Map`. */
export function given(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `the string ${quoted(value)}`;
    case 'number':
      return Number.isFinite(value) ? `the number ${value}` : String(value);
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'bigint':
      return `the bigint ${value}n`;
    case 'symbol':
      return 'a symbol';
    case 'function':
      return 'a function';
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (isPlainObject(value)) return 'an object';
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === 'string' && name !== '' ? `an instance of ${name}` : 'an instance of a class';
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

/** Whether a value has members, and nothing but members: no class, no list. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The root prototype of another realm (a vm context, a test runner) is as good as ours.
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
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

/** The candidate that `text` was probably meant to be: the same but for case, or a few letters away. */
function nearest(text: string, candidates: readonly string[]): string | undefined {
  // The measure takes time that grows with the length, and nobody misspells a page of text.
  if (text.length > MAX_QUOTE || candidates.length === 0) return undefined;
  const lower = text.toLowerCase();
  const same = candidates.find((candidate) => candidate.toLowerCase() === lower);
  if (same !== undefined) return same;
  // Loaded here, so that a run without problems does not pay for it.
  const { closest, distance } = require('fastest-levenshtein') as typeof import('fastest-levenshtein');
  const match = closest(
    lower,
    candidates.map((candidate) => candidate.toLowerCase()),
  );
  // Two letters swapped are two edits; more than a quarter of a name makes it another name.
  const allowed = match.length < 5 ? 1 : Math.max(2, Math.floor(match.length / 4));
  return distance(lower, match) <= allowed
    ? candidates.find((candidate) => candidate.toLowerCase() === match)
    : undefined;
}

/** Text in quotes, cut where it is long. */
function quoted(text: string): string {
  return JSON.stringify(text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text);
}
