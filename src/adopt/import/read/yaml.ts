/**
 * Parses one section, once, into the nodes of the `yaml` package. Comments are taken from the tokens: on nodes that
 * package keeps some of them twice, some at another node, and some not at all.
 */
import type { Composer, CST, Document, LineCounter } from 'yaml';
import type { SectionProblem } from './sections';

/** A comment as it stands in the text. */
export interface RawComment {
  readonly offset: number;
  /** With its `#`. */
  readonly text: string;
}

/** A section as nodes. */
export interface Parsed {
  readonly documents: readonly Document.Parsed[];
  readonly lines: LineCounter;
  /** In the order of the text. */
  readonly comments: readonly RawComment[];
  /** Where each item of each block list has its dash, in the order of the text: nodes do not say. */
  readonly dashes: readonly number[];
  /** What is no YAML; the first of it. */
  readonly errors: readonly SectionProblem[];
  /** Set where the text was given up. */
  readonly problem?: SectionProblem;
}

/** Deeper than any manifest is, in levels of the parser, which has two a map; it would exhaust the stack. */
const MOST_LEVELS = 300;
/** More than anybody writes: each has to be looked up. */
const MOST_ALIASES = 10_000;
/** More than anybody reads: each costs time. */
const MOST_ERRORS = 20;
/** What one text may be made of, in words and signs: each takes some 300 bytes of memory. */
export const MOST_TOKENS = 6_000_000;

/** How much of a text may still be read. */
export interface Budget {
  tokens: number;
}

/** Says of the token after it that it is text, whatever it looks like. */
const SCALAR_FOLLOWS = '\u001F';

/** Parses a section; never throws. */
export function parseSection(text: string, budget: Budget = { tokens: MOST_TOKENS }): Parsed {
  const parsing = new Parsing();
  let problem: SectionProblem | undefined;
  try {
    problem = parsing.run(text, budget);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    problem = { offset: 0, message: `cannot be read: ${said}` };
  }
  const { documents, lines, comments, dashes, errors } = parsing;
  return { documents, lines, comments, dashes, errors, ...(problem && { problem }) };
}

/** Where the package says that something is wrong. */
type ErrorSource = number | readonly [number, ...number[]] | { readonly offset: number };

function offsetIn(source: ErrorSource): number {
  if (typeof source === 'number') return source;
  return 'offset' in source ? source.offset : source[0];
}

/** One run over one section. */
class Parsing {
  // Loaded here: only who imports pays for it.
  private readonly yaml = require('yaml') as typeof import('yaml');
  readonly lines = new this.yaml.LineCounter();
  readonly documents: Document.Parsed[] = [];
  readonly comments: RawComment[] = [];
  readonly dashes: number[] = [];
  readonly errors: SectionProblem[] = [];
  private aliases = 0;
  /** The sign of the property, `&` or `!`, that the value at hand has already. */
  private property = '';

  run(text: string, budget: Budget): SectionProblem | undefined {
    const { yaml, lines } = this;
    const parser = new yaml.Parser(lines.addNewLine);
    const composer = new yaml.Composer({
      version: '1.1',
      // Text alone: what it stands for is worked out as kOps does, duplicate keys are found in time that grows with them.
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
    });
    // That of the package makes an error object of each, of which a text can have millions.
    Object.assign(composer, {
      onError: (source: ErrorSource, _code: string, message: string, isWarning?: boolean) => {
        // Of tags alone, which matter only in objects of kOps.
        if (!isWarning) this.error(offsetIn(source), message);
      },
    });
    let isText = false;
    lines.addNewLine(0);
    for (const lexeme of new yaml.Lexer().lex(text)) {
      const { offset } = parser;
      const isToken: boolean = !isText;
      isText = isToken && lexeme === SCALAR_FOLLOWS;
      const problem = isToken ? this.look(lexeme, offset) : undefined;
      if (problem) return problem;
      for (const token of parser.next(lexeme)) this.compose(composer, token);
      if (parser.stack.length > MOST_LEVELS) return { offset, message: 'is nested too deep for a manifest' };
      budget.tokens -= 1;
      if (budget.tokens < 0) return { offset, message: 'up to here is more than any manifest has: split it' };
    }
    for (const token of parser.end()) this.compose(composer, token);
    this.take(composer.end(false, text.length));
    return undefined;
  }

  /** Keeps what nodes do not say, and stops what takes the parser time that grows with its square. */
  private look(lexeme: string, offset: number): SectionProblem | undefined {
    const first = lexeme[0] ?? '';
    if (first === ' ' || first === '\t' || first === '\n') return undefined;
    if (first === '#') {
      this.comments.push({ offset, text: lexeme });
      return undefined;
    }
    const isTwice = (first === '&' || first === '!') && this.property.includes(first);
    if (isTwice)
      return { offset, message: 'is no YAML that kOps reads: a value has at most one anchor and one tag' };
    this.property = first === '&' || first === '!' ? this.property + first : '';
    if (lexeme === '-') this.dashes.push(offset);
    if (first === '*') this.aliases += 1;
    return this.aliases > MOST_ALIASES
      ? { offset, message: `has more than ${MOST_ALIASES} aliases` }
      : undefined;
  }

  private compose(composer: Composer, token: CST.Token): void {
    if (token.type === 'error') this.error(token.offset, token.message);
    else this.take(composer.next(token));
  }

  private take(documents: Iterable<Document.Parsed>): void {
    for (const document of documents) {
      this.documents.push(document);
      // What the composer itself says, not what it composes with.
      for (const { pos, message } of document.errors) this.error(pos[0], message);
    }
  }

  private error(offset: number, message: string): void {
    if (this.errors.length < MOST_ERRORS) {
      this.errors.push({ offset, message: `is no YAML that kOps reads: ${message}` });
    }
  }
}
