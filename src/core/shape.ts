import { copyData, isMap, type Report } from './data';
import { didYouMean, given, quoted } from './words';

/**
 * What a value that a user gave has to look like. The compiler checks the same; this is for values that come past it:
 * from JSON, through `any`, from JavaScript.
 */
export interface Shape {
  /**
   * Whether an object must have a member of this shape.
   * @default false
   */
  readonly isRequired?: boolean;
  /** In words: `a list`. */
  readonly expected: string;
  /** Whether a value is of that kind, at first sight. */
  fits(value: unknown): boolean;
  /** What to write instead of a value that does not fit, where that is plain: begins with `; `. */
  remedy?(value: unknown): string;
  /**
   * Looks into a value that fits, and copies it: what is wrong is reported and left out.
   * @default - the value as it is
   */
  copy?(value: never, at: string, report: Report): unknown;
}

/** The shape of each member of an object. */
export type Members<T> = { readonly [Key in keyof T]-?: Shape };

/** A copy of `value` without what is wrong with it; `undefined` where it does not fit at all. */
export function read(shape: Shape, value: unknown, at: string, report: Report): unknown {
  if (shape.fits(value)) return shape.copy ? shape.copy(value as never, at, report) : value;
  report(at, `expected ${shape.expected}, got ${given(value)}${shape.remedy?.(value) ?? ''}`);
  return undefined;
}

/** Any plain data: looked into where the document that it goes to is checked. */
export const data: Shape = { expected: 'plain data', fits: () => true, copy: copyData };

/** An object with any members. */
export const dataMap: Shape = { expected: 'an object', fits: isMap, copy: copyData };

/** Text. */
export const text: Shape = {
  expected: 'a string',
  fits: (value) => typeof value === 'string',
  remedy: (value) => (typeof value === 'number' ? '; put it in quotes' : ''),
};

/** `true` or `false`. */
export const flag: Shape = { expected: 'true or false', fits: (value) => typeof value === 'boolean' };

/** `false`, where `true` would say nothing. */
export const no: Shape = { expected: 'false', fits: (value) => value === false };

/** A whole number, not below `min` and not above `max`. */
export function integer(min = -(2 ** 31), max = 2 ** 31 - 1): Shape {
  const from = min > -(2 ** 31) ? ` from ${min}` : '';
  const to = max < 2 ** 31 - 1 ? ` to ${max}` : '';
  return {
    expected: `a whole number${from}${to}`,
    fits: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
    remedy: (value) => (typeof value === 'string' && /^\d+$/.test(value) ? '; write it without quotes' : ''),
  };
}

/** One of a few texts. */
export function oneOf(...values: readonly string[]): Shape {
  return {
    expected: values.map((value) => `'${value}'`).join(', '),
    fits: (value) => typeof value === 'string',
    copy: (value: string, at, report) => {
      if (values.includes(value)) return value;
      report(at, `expected one of ${values.join(', ')}, got ${quoted(value)}${didYouMean(value, values)}`);
      return undefined;
    },
  };
}

/** A list of items of one shape. */
export function list(item: Shape): Shape {
  return {
    expected: 'a list',
    fits: Array.isArray,
    remedy: (value) => (item.fits(value) ? '; put it in brackets' : ''),
    copy: (values: readonly unknown[], at, report) =>
      Array.from(values, (value, index) => read(item, value, `${at}[${index}]`, report)).filter(
        (value) => value !== undefined,
      ),
  };
}

/** A list in which nothing is twice. */
export function distinct(item: Shape): Shape {
  const items = list(item);
  return {
    ...items,
    copy: (values: never, at, report) => {
      const all = items.copy?.(values, at, report) as readonly unknown[];
      all.forEach((value, index) => {
        if (all.indexOf(value) < index) report(`${at}[${index}]`, `${given(value)} is there twice`);
      });
      return all;
    },
  };
}

/** A map of entries of one shape. */
export function map(entry: Shape): Shape {
  return {
    expected: 'an object',
    fits: isMap,
    copy: (values: Record<string, unknown>, at, report) => {
      for (const key of Object.keys(values)) {
        if (values[key] !== undefined) read(entry, values[key], `${at}[${key}]`, report);
      }
      return copyData(values);
    },
  };
}

/** An object with these members. */
export function object<T>(members: Members<T>): Shape {
  const shapes = new Map<string, Shape>(Object.entries(members));
  const needed = [...shapes].filter(([, { isRequired }]) => isRequired);
  return {
    expected: 'an object',
    fits: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    // The props of every construct pass here: nothing is made for them that only a report needs.
    copy: (values: Readonly<Record<string, unknown>>, at, report) => {
      const result: Record<string, unknown> = {};
      for (const name of Object.keys(values)) {
        const value = values[name];
        // Null is what JSON has for "not given".
        if (value === undefined || value === null) continue;
        const shape = shapes.get(name);
        if (shape) result[name] = read(shape, value, member(at, name), report);
        else reportUnknown(member(at, name), name, shapes, report);
      }
      for (const [name, { expected }] of needed) {
        const value = values[name];
        if (value === undefined || value === null)
          report(member(at, name), `is missing: expected ${expected}`);
      }
      return result;
    },
  };
}

function member(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`;
}

function reportUnknown(at: string, name: string, known: ReadonlyMap<string, Shape>, report: Report): void {
  report(at, `there is nothing of this name to set${didYouMean(name, [...known.keys()])}`);
}

/** The first of several shapes that fits. */
export function either(...shapes: readonly Shape[]): Shape {
  return {
    expected: shapes.map(({ expected }) => expected).join(' or '),
    fits: (value) => shapes.some((shape) => shape.fits(value)),
    copy: (value, at, report) => read(shapes.find((shape) => shape.fits(value)) ?? data, value, at, report),
  };
}

/** A member that must be given. */
export function required(shape: Shape): Shape {
  return { ...shape, isRequired: true };
}
