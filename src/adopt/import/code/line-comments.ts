import { hexadecimal, showHidden } from './hidden';

/** Tools that take a comment for an order, and with which words. */
const ORDERS = [
  '(?:biome|c8|deno-lint|dprint|eslint|istanbul|jshint|jslint|node:coverage|oxlint|prettier|stylelint|tslint|v8)[-:\\s]+',
  '(?:[a-z-]+[-:\\s])?(?:ignore|disable|enable|next|off|on|start|stop)',
].join('');

/** What a comment begins with that is meant for a tool: `@ts-expect-error`, `/ <reference`, `#region`, `prettier-ignore`. */
const DIRECTIVE = new RegExp(
  [
    '^[^\\p{L}\\p{N}]*?(?:',
    '@\\s?\\p{L}|<\\w|[#@]\\s?(?:source(?:Mapping)?URL|(?:end)?region|__)',
    `|${ORDERS}|noinspection\\b|(?:cspell|spell-?checker)\\s*:|(?:rspack|turbopack|webpack)[A-Z]`,
    ')',
  ].join(''),
  'u',
);

/** What a reader sees before a comment that would have been one for a tool. */
const PREFIX = 'YAML: ';

/**
 * A comment's text as lines that can stand behind `//` and mean nothing to anybody but a reader: a line for each of its
 * lines, hidden characters shown, directives prefixed.
 */
export function commentLines(text: string): string[] {
  return text.split(/\r?\n/).map(plain);
}

/** The text as line comments. */
export function lineComments(text: string): string[] {
  return commentLines(text).map((line) => `// ${line}`.trimEnd());
}

/** The text as a doc comment: on one line where it has one and that fits. */
export function docComment(text: string, width: number): string[] {
  const lines = commentLines(text).map((line) => line.replaceAll('*/', '*\\/'));
  const single = `/** ${lines.join(' ')} */`;
  if (lines.length === 1 && single.length <= width) return [single];
  return ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'];
}

function plain(line: string): string {
  const shown = showHidden(line.replaceAll('\t', '  ').trimEnd(), show);
  // Some tools look for these in the midst of a line, too.
  const harmless = shown.replace(/\/\/(?=[#@])|@(?=ts-\w)/g, '$& ');
  return DIRECTIVE.test(harmless) ? PREFIX + harmless.trimStart() : harmless;
}

function show(character: string): string {
  return character === '\r' ? '\\r' : `\\u{${hexadecimal(character)}}`;
}
