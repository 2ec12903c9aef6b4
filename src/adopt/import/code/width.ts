/*
 * Biome counts columns, not characters: marks that stand above or below a letter take none, Chinese, Japanese, Korean and
 * emoji take two. Only the fit of a line hangs on it, so characters that nobody writes are left out.
 */
const NONE = /[\p{Mn}\p{Me}\p{Grapheme_Extend}\u1160-\u11FF\uD7B0-\uD7FB]/u;
const REGIONAL_INDICATOR = /[\u{1F1E6}-\u{1F1FF}]/u;
const WIDE = new RegExp(
  [
    '[\\p{Emoji_Presentation}\\u1100-\\u115F\\u2329\\u232A\\u2630-\\u2637\\u268A-\\u268F\\u2E80-\\u303E\\u3041-\\u3247',
    '\\u3250-\\uA4CF\\uA960-\\uA97C\\uAC00-\\uD7A3\\uF900-\\uFAFF\\uFE10-\\uFE19\\uFE30-\\uFE6F\\uFF01-\\uFF60',
    '\\uFFE0-\\uFFE6\\u{16FE0}-\\u{1B2FF}\\u{1D300}-\\u{1D376}\\u{1F200}-\\u{1F265}\\u{20000}-\\u{3FFFD}]',
  ].join(''),
  'u',
);

/** How many columns a text of one line takes. */
export function columns(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let sum = 0;
  for (const character of text) sum += widthOf(character);
  return sum;
}

function widthOf(character: string): number {
  if (character <= '~') return 1;
  if (NONE.test(character)) return 0;
  return WIDE.test(character) && !REGIONAL_INDICATOR.test(character) ? 2 : 1;
}
