/**
 * Cuts a text into the documents that kOps would take: it cuts at the line `---` alone. What loses nothing is let pass:
 * separators at the very start and end, and stretches of comments between two.
 */

/** What is wrong, at an offset of a section. */
export interface SectionProblem {
  readonly offset: number;
  readonly message: string;
}

/** What stands between two separators. */
export interface Section {
  /** With line feeds alone at the ends of lines. */
  readonly text: string;
  /** The number of its first line in the file, counted from 1. */
  readonly firstLine: number;
  /** Whether it has nothing but comments. */
  readonly isEmpty: boolean;
  readonly problem?: SectionProblem;
}

/** The sections of a text; at least one. */
export function sectionsOf(text: string): Section[] {
  let firstLine = 1;
  return text
    .replaceAll('\r\n', '\n')
    .split('\n---\n')
    .map((part) => {
      // A mark of the byte order stands at the start of each file, and files get concatenated.
      const section = sectionOf(part.replace(/^\uFEFF/, ''), firstLine);
      firstLine += countLines(part) + 1;
      return section;
    });
}

/** A separator that ends a section which nothing follows. */
const LAST_SEPARATOR = /(?:^|\n)---[ \t]*\n*$/;
/** Lines that hold no data. */
const NO_DATA = /^(?:[ \t]*(?:#.*)?|---[ \t]*(?:#.*)?|\.\.\.[ \t]*(?:#.*)?)$/;

function sectionOf(whole: string, firstLine: number): Section {
  const text = cutSeparator(whole);
  const problem = problemOf(text);
  const isEmpty = problem === undefined && isWithoutData(text);
  return { text, firstLine, isEmpty, ...(problem && { problem }) };
}

function cutSeparator(text: string): string {
  // Looked for from the end: the pattern alone would try each line feed of a long text.
  const tail = text.trimEnd();
  if (!tail.endsWith('---')) return text;
  return text.replace(LAST_SEPARATOR, '\n');
}

function isWithoutData(text: string): boolean {
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    if (!NO_DATA.test(text.slice(start, end))) return false;
    start = end + 1;
  }
  return true;
}

/** What no reader, or kOps's alone, takes for what it looks like. */
function problemOf(text: string): SectionProblem | undefined {
  const character = text.search(FORBIDDEN);
  if (character >= 0) return { offset: character, message: forbidden(text.codePointAt(character) ?? 0) };
  const directive = text.search(/^%/m);
  if (directive >= 0) {
    const message = 'kOps reads YAML 1.1 whatever the file says: take the line that begins with "%" out';
    return { offset: directive, message };
  }
  const separator = /^---[ \t]/gm;
  for (let match = separator.exec(text); match; match = separator.exec(text)) {
    if (isWithoutData(text.slice(0, match.index))) continue;
    const message =
      'kOps takes only the line "---" alone for a separator, and drops the rest of the file after this one: take the blank or the comment behind it out';
    return { offset: match.index, message };
  }
  return undefined;
}

/** What kOps's reader refuses, a carriage return alone (for some a line break), and what stands for broken bytes. */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0008\u000B-\u001F\u007F-\u0084\u0086-\u009F\uFFFD-\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function forbidden(code: number): string {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (code === 0xfffd) return 'is not UTF-8 here (or has the character U+FFFD): save the file as UTF-8';
  if (code === 0x0d) {
    return 'a carriage return stands alone here (U+000D): end lines with a line feed, or with both';
  }
  if (code >= 0xd800 && code <= 0xdfff) return `is not UTF-8 here: half of a character (${name})`;
  return `the control character ${name} stands here, which kOps does not read: take it out, or write it as "\\u${name.slice(2)}" in double quotes`;
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
