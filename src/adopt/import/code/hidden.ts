/**
 * What a reader of code would not see, or would see in another order than it is in: all but letters, marks, numbers,
 * punctuation, symbols and the blank; characters without a shape of their own (fillers, variation selectors); a mark that
 * would sit on the quote before it. What Unicode has not assigned yet is among them.
 */
const HIDDEN = /^\p{M}|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|\p{Default_Ignorable_Code_Point}|\u2800/u;

/** An emoji in its colours, or several joined to one: the joiners in it hide nothing. */
const ONE_EMOJI = /(?!\p{C})\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?/u.source;
const EMOJI = `${ONE_EMOJI}(?:\\u200D${ONE_EMOJI})*`;

const EMOJI_OR_HIDDEN = new RegExp(`(${EMOJI})|${HIDDEN.source}`, 'gu');

/** The text with each hidden character replaced by what `show` makes of it. Half a surrogate pair is one, too. */
export function showHidden(text: string, show: (character: string) => string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text.replace(EMOJI_OR_HIDDEN, (character: string, emoji: string | undefined) =>
    emoji === undefined ? show(character) : character,
  );
}

/** The code point, in hexadecimal. */
export function hexadecimal(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16);
}
