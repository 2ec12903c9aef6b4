/** Characters of UTF-8, or a byte that is none, where each character stands for a byte. */
const PIECES = new RegExp(
  [
    '[\\x00-\\x7f]+',
    '[\\xc2-\\xdf][\\x80-\\xbf]',
    '\\xe0[\\xa0-\\xbf][\\x80-\\xbf]',
    '\\xed[\\x80-\\x9f][\\x80-\\xbf]',
    '[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}',
    '\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}',
    '[\\xf1-\\xf3][\\x80-\\xbf]{3}',
    '\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2}',
    '(?<other>[\\x80-\\xff])',
  ].join('|'),
  'g',
);

/** Where halves of characters begin that no text has. */
const HALVES = 0xdc00;

/**
 * Bytes as text. What is no UTF-8 stays apart: each such byte becomes half a character of its own, so that no two texts of
 * different bytes are the same.
 */
export function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.includes('\ufffd')) return text;
  return bytes.toString('latin1').replace(PIECES, (piece, other?: string) => {
    if (other !== undefined) return String.fromCharCode(HALVES + other.charCodeAt(0));
    return Buffer.from(piece, 'latin1').toString('utf8');
  });
}
