import { DEPTH_MAX } from '../limits';
import { describe, isObject } from './shape';

/** The file and the block of the value are levels, too. */
const OUTER_LEVELS = 2;

/** What of a value cannot be written to a file. */
export interface NotPlain {
  /** Where, as a keyword path. */
  readonly at: string;
  readonly message: string;
}

/** How much data something is. */
export interface Extent {
  /** Values, those inside others included. */
  values: number;
  /** Characters of texts and names. */
  characters: number;
  /** Whether all of it is plain data: else the numbers mean nothing. */
  isPlain: boolean;
}

/** The extent of nothing. */
export function noExtent(): Extent {
  return { values: 0, characters: 0, isPlain: true };
}

/**
 * Looks for what cannot be written to a file: functions, dates, numbers that are none, circles.
 *
 * @param value what stands in a file under a name
 * @param extent the extent of what is plain is added to it
 * @returns the first such thing, or undefined for plain data
 */
export function notPlain(value: unknown, at = '', extent = noExtent()): NotPlain | undefined {
  if (isPlain(value, OUTER_LEVELS, extent)) return undefined;
  extent.isPlain = false;
  return find(value, at, OUTER_LEVELS);
}

/** Most values are plain: this only looks, without paths. */
function isPlain(value: unknown, level: number, extent: Extent): boolean {
  extent.values++;
  if (typeof value === 'string') {
    extent.characters += value.length;
    return true;
  }
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'number'
      ? Number.isFinite(value)
      : typeof value === 'boolean' || value === undefined || value === null;
  }
  if (level > DEPTH_MAX) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (!isPlain(value[index], level + 1, extent)) return false;
    }
    return true;
  }
  if (!isPlainObject(value)) return false;
  const given = value as Record<string, unknown>;
  for (const key in given) {
    extent.characters += key.length;
    if (!isPlain(given[key], level + 1, extent)) return false;
  }
  return true;
}

/** The same with the place and the reason. */
function find(value: unknown, at: string, level: number): NotPlain | undefined {
  if (isPlain(value, level, noExtent())) return undefined;
  if (typeof value !== 'object' || value === null) {
    return { at, message: `is ${describe(value)}; expected plain data.` };
  }
  if (level > DEPTH_MAX) {
    const message = `is nested more than ${DEPTH_MAX} levels deep, or contains itself. Make it flatter.`;
    return { at: at.slice(0, 60), message };
  }
  if (isObject(value) && !isPlainObject(value)) {
    const name = Object.getPrototypeOf(value).constructor?.name ?? 'a class';
    return { at, message: `is an instance of ${name}; expected plain data.` };
  }
  const members = Array.isArray(value)
    ? Array.from(value, (item, index) => [`${at}[${index}]`, item] as const)
    : Object.entries(value).map(([key, member]) => [at === '' ? key : `${at}.${key}`, member] as const);
  for (const [place, member] of members) {
    const found = find(member, place, level + 1);
    if (found) return found;
  }
  return undefined;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
