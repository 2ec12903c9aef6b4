import { parseDuration } from '../duration';

/** A keyword path; undefined while nobody asks for places: most values are right, and paths cost time. */
export type Place = string | undefined;

/** Where findings about a value go. */
export interface Sink {
  /** The value is not what it has to be. */
  wrong(at: Place, message: string): void;
  /** A member is not there; an extended job may still bring it, so not every caller wants to know. */
  missing(at: Place, message: string): void;
  /** For the items of lists: these are never merged with anything. Undefined leaves them unseen. */
  readonly items: Sink | undefined;
}

/** Judges one value; `at` is its keyword path. Undefined is never judged. */
export type Shape = (value: unknown, at: Place, sink: Sink) => void;

type Kind = 'text' | 'number' | 'boolean' | 'list' | 'object';

/** Whether a value is an object that is not a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value in words, for messages. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 60 ? `${value.slice(0, 57)}...` : value}'`;
  if (typeof value === 'number') return `the number ${value}`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isObject(value)) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

function kind(value: unknown): Kind | undefined {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value as Kind;
  if (Array.isArray(value)) return 'list';
  return isObject(value) ? 'object' : undefined;
}

/** A value that may be of several kinds, each with a shape of its own. */
export function either(expected: string, shapes: Readonly<Partial<Record<Kind, Shape>>>): Shape {
  return (value, at, sink) => {
    if (value === undefined) return;
    const found = kind(value);
    const shape = found && shapes[found];
    if (shape) shape(value, at, sink);
    else sink.wrong(at, `is ${describe(value)}; expected ${expected}.`);
  };
}

/** Anything at all. */
export const anything: Shape = () => {};

/** Text; not empty unless said so. */
export function text(
  options: { expected?: string; empty?: boolean; max?: number; pattern?: RegExp } = {},
): Shape {
  const expected = options.expected ?? 'text';
  return either(expected, {
    text: (value, at, sink) => {
      const given = value as string;
      if (given === '') {
        if (!options.empty) sink.wrong(at, `is empty; expected ${expected}.`);
      } else if (options.max !== undefined && given.length > options.max) {
        sink.wrong(at, `has ${given.length} characters; GitLab takes at most ${options.max}. Shorten it.`);
      } else if (options.pattern && !options.pattern.test(given)) {
        sink.wrong(at, `is ${describe(given)}; expected ${expected}.`);
      }
    },
  });
}

/** True or false. */
export const flag: Shape = either('true or false', { boolean: anything });

/** A whole number within bounds. */
export function integer(min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Shape {
  const expected =
    min === Number.MIN_SAFE_INTEGER ? 'a whole number' : `a whole number from ${min} to ${max}`;
  return either(expected, {
    number: (value, at, sink) => {
      const given = value as number;
      if (!Number.isInteger(given) || given < min || given > max) {
        sink.wrong(at, `is ${describe(given)}; expected ${expected}.`);
      }
    },
  });
}

/** One of a few values. */
export function choice(...values: readonly (string | number)[]): Shape {
  return (value, at, sink) => {
    if (value === undefined || values.includes(value as string)) return;
    sink.wrong(at, `is ${describe(value)}; expected one of: ${values.join(', ')}.`);
  };
}

/** A duration in words. */
export function duration(options: { never?: boolean; variables?: boolean; max?: number } = {}): Shape {
  const expected = `a duration such as '90 minutes' or '1h 30m'${options.never ? ", or 'never'" : ''}`;
  return either(expected, {
    text: (value, at, sink) => {
      const given = value as string;
      if (options.never && given === 'never') return;
      if (options.variables && given.includes('$')) return;
      const seconds = parseDuration(given);
      if (seconds === undefined) {
        sink.wrong(at, `is ${describe(given)}, which GitLab cannot read; expected ${expected}.`);
      } else if (options.max !== undefined && seconds > options.max) {
        sink.wrong(
          at,
          `is ${describe(given)}; GitLab takes at most ${Math.floor(options.max / 8_640) / 10} days. Shorten it.`,
        );
      }
    },
  });
}

/** A list of items of one shape. */
export function list(
  item: Shape,
  options: { expected?: string; min?: number; max?: number; tooMany?: string } = {},
): Shape {
  return either(options.expected ?? 'a list', { list: items(item, options) });
}

/** The items of what is known to be a list. */
export function items(item: Shape, options: { min?: number; max?: number; tooMany?: string } = {}): Shape {
  return (value, at, sink) => {
    const given = value as readonly unknown[];
    if (options.min !== undefined && given.length < options.min) {
      sink.wrong(at, `has ${given.length} entries; expected at least ${options.min}.`);
    }
    if (options.max !== undefined && given.length > options.max) {
      const advice = options.tooMany ?? 'Leave some out.';
      sink.wrong(at, `has ${given.length} entries; GitLab takes at most ${options.max}. ${advice}`);
    }
    const within = sink.items;
    if (!within) return;
    for (let index = 0; index < given.length; index++) {
      const entry = given[index];
      const place = at === undefined ? undefined : `${at}[${index}]`;
      if (entry === undefined || entry === null) within.wrong(place, `is ${describe(entry)}. Leave it out.`);
      else item(entry, place, within);
    }
  };
}

/** An object with known members. */
export function object<T>(
  members: { readonly [K in keyof T]-?: Shape },
  options: {
    expected?: string;
    required?: readonly (keyof T & string)[];
    hints?: Readonly<Record<string, string>>;
    also?: Shape;
  } = {},
): Shape {
  return either(options.expected ?? 'an object', { object: fields(members, options) });
}

/** The members of what is known to be an object. */
export function fields<T>(
  members: { readonly [K in keyof T]-?: Shape },
  options: {
    required?: readonly (keyof T & string)[];
    hints?: Readonly<Record<string, string>>;
    also?: Shape;
  } = {},
): Shape {
  const shapes = new Map<string, Shape>(Object.entries(members));
  return (value, at, sink) => {
    const given = value as Record<string, unknown>;
    for (const key in given) {
      const member = given[key];
      if (!isOfInterest(member, sink)) continue;
      const shape = shapes.get(key);
      if (shape) shape(member, join(at, key), sink);
      else if (member !== undefined) {
        const hint = options.hints?.[key] ?? `Known here: ${[...shapes.keys()].join(', ')}.`;
        sink.wrong(join(at, key), `is not a keyword that GitLab knows here. ${hint}`);
      }
    }
    for (const key of options.required ?? []) {
      if (given[key] === undefined) sink.missing(join(at, key), 'is missing. Add it.');
    }
    options.also?.(value, at, sink);
  };
}

/** An object whose members have names of one's own. */
export function table(names: RegExp, words: string, item: Shape): Shape {
  return either('an object', {
    object: (value, at, sink) => {
      const given = value as Record<string, unknown>;
      for (const key in given) {
        const member = given[key];
        if (!isOfInterest(member, sink)) continue;
        if (!names.test(key)) {
          sink.wrong(join(at, key), `has the name '${key}'; expected ${words}. Rename it.`);
        }
        item(member, join(at, key), sink);
      }
    },
  });
}

/** After a merge only members of objects can be missing: nothing else is looked at then. */
function isOfInterest(member: unknown, sink: Sink): boolean {
  return sink.items !== undefined || typeof member === 'object';
}

/** A keyword path with one more step. */
export function join(at: Place, key: string): Place {
  if (at === undefined) return undefined;
  return at === '' ? key : `${at}.${key}`;
}
