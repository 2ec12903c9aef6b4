/**
 * How one string or number is written in YAML so that every reader gets the same value back.
 *
 * The readers that matter disagree: kops reads YAML 1.1 with Go's sigs.k8s.io/yaml, GitLab reads it with
 * Ruby's Psych, people use PyYAML, editors and Node tools mostly YAML 1.2. So nothing here asks "is this
 * plain scalar a string?" by one version of the specification. A string stays plain only if it is of a
 * shape on a short list that no reader takes for anything else, stays a literal block only if no character
 * or blank in it is treated differently anywhere, and is written in double quotes with escapes otherwise:
 * that form means the same to all of them.
 */

/** Names of booleans, nulls and special floats in YAML 1.1 or 1.2, in lower case; no reader minds the case. */
const RESERVED: ReadonlySet<string> = new Set([
  'y',
  'n',
  'yes',
  'no',
  'on',
  'off',
  'true',
  'false',
  'null',
  '.inf',
  '.nan',
]);
const LONGEST_RESERVED = 5;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const SPACE = 0x20;
const HASH = 0x23;
const DASH = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;
const TILDE = 0x7e;

/**
 * For each ASCII character: 1 if a plain scalar may begin with it, 2 for a digit (see `isDigitFirstPlain`).
 * Letters, `_`, `/` and `$` begin no number, no symbol of Psych, no indicator of YAML.
 */
const START = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_/$]/.test(character)) START[code] = 1;
  if (/[0-9]/.test(character)) START[code] = 2;
}

/**
 * Ranges outside ASCII that may be written as they are: visible characters of common scripts, all of them
 * printable for every reader. Deliberately absent, hence always escaped: all blanks and line breaks
 * (U+0085, U+00A0, U+2028, U+2029, U+3000), whatever is invisible or turns the direction of the text
 * (U+00AD, U+200B to U+200F, U+202A to U+202E, U+FEFF), combining marks, and everything beyond the basic
 * plane. Fixed ranges rather than `\p{…}`, whose meaning changes with the version of Node.
 */
const VISIBLE: readonly (readonly [first: number, last: number])[] = [
  [0x00a1, 0x00ac],
  [0x00ae, 0x024f], // Latin
  [0x0370, 0x0373], // Greek and Cyrillic
  [0x0376, 0x0377],
  [0x037b, 0x037f],
  [0x0384, 0x0482],
  [0x048a, 0x052f],
  [0x2013, 0x2014], // dashes, quotation marks, bullets, dots
  [0x2018, 0x201f],
  [0x2020, 0x2022],
  [0x2026, 0x2026],
  [0x20ac, 0x20ac], // the euro sign
  [0x2190, 0x22ff], // arrows, mathematics
  [0x2500, 0x25ff], // box drawing
  [0x2713, 0x2718], // check marks and crosses
  [0x3001, 0x3029], // Chinese, Japanese, Korean
  [0x3041, 0x3096],
  [0x30a1, 0x30ff],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
];

/** True for a character outside ASCII that every reader keeps as it is, see `VISIBLE`. */
function isVisible(code: number): boolean {
  for (const [first, last] of VISIBLE) {
    if (code <= last) return code >= first;
  }
  return false;
}

/**
 * True if a string that begins with a digit cannot be a number or a time for any reader.
 *
 * Those are made of digits, `. , _ + - :` and blanks, hexadecimal digits, the letters of `0x`, `0o`, `0b`,
 * of exponents (`e`; `p` in Go) and of times (`T`, `Z`), and have one dot at most: so a slash, a percent
 * sign, a second dot or any other letter makes a string of it. With a colon the matter is left to the quotes.
 */
function isDigitFirstPlain(text: string): boolean {
  return !text.includes(':') && /[/%g-nq-suvwyG-NQ-SUVWY]|\..*\./.test(text);
}

/** The same for a string that begins with `-` or `.`: `--flag`, `./file`, `../file`, `.name`. */
function isPunctuationFirstPlain(text: string): boolean {
  return /^(?:--[A-Za-z]|\.{1,2}\/|\.[A-Za-z]{2})/.test(text);
}

/** True if the text may stand in YAML without quotes, as a value or as a key in block style. */
function isPlain(text: string): boolean {
  const length = text.length;
  if (length === 0) return false;
  const first = text.charCodeAt(0);
  const start = first < 128 ? START[first] : isVisible(first) ? 1 : 0;
  if (start === 2) {
    if (!isDigitFirstPlain(text)) return false;
  } else if (first === 0x45 || first === 0x65) {
    // The exponent alone is a float for the `yaml` package in its mode 1.1: it reads `e10` as NaN.
    if (/^[Ee][-+]?[0-9]+$/.test(text)) return false;
  } else if (start === 0) {
    if ((first !== DASH && first !== DOT) || !isPunctuationFirstPlain(text)) return false;
  }
  let previous = 0;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code < SPACE || (code > TILDE && !isVisible(code))) return false;
    // `a: b` is a map, `a #b` ends in a comment.
    if (previous === COLON && code === SPACE) return false;
    if (previous === SPACE && code === HASH) return false;
    previous = code;
  }
  if (previous === SPACE || previous === COLON) return false;
  return length > LONGEST_RESERVED || !RESERVED.has(text.toLowerCase());
}

/**
 * True if a text of several lines may be written as a literal block.
 *
 * The first line that is not empty must not begin with a blank, since readers take the indentation of the
 * block from it; and a last line of nothing but blanks is not the same to all of them.
 */
export function isLiteral(text: string): boolean {
  let beforeText = true;
  let code = 0;
  for (let index = 0; index < text.length; index++) {
    code = text.charCodeAt(index);
    if (code === LINE_FEED) continue;
    if (code === SPACE || code === TAB) {
      if (beforeText) return false;
      continue;
    }
    if (code < SPACE || (code > TILDE && !isVisible(code))) return false;
    beforeText = false;
  }
  return !beforeText && code !== SPACE && code !== TAB;
}

/**
 * The text as a literal block whose lines are indented by `indent`: a blank, the header (`|`, `|-` or `|+`),
 * the lines and the final line feed. Only for a text that passes {@link isLiteral}.
 */
export function literal(text: string, indent: string): string {
  const header = !text.endsWith('\n') ? '|-' : text.endsWith('\n\n') ? '|+' : '|';
  const firstIndent = text.startsWith('\n') ? '' : indent;
  // Empty lines get no indentation: blanks at their end would be noise, and hooks that strip them common.
  const lines = text.replace(/\n(?!\n|$)/g, `\n${indent}`);
  return ` ${header}\n${firstIndent}${lines}${header === '|-' ? '\n' : ''}`;
}

/** Escapes with a letter of their own that every reader knows; all others are written by number. */
const SHORT_ESCAPES: ReadonlyMap<number, string> = new Map([
  [TAB, '\\t'],
  [LINE_FEED, '\\n'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
]);

/**
 * The text in double quotes, on one line whatever its length.
 *
 * Escapes beyond the basic plane have eight digits: Psych has no surrogate pairs in `\u`. U+0085, U+2028 and
 * U+2029 must be escaped because PyYAML takes them for line breaks even within quotes.
 *
 * @throws TypeError for a surrogate without its other half, which has no encoding in UTF-8.
 */
export function quoted(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  let out = '"';
  let done = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.codePointAt(index) ?? 0;
    if (code >= SPACE && code <= TILDE && code !== 0x22 && code !== 0x5c) continue;
    if (code > TILDE && isVisible(code)) continue;
    out += text.slice(done, index) + escapeOf(code);
    if (code > 0xffff) index++;
    done = index + 1;
  }
  return `${out}${text.slice(done)}"`;
}

function escapeOf(code: number): string {
  const short = SHORT_ESCAPES.get(code);
  if (short !== undefined) return short;
  const hex = code.toString(16).toUpperCase();
  if (code >= 0xd800 && code <= 0xdfff) {
    throw new TypeError(`half a surrogate pair (U+${hex}) cannot be written as UTF-8`);
  }
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/**
 * Manifests repeat themselves: the same keys and values come in every document, so the written forms of short
 * strings are kept. A table that is full starts again from nothing, so that memory stays bounded.
 */
const FORMS = 4096;
const LONGEST_KEPT = 64;
const keyForms = new Map<string, string>();
const valueForms = new Map<string, string>();

function form(forms: Map<string, string>, text: string, before: string, after: string): string {
  let written = forms.get(text);
  if (written === undefined) {
    written = `${before}${isPlain(text) ? text : quoted(text)}${after}`;
    if (text.length <= LONGEST_KEPT) {
      if (forms.size >= FORMS) forms.clear();
      forms.set(text, written);
    }
  }
  return written;
}

/** A key and its colon. */
export function keyText(key: string): string {
  return form(keyForms, key, '', ':');
}

/** A blank, the text on one line (as it is where that is safe, else in double quotes) and a line feed. */
export function valueText(text: string): string {
  return form(valueForms, text, ' ', '\n');
}

/**
 * The number as decimal digits, or as a float that every reader takes for one: YAML 1.1 wants both a dot and
 * a sign in the exponent, so `1e+21` becomes `1.0e+21` (PyYAML reads the former as a string).
 *
 * @throws TypeError for NaN and infinities, which JSON does not have, and so neither does kops.
 */
export function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value); // -0 too becomes 0
  if (!Number.isFinite(value)) throw new TypeError(`${value} cannot be written, JSON has no such number`);
  const text = String(value);
  const exponent = text.indexOf('e');
  // Above 2^53 JavaScript fills up with zeros; the digits of the number it means are as good for all readers.
  if (exponent === -1) return Number.isInteger(value) ? BigInt(value).toString() : text;
  return text.slice(0, exponent).includes('.') ? text : `${text.slice(0, exponent)}.0${text.slice(exponent)}`;
}
