/**
 * Texts of objects, as they stand in a file, and of comments that stand alone between two separators.
 */
import type { Node } from 'yaml';
import type { PlacedComment } from './comments';

/** The lines of a text that are comments, with what separates them. */
export function commentLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trim().replace(/^(?:---|\.\.\.)[ \t]*/, ''));
  const trimmed = lines.join('\n').replace(/^\n+|\n+$/g, '');
  return trimmed === '' ? '' : `${trimmed}\n\n`;
}

/** Lines of comments as comments of the whole document, one for each stretch without an empty line. */
export function blocksOf(lines: string): PlacedComment[] {
  return lines.split(/\n{2,}/).flatMap((block) => {
    const text = block
      .split('\n')
      .map((line) => line.replace(/^# ?/, '').trimEnd())
      .join('\n')
      .replace(/^\n+|\n+$/g, '');
    return text === '' ? [] : [{ path: [], text, place: 'before' as const, offset: 0 }];
  });
}

/** The text of a section without its separators and empty ends. */
export function bare(text: string): string {
  return text
    .replace(/^(?:[ \t]*\n)*---[ \t]*\n?/, '')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
    .replace(/\n\.\.\.$/, '');
}

/** The text of an item of a list, moved to the margin. */
export function memberText(text: string, node: Node | null, value: unknown): string {
  const yaml = require('yaml') as typeof import('yaml');
  const [start, end] = node?.range ?? [0, 0];
  // On the way to what an alias or a merge stands for, there is no node.
  let hasAlias = node === null;
  yaml.visit(node, {
    Alias: () => {
      hasAlias = true;
      return yaml.visit.BREAK;
    },
  });
  // What an alias stands for may be in another item.
  if (hasAlias) return yaml.stringify(value, { version: '1.1', aliasDuplicateObjects: false }).trimEnd();
  const indent = start - (text.lastIndexOf('\n', start - 1) + 1);
  return text
    .slice(start, end)
    .replaceAll(`\n${' '.repeat(indent)}`, '\n')
    .trimEnd();
}
