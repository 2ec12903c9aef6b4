import { DEPTH_MAX } from '../limits';
import { describe, isObject, join } from './shape';

/**
 * Looks for what cannot be written to a file: functions, dates, numbers that are none, circles.
 *
 * @returns the first such thing, or undefined for plain data
 */
export function notPlain(value: unknown, at = '', depth = 0): { at: string; message: string } | undefined {
  if (depth > DEPTH_MAX) {
    const message = `is nested more than ${DEPTH_MAX} levels deep, or contains itself. Make it flatter.`;
    return { at: at.slice(0, 60), message };
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = notPlain(item, `${at}[${index}]`, depth + 1);
      if (found) return found;
    }
    return undefined;
  }
  if (isObject(value)) {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      return {
        at,
        message: `is an instance of ${prototype.constructor?.name ?? 'a class'}; expected plain data.`,
      };
    }
    for (const [key, member] of Object.entries(value)) {
      const found = notPlain(member, join(at, key), depth + 1);
      if (found) return found;
    }
    return undefined;
  }
  const plain =
    value === undefined ||
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value));
  return plain ? undefined : { at, message: `is ${describe(value)}; expected plain data.` };
}
