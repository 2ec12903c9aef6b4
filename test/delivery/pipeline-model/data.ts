/** An object as it comes out of YAML, or of `Pipeline.render()`. */
export type Data = { readonly [key: string]: unknown };

/** The files of a project by their paths, without a slash at the beginning. */
export type Files = ReadonlyMap<string, Data>;

/** Something that GitLab would not take as a configuration, or that this model does not know. */
export class ConfigurationError extends Error {}

/** Says that GitLab would refuse the configuration. */
export function refuse(place: string, problem: string): never {
  throw new ConfigurationError(`${place}: ${problem}`);
}

/** Says that the model is too small: better than a wrong answer. */
export function unknown(place: string, what: string): never {
  throw new ConfigurationError(`${place}: the model does not know ${what}`);
}

/** An object, else an error. */
export function dataOf(value: unknown, place: string): Data {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Data;
  return refuse(place, `expected an object, got ${JSON.stringify(value)}`);
}

/** A list, a single value as a list of one, nothing as an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** A text, else an error. */
export function textOf(value: unknown, place: string): string {
  if (typeof value === 'string') return value;
  return refuse(place, `expected a text, got ${JSON.stringify(value)}`);
}

/** True or false, nothing as it is, else an error. */
export function booleanOf(value: unknown, place: string): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  return refuse(place, `expected true or false, got ${JSON.stringify(value)}`);
}

/** Fails for a keyword that the model would have to look at, and cannot. */
export function knowsAllOf(data: Data, place: string, keywords: readonly string[]): void {
  for (const keyword of keywords) if (data[keyword] !== undefined) unknown(place, keyword);
}
