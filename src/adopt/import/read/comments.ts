/**
 * Finds out what each comment of a section stands at: by lines and columns, as a reader does.
 */

import { type Frame, type Mark, stepsOf, type Way } from './marks';
import type { RawComment } from './yaml';

/** A comment, and what it stands at in its section. */
export interface PlacedComment {
  readonly path: readonly (string | number)[];
  /** Without `#` and the blank after that; lines joined. */
  readonly text: string;
  readonly place: 'before' | 'beside' | 'after';
  /** Of its first character. */
  readonly offset: number;
}

/** What a comment stands at. */
interface Target {
  readonly way: Way | undefined;
  readonly place: PlacedComment['place'];
}

/** A line of a comment. */
interface Line {
  readonly offset: number;
  readonly text: string;
  readonly number: number;
  readonly column: number;
  readonly target: Target;
  /** Whether it is indented like what follows. */
  readonly isAligned: boolean;
}

/** The comments of a section, in the order of its text. */
export function placeComments(
  comments: readonly RawComment[],
  marks: readonly Mark[],
  text: string,
  position: (offset: number) => { readonly line: number; readonly start: number },
): PlacedComment[] {
  const placed: Line[][] = [];
  let next = 0;
  let previous: Line | undefined;
  for (const { offset, text: written } of comments) {
    while (next < marks.length && (marks[next] as Mark).offset < offset) next += 1;
    const { line: number, start } = position(offset);
    const column = offset - start;
    const isAlone = text.slice(start, offset).trim() === '';
    const target = isAlone
      ? alone(marks[next - 1], marks[next], column)
      : { way: marks[next - 1]?.way, place: 'beside' as const };
    const isAligned = marks[next]?.frame?.column === column;
    const line = { offset, text: written, number, column, target, isAligned };
    if (previous && isAlone && continues(line, previous)) {
      // A comment behind a value goes on below itself.
      previous = { ...line, target: previous.target };
      placed.at(-1)?.push(previous);
    } else {
      previous = line;
      placed.push([line]);
    }
  }
  return placed.flatMap((lines) => {
    const [{ offset, target }] = lines as [Line];
    const written = textOf(lines);
    return written === '' ? [] : [{ ...target, path: stepsOf(target.way), text: written, offset }];
  });
}

function continues(line: Line, previous: Line): boolean {
  if (line.number !== previous.number + 1) return false;
  if (previous.target.place === 'beside') return line.column === previous.column && !line.isAligned;
  return line.target.way === previous.target.way && line.target.place === previous.target.place;
}

/** The lines without their marks; what is indented more than that stays so. */
function textOf(lines: readonly Line[]): string {
  return lines
    .map(({ text }) => text.replace(/^# ?/, '').trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}

/** What a comment on a line of its own stands at, between two marks. */
function alone(before: Mark | undefined, after: Mark | undefined, column: number): Target {
  // Above everything: about the document.
  if (!before) return { way: undefined, place: 'before' };
  if (after?.kind === 'end') return { way: after.way, place: 'after' };
  if (after && (after.kind === 'value' || after.frame?.column === undefined)) return above(after);
  // The first member of what the last key has: its comment.
  if (after && isWithin(after, before)) return above(after);
  // Below a key without a value, and further in: what it could have.
  const { isEmpty, frame } = before;
  if (isEmpty && column > (frame?.column ?? 0)) return { way: before.way, place: 'after' };
  const ended = lastEnded(frame, after, column);
  if (ended) return { way: ended.way, place: 'after' };
  return after ? above(after) : { way: undefined, place: 'after' };
}

function above({ way }: Mark): Target {
  return { way, place: 'before' };
}

/** Whether a mark is of the value of a member. */
function isWithin(mark: Mark, { way, kind }: Mark): boolean {
  return kind === 'member' && mark.frame?.way === way;
}

/** The innermost list or map that ends between two marks and that a comment in this column still belongs to. */
function lastEnded(innermost: Frame | undefined, after: Mark | undefined, column: number): Frame | undefined {
  const outer = after?.frame;
  for (let frame = innermost; frame && frame !== outer; frame = frame.parent) {
    const at = frame.column ?? 0;
    // What begins no further in than what follows is not told apart from that by its column.
    if (column >= at && at > (outer?.column ?? -1)) return frame;
  }
  return undefined;
}
