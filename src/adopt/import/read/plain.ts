/**
 * What kOps's YAML reader makes of text without quotes. It is one of YAML 1.1 with ways of its own, which no schema of
 * the `yaml` package has: `0o17` is a number, `12:30` and dates are text, `1e400` is text.
 */

const TRUE = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const FALSE = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];
const NULL = ['', '~', 'null', 'Null', 'NULL'];

const WORDS = new Map<string, boolean | null>([
  ...TRUE.map((word) => [word, true] as const),
  ...FALSE.map((word) => [word, false] as const),
  ...NULL.map((word) => [word, null] as const),
]);

const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

/** Whole numbers in Go's notation: a zero in front means octal. */
const WHOLE = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|(0|[1-9][0-9]*))$/;
const FRACTION = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Whole numbers beyond these are read as fractions. */
const LEAST = -(2n ** 63n);
const MOST = 2n ** 64n - 1n;

/** A number that the text stands for and that a JavaScript number cannot hold. */
export class Unholdable {
  constructor(public readonly text: string) {}
}

/** The value of text without quotes. */
export function resolvePlain(text: string): string | number | boolean | null | Unholdable {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  // All numbers begin so; most text does not.
  if (!/^[-+.0-9]/.test(text)) return text;
  if (INFINITE.test(text) || NOT_A_NUMBER.test(text)) return new Unholdable(text);
  if (text.startsWith('.')) return FRACTION.test(text) ? finite(text, text) : text;
  const plain = text.replaceAll('_', '');
  const whole = wholeNumber(plain);
  if (whole !== undefined && whole >= LEAST && whole <= MOST) {
    const number = Number(whole);
    return Number.isSafeInteger(number) ? number : new Unholdable(text);
  }
  return FRACTION.test(plain) ? finite(plain, text) : text;
}

function wholeNumber(text: string): bigint | undefined {
  const [, sign, hex, octal, binary, decimal] = WHOLE.exec(text) ?? [];
  // Thousands of digits would take long to turn into a number, and none of so many fits.
  if (sign === undefined || text.length > 80) return undefined;
  const digits =
    hex !== undefined
      ? `0x${hex}`
      : octal !== undefined
        ? `0o${octal}`
        : binary !== undefined
          ? `0b${binary}`
          : (decimal ?? '0');
  return sign === '-' ? -BigInt(digits) : BigInt(digits);
}

/** Too large a fraction stays text, as in Go; zero has no sign in JSON that matters. */
function finite(plain: string, text: string): number | string {
  const number = Number(plain);
  return Number.isFinite(number) ? number + 0 : text;
}
