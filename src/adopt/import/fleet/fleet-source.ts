/** A comment of a source file. */
export interface SourceComment {
  /** Of its first character. */
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
}

/** A source file in which code can be told from text. */
export interface FleetSource {
  readonly text: string;
  /**
   * The text with a blank for each character of a comment or inside a string, line breaks kept: what is found in it is code,
   * and stands at the same place in the text.
   */
  readonly code: string;
  readonly comments: readonly SourceComment[];
  /** The brackets that are open at a place, the outermost first: where each of them is. */
  openAt(position: number): readonly number[];
  /** Where the bracket is that closes the one at a place. */
  closeOf(bracket: number): number;
}

/** Words behind which a value begins: a slash there is a regular expression. */
const BEFORE_VALUE = /^(?:await|case|delete|do|else|in|instanceof|new|of|return|throw|typeof|void|yield)$/;

/** Words whose brackets are followed by a statement, not by an operator. */
const WITH_CONDITION = /\b(?:for|if|while|with)\s*$/;

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * Tells code from comments and strings. There is no parser of TypeScript at hand, so whatever is not plain to a simple reader
 * makes it give up: `undefined`.
 */
export function readSource(text: string): FleetSource | undefined {
  const reader = new Reader(text);
  if (!reader.read()) return undefined;
  const { code, comments, brackets } = reader;
  const ends = new Map(brackets.map(({ start, end }) => [start, end]));
  return {
    text,
    code,
    comments,
    openAt: (position) =>
      brackets.filter(({ start, end }) => start < position && position <= end).map(({ start }) => start),
    closeOf: (bracket) => ends.get(bracket) ?? text.length,
  };
}

class Reader {
  code = '';
  readonly comments: SourceComment[] = [];
  /** In the order in which they open. */
  readonly brackets: { readonly start: number; end: number }[] = [];
  readonly #open: { readonly start: number; end: number }[] = [];

  constructor(readonly text: string) {}

  /** Whether all of it is plain. */
  read(): boolean {
    if (this.text.startsWith('#!')) this.#comment(/^[^\n]*/);
    while (this.code.length < this.text.length) {
      if (!this.#next(this.text.slice(this.code.length, this.code.length + 2))) return false;
    }
    return this.#open.length === 0;
  }

  #next(two: string): boolean {
    const character = two.charAt(0);
    if (two === '//') return this.#comment(/^[^\n]*/);
    if (two === '/*') return this.#comment(/^\/\*[\s\S]*?\*\//);
    if (character === "'" || character === '"') {
      return this.#blank(character === "'" ? /^'(?:[^'\\\n]|\\[\s\S])*'/ : /^"(?:[^"\\\n]|\\[\s\S])*"/, true);
    }
    if (character === '`') return this.#template();
    if (character === '/') return this.#slash();
    // An escape in a name: no name is found by its letters then.
    if (character === '\\') return false;
    if (character in CLOSING) {
      const bracket = { start: this.code.length, end: this.text.length };
      this.brackets.push(bracket);
      this.#open.push(bracket);
    } else if (character === ')' || character === ']' || character === '}') {
      const bracket = this.#open.pop();
      if (!bracket || CLOSING[this.text.charAt(bracket.start)] !== character) return false;
      bracket.end = this.code.length;
    }
    this.code += character;
    return true;
  }

  #comment(pattern: RegExp): boolean {
    const start = this.code.length;
    if (!this.#blank(pattern, false)) return false;
    this.comments.push({ start, end: this.code.length });
    return true;
  }

  /** What the pattern matches here is no code; of a string, its quotes are. */
  #blank(pattern: RegExp, hasQuotes: boolean): boolean {
    const [match] = pattern.exec(this.text.slice(this.code.length)) ?? [];
    if (match === undefined) return false;
    const blank = match.replace(/[^\r\n]/g, ' ');
    const quote = match.charAt(0);
    this.code += hasQuotes ? `${quote}${blank.slice(1, -1)}${quote}` : blank;
    return true;
  }

  /** A template, with all code in it. */
  #template(): boolean {
    const start = this.code.length;
    const inner = templateEnd(this.text, start);
    if (inner === undefined) return false;
    const blank = this.text.slice(start + 1, inner - 1).replace(/[^\r\n]/g, ' ');
    this.code += `\`${blank}\``;
    return true;
  }

  /** A division or a regular expression. */
  #slash(): boolean {
    const before = this.code.trimEnd();
    const last = before.at(-1) ?? '';
    const word = /[\w$]+$/.exec(before)?.[0];
    // Behind a block there may be either.
    if (last === '}') return false;
    let isDivision = /[\w$)\]'"`]/.test(last) && !(word !== undefined && BEFORE_VALUE.test(word));
    if (last === ')') {
      const opened = this.brackets.find(({ end }) => end === before.length - 1);
      isDivision = !WITH_CONDITION.test(this.code.slice(0, opened?.start ?? 0));
    }
    if (isDivision) {
      this.code += '/';
      return true;
    }
    return this.#blank(/^\/(?:[^/\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+\/[a-z]*/, true);
  }
}

/** Where the template that begins at `start` ends; `undefined` where that is not plain. */
function templateEnd(text: string, start: number): number | undefined {
  let position = start + 1;
  while (position < text.length) {
    const character = text.charAt(position);
    if (character === '`') return position + 1;
    if (character === '\\') position += 2;
    else if (character === '$' && text.charAt(position + 1) === '{') {
      const end = placeholderEnd(text, position + 2);
      if (end === undefined) return undefined;
      position = end;
    } else position += 1;
  }
  return undefined;
}

/** Where the code of a placeholder ends, behind its bracket. Only the simplest code is read. */
function placeholderEnd(text: string, start: number): number | undefined {
  const [match] = /^(?:[\w$\s.()[\],+*?:-]|'[^'\\\n]*'|"[^"\\\n]*")*\}/.exec(text.slice(start)) ?? [];
  return match === undefined ? undefined : start + match.length;
}
