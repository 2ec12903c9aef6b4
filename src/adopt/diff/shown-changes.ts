import type { Fate } from './difference';
import { COMMANDS, type FieldChange } from './field-changes';
import { foldedLists, isLong, showList } from './folded-lists';
import { isText, lineChanges, show, showBoth } from './show-value';

/** A change as a person reads it, in whatever form. */
export interface ShownChange {
  readonly fate: Fate;
  readonly field: string;
  /** What it was; absent where it was not there, or where lines tell it. */
  readonly from?: string;
  /** What it is; absent where it is no more, or where lines tell it. */
  readonly to?: string;
  /** Of a text the lines that differ, with a sign in front of each. */
  readonly lines?: readonly string[];
}

/**
 * Changes for people.
 * @param isFolded - whether long lists are folded: of pipelines, where hundreds of paths mean one thing
 */
export function shownChanges(changes: readonly FieldChange[], isFolded: boolean): ShownChange[] {
  if (!isFolded) return changes.map((change) => shown(change, show));
  return foldedLists(changes).map((change) =>
    'count' in change ? change : shown(change, COMMANDS.test(change.field) ? show : folded),
  );
}

function folded(value: unknown): string {
  return isLong(value) ? showList(value) : show(value);
}

function shown(change: FieldChange, words: (value: unknown) => string): ShownChange {
  const { field, from, to } = change;
  const common = { field: show(field), fate: fateOf(change) };
  if (isText(from) || isText(to)) return { ...common, lines: lineChanges(from, to) };
  if (common.fate === 'added') return { ...common, to: words(to) };
  if (common.fate === 'removed') return { ...common, from: words(from) };
  const [was, is] = isLong(from) || isLong(to) ? [words(from), words(to)] : showBoth(from, to);
  return { ...common, from: was, to: is };
}

function fateOf(change: FieldChange): Fate {
  if (!('from' in change)) return 'added';
  return 'to' in change ? 'changed' : 'removed';
}
