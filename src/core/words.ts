/** Longest text of the user's that a message repeats, in characters. */
const MAX_QUOTE = 60;

/** What was given, in words: `the string "3"`, `an instance of Map`. */
export function given(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `the string ${quoted(value)}`;
    case 'number':
      return Number.isFinite(value) ? `the number ${value}` : String(value);
    case 'bigint':
      return `the bigint ${value}n`;
    case 'symbol':
      return 'a symbol';
    case 'function':
      return 'a function';
    case 'object':
      break;
    default:
      return String(value);
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  if (name === undefined || name === 'Object') return 'an object';
  return typeof name === 'string' && name !== '' ? `an instance of ${name}` : 'an instance of a class';
}

/** Text in quotes, cut where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text);
}

/** The candidate that `text` was probably meant to be: the same but for case, or a few letters away. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  // The measure takes time that grows with the length, and nobody misspells a page of text.
  if (text.length > MAX_QUOTE || candidates.length === 0) return undefined;
  const lower = text.toLowerCase();
  const lowered = candidates.map((candidate) => candidate.toLowerCase());
  // Loaded here, so that a run without problems does not pay for it.
  const { closest, distance } = require('fastest-levenshtein') as typeof import('fastest-levenshtein');
  const match = closest(lower, lowered);
  // Two letters swapped are two edits; more than a quarter of a name makes it another name.
  const allowed = match.length < 5 ? 1 : Math.max(2, Math.floor(match.length / 4));
  return distance(lower, match) <= allowed ? candidates[lowered.indexOf(match)] : undefined;
}

/** `; did you mean "zones"?`, or nothing where none of the candidates is near. */
export function didYouMean(text: string, candidates: readonly string[]): string {
  const close = nearest(text, candidates);
  return close === undefined ? '' : `; did you mean ${close}?`;
}
