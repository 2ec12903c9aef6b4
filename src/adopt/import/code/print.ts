import {
  BREAK,
  beside,
  breaksIn,
  choice,
  comment,
  filled,
  group,
  HARD_LINE,
  indent,
  joined,
  type Layout,
  LINE,
  lay,
  parts,
  SOFT_LINE,
  sequence,
  TRAILING_COMMA,
} from './layout';
import { lineComments } from './line-comments';
import { isIdentifier, keyLiteral, numberLiteral, quotedString, stringLiteral } from './literals';
import type {
  CallCode,
  Code,
  Commented,
  ItemCode,
  ListCode,
  LiteralCode,
  MemberCode,
  ObjectCode,
  Statement,
} from './model';
import { columns } from './width';

/** A person gives the settings of a construct a line each once there are more than these. */
const MEMBERS_ON_A_LINE = 4;

/** And breaks objects that lie deeper in each other than this. */
const DEPTH_ON_A_LINE = 3;

/** Biome leaves the value of a key shorter than this on the key's line, however long it is. */
const SHORT_KEY = 5;

/** To Biome, a call whose only argument is at most so long cannot be broken: it goes to the next line as it is. */
const SHORT_ARGUMENT = 27;

/** Statements as lines, `indentation` blanks before each, laid out as Biome lays out this project. */
export function printStatements(statements: readonly Statement[], indentation: number): string {
  return statements
    .map((statement) => `${' '.repeat(indentation)}${lay(statementLayout(statement), indentation)}\n`)
    .join('');
}

/** An expression whose first line begins at the column `at`, and that stands in a line indented by `indentation`. */
export function printCode(code: Code, indentation = 0, at = indentation): string {
  return lay(layoutOf(code), indentation, at);
}

function statementLayout(statement: Statement): Layout {
  const { lead = '', code } = statement;
  const assigned = /^(.*\S) = $/.exec(lead)?.[1];
  const value = layoutOf(code);
  const content =
    assigned === undefined
      ? parts(lead, value, ';')
      : parts(assignment(assigned, ' =', code, value, false), ';');
  const { each } = statement;
  if (!each) return withComments(statement, content);
  const head = parts('for (const ', each.variable, ' of ', layoutOf(each.of), ') {');
  return withComments(statement, parts(head, indent(parts(HARD_LINE, content)), HARD_LINE, '}'));
}

function withComments({ before = [], beside: behind }: Commented, content: Layout): Layout {
  const above = before.flatMap(lineComments).flatMap((line) => [comment(line), HARD_LINE]);
  return sequence([...above, behind === undefined ? content : beside(content, lineComments(behind))]);
}

function layoutOf(code: Code): Layout {
  switch (code.kind) {
    case 'literal':
      if (typeof code.value === 'string') return stringLiteral(code.value);
      return typeof code.value === 'number' ? numberLiteral(code.value) : String(code.value);
    case 'raw':
      return code.text;
    case 'object':
      return objectLayout(code, depthOf(code) > DEPTH_ON_A_LINE);
    case 'list':
      return listLayout(code);
    case 'call':
      return callLayout(code);
  }
}

function depthOf(code: Code): number {
  if (code.kind === 'list') return deepest(code.items);
  return code.kind === 'object' ? 1 + deepest(code.members) : 0;
}

function deepest(all: readonly { readonly value: Code }[]): number {
  return all.reduce((most, { value }) => Math.max(most, depthOf(value)), 0);
}

function objectLayout({ members, after = [] }: ObjectCode, expanded: boolean): Layout {
  if (members.length === 0) return emptyLayout('{', after, '}');
  const content = joined(
    members.map((member, index) =>
      withComments(member, parts(memberLayout(member), index < members.length - 1 ? ',' : TRAILING_COMMA)),
    ),
    LINE,
  );
  return group(parts('{', indent(parts(LINE, content, trailing(after))), LINE, '}'), expanded);
}

function emptyLayout(open: string, comments: readonly string[], close: string): Layout {
  if (comments.length === 0) return open + close;
  return parts(open, indent(trailing(comments)), HARD_LINE, close);
}

function trailing(comments: readonly string[]): Layout {
  return sequence(comments.flatMap(lineComments).flatMap((line) => [HARD_LINE, comment(line)]));
}

function memberLayout({ key, value }: MemberCode): Layout {
  const right = layoutOf(value);
  if (key === undefined) return parts('...', right);
  if (value.kind === 'raw' && value.text === key && key !== '__proto__' && isIdentifier(key)) return key;
  const left = keyLiteral(key);
  return assignment(left, ':', value, right, columns(left) < SHORT_KEY);
}

/** `left: right` and `left = right`: whether the right side may begin on the next line. */
function assignment(left: string, operator: string, value: Code, right: Layout, isShort: boolean): Layout {
  const head = left + operator;
  const isTemplate = typeof right === 'string' && right.startsWith('`');
  const isNegative = typeof right === 'string' && right.startsWith('-') && value.kind === 'literal';
  if (!isNegative && (isShort || isTemplate)) return parts(head, ' ', right);
  const isText = value.kind === 'literal' && typeof value.value === 'string';
  if (isNegative || isText || isUnbreakable(value))
    return group(parts(head, group(indent(parts(LINE, right)))));
  if (value.kind === 'literal' && value.value !== null) return parts(head, ' ', right);
  const lineBreak = group(indent(LINE));
  return group(parts(head, lineBreak, indent(right, lineBreak)));
}

/** `Number.NaN`, `StateStore.s3('bucket')`: a chain without anything in it that Biome would break. */
function isUnbreakable(code: Code): boolean {
  if (code.kind === 'literal') return typeof code.value === 'number' && !Number.isFinite(code.value);
  if (code.kind === 'raw') return /^[\w$]+(?:\.[\w$]+)+$/.test(code.text);
  if (code.kind !== 'call' || code.callee.startsWith('new ')) return false;
  const [first, ...others] = code.arguments;
  if (first === undefined) return true;
  if (others.length > 0) return false;
  const text = layoutOf(first);
  if (first.kind === 'raw') return /^[\w$]+$/.test(first.text) && first.text.length <= SHORT_ARGUMENT;
  if (first.kind !== 'literal') return false;
  return typeof first.value !== 'string' || (typeof text === 'string' && columns(text) <= SHORT_ARGUMENT);
}

function listLayout({ items, after = [] }: ListCode): Layout {
  if (items.length === 0) return emptyLayout('[', after, ']');
  const values = items.map(({ value }) => value);
  const areNumbers = values.every(isNumber);
  const content =
    areNumbers && !items.some(hasComment)
      ? parts(filledNumbers(values.map(numberText), after.length > 0), TRAILING_COMMA)
      : joined(
          items.map((item, index) => itemLayout(item, index === items.length - 1, areNumbers)),
          LINE,
        );
  return group(
    parts('[', indent(parts(SOFT_LINE, content, trailing(after))), SOFT_LINE, ']'),
    isTable(values),
  );
}

/** A comment at the end of the list sends the number before it to a line of its own: so Biome has it. */
function filledNumbers(texts: readonly string[], isCommented: boolean): Layout {
  if (!isCommented || texts.length < 2) return filled(texts);
  return parts(filled(texts.slice(0, -1)), ',', HARD_LINE, texts.at(-1) ?? '');
}

function itemLayout(item: ItemCode, isLast: boolean, amongNumbers: boolean): Layout {
  const content = parts(group(layoutOf(item.value)), isLast ? TRAILING_COMMA : ',');
  if (!amongNumbers) return withComments(item, content);
  // Numbers share a line unless a comment is behind one of them: there all comments go.
  const comments = [...(item.before ?? []), ...(item.beside === undefined ? [] : [item.beside])];
  return comments.length === 0
    ? content
    : beside(content, lineComments(comments.join(' ').replace(/\s*\n\s*/g, ' ')), true);
}

function hasComment({ before = [], beside: behind }: Commented): boolean {
  return before.length > 0 || behind !== undefined;
}

function isNumber(code: Code): code is LiteralCode & { readonly value: number } {
  return code.kind === 'literal' && typeof code.value === 'number' && Number.isFinite(code.value);
}

function numberText({ value }: { readonly value: number }): string {
  return numberLiteral(value);
}

/** Several objects, or several lists, of more than one thing each: Biome gives each a line. */
function isTable(values: readonly Code[]): boolean {
  const [first] = values;
  if (values.length < 2 || (first?.kind !== 'object' && first?.kind !== 'list')) return false;
  return values.every((value) => value.kind === first.kind && sizeOf(value) > 1);
}

function sizeOf(code: Code): number {
  if (code.kind === 'object') return code.members.length;
  return code.kind === 'list' ? code.items.length : 0;
}

function callLayout({ callee, arguments: given }: CallCode): Layout {
  if (given.length === 0) return `${callee}()`;
  const all = given.map((code) => argumentLayout(code, callee.startsWith('new ')));
  const others = all.slice(0, -1);
  const last = all.at(-1) ?? '';
  const inLines = (expanded: boolean): Layout =>
    group(
      parts('(', indent(parts(SOFT_LINE, joined(all, parts(',', LINE)), TRAILING_COMMA)), SOFT_LINE, ')'),
      expanded,
    );
  if (!isHugged(given)) return parts(callee, inLines(false));
  if (others.some(breaksIn)) return parts(callee, inLines(true));
  const flat = parts('(', joined(all, parts(',', LINE)), ')');
  const hugged = parts('(', joined([...others, group(last, true)], parts(',', LINE)), ')');
  return breaksIn(last)
    ? parts(callee, BREAK, choice(hugged, inLines(true)))
    : parts(callee, choice(flat, hugged, inLines(true)));
}

function argumentLayout(code: Code, ofConstruct: boolean): Layout {
  // A template has no place among arguments: a name of several lines is nothing to be read.
  if (code.kind === 'literal' && typeof code.value === 'string') return quotedString(code.value);
  if (code.kind !== 'object') return layoutOf(code);
  const isLong = ofConstruct && code.members.length > MEMBERS_ON_A_LINE;
  return objectLayout(code, isLong || depthOf(code) > DEPTH_ON_A_LINE);
}

/** Whether the last argument begins on the line of the call and ends on the line of its end. */
function isHugged(given: readonly Code[]): boolean {
  const last = given.at(-1);
  if (last?.kind !== 'object' && last?.kind !== 'list') return false;
  if (sizeOf(last) === 0 && (last.after ?? []).length === 0) return false;
  if (given.at(-2)?.kind === last.kind) return false;
  const areNumbers =
    last.kind === 'list' && last.items.length > 0 && last.items.every(({ value }) => isNumber(value));
  return !(areNumbers && given.length > 1 && last.kind === 'list' && !last.items.some(hasComment));
}
