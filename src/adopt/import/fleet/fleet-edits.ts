import { importStatement } from '../code/cluster-file';
import { compareNames, compareSources } from '../code/import-order';
import type { ImportedName, ImportStatement } from './fleet-imports';
import type { FleetSource } from './fleet-source';

/** Something to put into a text, in place of what is there. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An import that a file needs. */
export interface ImportToAdd {
  readonly name: string;
  readonly from: string;
}

/** How a file is written. */
export interface SourceStyle {
  readonly quote: string;
  readonly semicolon: string;
  readonly lineEnd: string;
}

const LINE_WIDTH = 110;

/** How a file is written, as its imports show. */
export function styleOf({ text }: FleetSource, imports: readonly ImportStatement[]): SourceStyle {
  const statements = imports.map(({ start, end }) => text.slice(start, end));
  return {
    quote: statements.at(-1)?.includes('"') ? '"' : "'",
    semicolon: statements.some((statement) => statement.endsWith(';')) || statements.length === 0 ? ';' : '',
    lineEnd: lineEndOf(text),
  };
}

/**
 * Imports behind the last one, or before it where the imports there are sorted. `undefined` where something else is on their
 * lines.
 */
export function addImports(
  source: FleetSource,
  imports: readonly ImportStatement[],
  added: readonly ImportToAdd[],
  styled: (line: string) => string,
  lineEnd: string,
): Edit[] | undefined {
  const last = imports.at(-1);
  if (!last || imports.some((statement) => !isAlone(source, statement))) return undefined;
  const sorted = sortedAtTheEnd(source, imports);
  const behind = endOfLine(source.text, last.end);
  const inOrder = [...added].sort((one, other) => compareSources(one.from, other.from));
  return inOrder.map(({ name, from }): Edit => {
    const next = sorted.find((statement) => compareSources(statement.from ?? '', from) > 0);
    const line = styled(importStatement([name], from));
    if (next) return { start: next.start, end: next.start, text: `${line}${lineEnd}` };
    return { start: behind, end: behind, text: `${lineEnd}${line}` };
  });
}

/** Whether nothing else but a comment is on a statement's lines. */
function isAlone({ text, code }: FleetSource, { start, end }: ImportStatement): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).replace('\uFEFF', '');
  return before === '' && code.slice(end, endOfLine(text, end)).trim() === '';
}

function endOfLine(text: string, position: number): number {
  const lineBreak = text.indexOf('\n', position);
  if (lineBreak < 0) return text.length;
  return text.charAt(lineBreak - 1) === '\r' ? lineBreak - 1 : lineBreak;
}

/**
 * The last imports of files that follow each other line by line, where they are in order; but for the first, before which there
 * may be a comment on all of them.
 */
function sortedAtTheEnd({ text }: FleetSource, imports: readonly ImportStatement[]): ImportStatement[] {
  const result: ImportStatement[] = [];
  for (const statement of [...imports].reverse()) {
    const [next] = result;
    const isNext = !next || /^\r?\n$/.test(text.slice(statement.end, next.start));
    if (!isNext) return result.slice(1);
    if (!statement.from?.startsWith('.')) return result;
    if (next && compareSources(statement.from, next.from ?? '') > 0) return [];
    result.unshift(statement);
  }
  return result.slice(1);
}

/**
 * A name for the first of some imports that has names in curly brackets: where it belongs among them. `undefined` where the file
 * uses the name for something else, or has no such import.
 */
export function addName(
  source: FleetSource,
  imports: readonly ImportStatement[],
  name: string,
): Edit | undefined {
  const { text, code, comments } = source;
  const statement = imports.find(({ isPlain, isType, names }) => isPlain && !isType && names.length > 0);
  if (!statement) return undefined;
  const { start, end, names } = statement;
  const asType = names.find((each) => each.name === name && each.local === name && each.isType);
  if (asType) return { start: asType.start, end: asType.end, text: name };
  const isUsed = new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(code);
  if (isUsed || comments.some((comment) => comment.start >= start && comment.end <= end)) return undefined;
  const isSorted = names.every((each, index) => compareNames(names[index - 1]?.name ?? '', each.name) < 0);
  const next = isSorted ? names.find((each) => compareNames(each.name, name) > 0) : undefined;
  const last = names.at(-1) as ImportedName;
  const lineStart = text.lastIndexOf('\n', (next ?? last).start) + 1;
  const before = text.slice(lineStart, (next ?? last).start);
  const isOnLineOfItsOwn = lineStart > start && before.trim() === '';
  if (!isOnLineOfItsOwn && end - start + name.length + 2 > LINE_WIDTH) {
    return inLines(source, statement, name, next);
  }
  const separator = isOnLineOfItsOwn ? `,${lineEndOf(text)}${before}` : ', ';
  if (next) return { start: next.start, end: next.start, text: `${name}${separator}` };
  return { start: last.end, end: last.end, text: `${separator}${name}` };
}

/** Names that are too many for one line, with another one before `next`. */
function inLines(
  { text, code }: FleetSource,
  { start, end, names }: ImportStatement,
  name: string,
  next: ImportedName | undefined,
): Edit {
  const written = names.flatMap((each) => [
    ...(each === next ? [name] : []),
    text.slice(each.start, each.end),
  ]);
  const all = next ? written : [...written, name];
  const lineEnd = lineEndOf(text);
  return {
    start: code.indexOf('{', start),
    end: code.lastIndexOf('}', end) + 1,
    text: `{${lineEnd}${all.map((each) => `  ${each},${lineEnd}`).join('')}}`,
  };
}

function lineEndOf(text: string): string {
  return /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
}
