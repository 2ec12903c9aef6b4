/** Longest value on one line, in characters. */
const MOST_CHARACTERS = 200;
/** Most lines of a text that differ and are shown. */
const MOST_LINES = 40;
/** Lines around those that differ. */
const CONTEXT = 2;

/** What a terminal or a reader would take for something else than characters: controls, marks of direction, separators. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Strings that look like something else without quotes. */
const AMBIGUOUS = /^$|^\s|\s$|["'→]|^(?:true|false|null|-?\d*\.?\d+(?:e[+-]?\d+)?)$|^[[{]/i;

/** A value on one line: text without quotes where that is plain, all else as JSON; nothing in it moves the cursor. */
export function show(value: unknown): string {
  const isPlain = typeof value === 'string' && !AMBIGUOUS.test(value) && value.search(HIDDEN) < 0;
  const text = isPlain ? value : (JSON.stringify(value) ?? String(value)).replace(HIDDEN, escaped);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** How much of what is equal is shown around what differs, in characters. */
const AROUND = 30;

/** Two values as {@link show} shows them; of long texts only where they differ, with some of what is around. */
export function showBoth(from: unknown, to: unknown): readonly [from: string, to: string] {
  const shown = [show(from), show(to)] as const;
  if (typeof from !== 'string' || typeof to !== 'string') return shown;
  if (from.length <= MOST_CHARACTERS && to.length <= MOST_CHARACTERS) return shown;
  const length = Math.min(from.length, to.length);
  let start = 0;
  while (start < length && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < length - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
  const [left, right] = [Math.max(0, start - AROUND), Math.max(0, end - AROUND)];
  const part = (text: string) =>
    show(`${left > 0 ? '…' : ''}${text.slice(left, text.length - right)}${right > 0 ? '…' : ''}`);
  return [part(from), part(to)];
}

/** Whether a value is text of several lines: a script, a file. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trimEnd().includes('\n');
}

/** The lines in which two texts differ, with a sign in front, and some around them. */
export function lineChanges(from: unknown, to: unknown): string[] {
  // Loaded here: most differences have no texts.
  const { structuredPatch } = require('diff') as typeof import('diff');
  const textOf = (value: unknown) =>
    value === undefined ? '' : typeof value === 'string' ? value : show(value);
  const [old, now] = [textOf(from), textOf(to)];
  // Without a line end at its end, the last line would differ from the same one in the midst.
  const ended = (text: string, other: string) => {
    const isAlone = text !== '' && !text.endsWith('\n') && (other === '' || !other.endsWith('\n'));
    return isAlone ? `${text}\n` : text;
  };
  const [left, right] = [ended(old, now), ended(now, old)];
  const { hunks } = structuredPatch('', '', left, right, undefined, undefined, { context: CONTEXT });
  const linesOf = (hunk: (typeof hunks)[number]) => hunk.lines.filter((line) => !line.startsWith('\\'));
  const lines = hunks.flatMap((hunk, index) => [...(index > 0 ? ['…'] : []), ...linesOf(hunk)]).map(showLine);
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `… ${more} more lines`] : lines;
}

function showLine(line: string): string {
  const text = line.replace(HIDDEN, escaped);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

function escaped(character: string): string {
  if (character === '\t') return character;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
