/**
 * Text that kops cannot keep, however well it is quoted in the manifest: kops reads it, writes it to the state
 * store in a form of its own, and reads something else from there, or nothing. Tried with kops 1.36.2 for every
 * code point of the basic plane as value and as key of a map (`cloudLabels`, annotations, user data).
 */

/** A character that kops cannot keep, and where it is. */
export interface UnkeepableCharacter {
  /** Index into the string, in UTF-16 units as everywhere in JavaScript. */
  readonly index: number;
  readonly codePoint: number;
  /** For messages, for example `U+0085 (next line)`. */
  readonly name: string;
}

// With the flag `u` the last range matches only halves without their other half.
const UNKEEPABLE = /[\u007F-\u009F\uFFFE\uFFFF\uD800-\uDFFF]/u;

/**
 * The first character of the text that kops cannot keep, if there is one; good for values and for keys.
 *
 * - U+0085 comes back as a blank or a line break, and makes a document unreadable in some places;
 * - U+007F to U+009F, U+FFFE and U+FFFF are written to the store as they are, where YAML forbids them: kops fails
 *   with "control characters are not allowed" at once or when it next reads the store;
 * - half a surrogate pair has no encoding in UTF-8.
 *
 * All else is kept: control characters below U+0020 with NUL, CR, U+00A0, U+2028, U+FEFF, emoji, U+10FFFF.
 */
export function unkeepableCharacter(text: string): UnkeepableCharacter | undefined {
  const index = text.search(UNKEEPABLE);
  if (index === -1) return undefined;
  const codePoint = text.codePointAt(index) ?? 0;
  const hex = codePoint.toString(16).toUpperCase().padStart(4, '0');
  return { index, codePoint, name: `U+${hex} (${describe(codePoint)})` };
}

function describe(codePoint: number): string {
  if (codePoint === 0x7f) return 'delete';
  if (codePoint === 0x85) return 'next line';
  if (codePoint <= 0x9f) return 'a control character';
  if (codePoint >= 0xfffe) return 'not a character';
  return 'half a surrogate pair';
}

/**
 * True for a map key that kops cannot keep although all its characters are harmless; ask
 * {@link unkeepableCharacter} too.
 *
 * Only `<<` is one: kops writes it to the store without quotes, where it means "merge this map", and from then on
 * cannot read any instance group of the cluster ("map merge requires map or sequence").
 */
export function isUnkeepableKey(key: string): boolean {
  return key === '<<';
}
