import { hexadecimal, showHidden } from './hidden';

/** Escapes with a name of their own. */
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Of a text with more than one in so many that cannot be seen, a line a line would be no easier to read. */
const READABLE = 20;

/** Shorter text is on one line even if it has several. */
const WORTH_LINES = 40;

/** What is a name by the tables of some version of Unicode. */
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Letters of names that all versions know: compilers have older tables than formatters, or newer ones. */
const OLD_LETTERS =
  '\\w$\\u00AA-\\u024F\\u0370-\\u03FF\\u0400-\\u052F\\u3041-\\u3096\\u30A1-\\u30FA\\u4E00-\\u9FEA\\uAC00-\\uD7A3';
const KNOWN_TO_ALL = new RegExp(`^[${OLD_LETTERS}]*$`);
const NOT_KNOWN_TO_ALL = new RegExp(`[^${OLD_LETTERS}]`, 'gu');

/** A string literal in quotes, single ones unless double ones save escapes. */
export function quotedString(text: string): string {
  const quote = count(text, "'") > count(text, '"') ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return quote + showHidden(escaped, escapeOf) + quote;
}

/**
 * A string literal as a person would write it: text of several lines as a template, each line where a file has it; so too
 * what has a placeholder of a shell in it, since linters take `'${NAME}'` for a mistake.
 */
export function stringLiteral(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const several = lines.length > 1 && text.length > WORTH_LINES && isReadable(text);
  const placeholder = /\$\{[^}]+\}/.test(text) && !text.includes('\n');
  return several || placeholder ? template(text) : quotedString(text);
}

function template(text: string): string {
  const escaped = text.replace(/[\\`]|\$(?=\{)/g, '\\$&');
  const lines = escaped.split('\n').map((line) => showHidden(line, escapeOf));
  // Editors take blanks at the end of a line away.
  return `\`${lines.map((line, at) => (at < lines.length - 1 ? line.replace(/ $/, '\\x20') : line)).join('\n')}\``;
}

function isReadable(text: string): boolean {
  let hidden = 0;
  showHidden(text.replace(/[\n\r\t]/g, ' '), () => {
    hidden++;
    return '';
  });
  return hidden * READABLE <= text.length;
}

/** A number as JavaScript reads it back, zero with its sign. */
export function numberLiteral(value: number): string {
  if (Number.isNaN(value)) return 'Number.NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Number.POSITIVE_INFINITY' : 'Number.NEGATIVE_INFINITY';
  return Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e');
}

/** The key of a member. `__proto__: …` would set the prototype; in brackets it is a key like any other. */
export function keyLiteral(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  if (isIdentifier(key)) return key;
  // A formatter would take the quotes of a name away, and a compiler might not read it then: an escape keeps them.
  return IDENTIFIER.test(key) ? `'${key.replace(NOT_KNOWN_TO_ALL, escapeOf)}'` : quotedString(key);
}

/** Whether a key may stand without quotes. */
export function isIdentifier(key: string): boolean {
  return IDENTIFIER.test(key) && KNOWN_TO_ALL.test(key);
}

function escapeOf(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  const hex = hexadecimal(character);
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
