import type { Path } from '../imported-cluster';

/** A piece of generated TypeScript, before it is laid out in lines. */
export type Code = LiteralCode | ObjectCode | ListCode | RawCode | CallCode;

/** What a piece of code stands for in the manifest, so that comments find their place. */
interface Origins {
  /** Ways into the document that this is made from; a comment goes to the nearest. */
  readonly origins?: readonly Path[];
}

/** Text, a number, `true`, `false` or `null`. */
export interface LiteralCode {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

/** `{ minSize: 3 }`. */
export interface ObjectCode {
  readonly kind: 'object';
  readonly members: readonly MemberCode[];
  /** Comments after the last member. */
  readonly after?: readonly string[];
}

/** One member of an object. */
export interface MemberCode extends Commented, Origins {
  /** The key as data: the printer puts quotes around it where it needs them. `undefined`: a spread, `...value`. */
  readonly key: string | undefined;
  readonly value: Code;
}

/** `['a', 'b']`. */
export interface ListCode {
  readonly kind: 'list';
  readonly items: readonly ItemCode[];
  /** Comments after the last item. */
  readonly after?: readonly string[];
}

/** One item of a list. */
export interface ItemCode extends Commented, Origins {
  readonly value: Code;
}

/** Code as it is: an identifier. Never made of a string of the user's. */
export interface RawCode {
  readonly kind: 'raw';
  readonly text: string;
}

/** `new NodeGroup(cluster, 'nodes', { … })`, `StateStore.s3('bucket')`. */
export interface CallCode {
  readonly kind: 'call';
  /** `new NodeGroup`; code, never a string of the user's. */
  readonly callee: string;
  readonly arguments: readonly Code[];
}

/** Comments around a member, an item, a statement. Plain text of the user's, which the printer keeps comments. */
export interface Commented {
  /** Each on lines of its own above. */
  readonly before?: readonly string[];
  /** Behind it, on the same line where that is possible. */
  readonly beside?: string;
}

/** A line, or more, of a function's body. */
export interface Statement extends Commented {
  /** What it is done for, item by item: `for (const zone of ['a', 'b']) { … }`. */
  readonly each?: { readonly variable: string; readonly of: Code };
  /** `const cluster = `, `return `, or nothing; code. */
  readonly lead?: string;
  readonly code: Code;
}
