/** Takes what is wrong with a value: where, and a message to be read after that. */
export type Report = (field: string, message: string) => void;

/** Deeper than any manifest is; what is deeper would exhaust the stack of those who read it. */
const MOST_LEVELS = 64;

/** A plain map: not a list and not an instance of a class. */
export function isMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The root prototype of another realm (a vm context, a test runner) is as good as ours.
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/**
 * A deep copy of maps and lists, so that nothing changes under us later; all else, functions and instances of classes
 * included, is kept as it is and left for the check of a document's structure to name. Circles are reported and left out.
 */
export function copyData(value: unknown, at = '', report: Report = () => {}): unknown {
  return copy(value, at, report, []);
}

function copy(value: unknown, at: string, report: Report, around: readonly object[]): unknown {
  const isList = Array.isArray(value);
  if (!isList && !isMap(value)) return value;
  if (around.includes(value)) {
    report(at, 'contains itself: expected plain data');
    return undefined;
  }
  if (around.length === MOST_LEVELS) {
    report(at, `is nested more than ${MOST_LEVELS} levels deep: expected plain data`);
    return undefined;
  }
  const within = [...around, value];
  if (!isList) {
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      setOwn(result, key, copy(value[key], at === '' ? key : `${at}.${key}`, report, within));
    }
    return result;
  }
  return Array.from(value, (item, index) => copy(item, `${at}[${index}]`, report, within));
}

/**
 * Data without its null members: to kOps, null means "not set". In a list null has no meaning, and is reported. What has
 * none comes back as it is, not copied.
 */
export function withoutNulls(value: unknown, report: Report, at = ''): unknown {
  return hasNull(value) ? strip(value, report, at) : value;
}

/** Whether data has a null at any depth. Most documents have none, and all pass here. */
export function hasNull(value: unknown): boolean {
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.some(hasNull);
  if (!isMap(value)) return value === null;
  for (const key in value) if (hasNull(value[key])) return true;
  return false;
}

function strip(value: unknown, report: Report, at: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const place = `${at}[${index}]`;
      if (item === null) report(place, 'null has no meaning in a list: take it out');
      return strip(item, report, place);
    });
  }
  if (!isMap(value)) return value;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member !== null) setOwn(result, key, strip(member, report, at === '' ? key : `${at}.${key}`));
  }
  return result;
}

/** Plain assignment of a key named `__proto__` would set the prototype instead. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
