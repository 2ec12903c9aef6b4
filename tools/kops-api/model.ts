/**
 * The kOps API as this generator sees it: every release merged into one set of named objects.
 */

/**
 * A type, written as it is in the runtime schema: `string`, `int32`, `KubeletConfigSpec`, with `[]` behind it for a
 * list and `{}` for a map from strings (`string[]{}` is a map of lists), and `|` between alternatives where releases
 * differ.
 */
export type TypeExpression = string;

/** One field of an object. */
export interface Field {
  readonly name: string;
  readonly type: TypeExpression;
  /** Indexes of the releases that have the field, or undefined where every release with the object has it. */
  readonly releases?: readonly number[];
  /** Our own sentence about the field. */
  readonly doc?: string;
}

/** An object with a name: one interface in TypeScript, one entry in the runtime schema. */
export interface NamedObject {
  readonly name: string;
  /** In alphabetical order. */
  readonly fields: readonly Field[];
  /** The fields that hold such objects: `ClusterSpec.kubelet`. */
  readonly uses: readonly string[];
}

/** Everything that the writers need. */
export interface Model {
  /** Minor releases, oldest first: `1.26`. */
  readonly releases: readonly string[];
  /** In alphabetical order. */
  readonly objects: readonly NamedObject[];
  /** Names that no table has, by the field that they were derived from. */
  readonly derived: Readonly<Record<string, string>>;
}

/** Alphabetical order that does not depend on the machine's locale. */
export function alphabetical(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The name at the core of a type: `string` of `string[]{}`. */
export function coreOf(type: TypeExpression): string {
  return type.replace(/(\[\]|\{\})+$/, '');
}
