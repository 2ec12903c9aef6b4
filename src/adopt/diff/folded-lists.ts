import type { Fate } from './difference';
import { COMMANDS, type FieldChange } from './field-changes';
import { show } from './show-value';

/** So many items of one list are told one by one. */
const MOST_ITEMS = 3;
/** Longest item that is shown, in characters. */
const MOST_CHARACTERS = 80;

/** Items that came to a list, or went from it, told as one. */
export interface FoldedChange {
  readonly fate: Fate;
  readonly field: string;
  readonly from?: string;
  readonly to?: string;
  /** How many there are. */
  readonly count: number;
}

/** Changes, those of many items of one list as one; patterns for paths are compared by what they stand for. */
export function foldedLists(changes: readonly FieldChange[]): (FieldChange | FoldedChange)[] {
  const lists = new Map<string, FieldChange[]>();
  for (const change of changes) {
    const list = listOf(change);
    if (list !== undefined) lists.set(list, [...(lists.get(list) ?? []), change]);
  }
  const told = new Set<string>();
  return changes.flatMap((change): (FieldChange | FoldedChange)[] => {
    const list = listOf(change);
    const items = list === undefined ? undefined : lists.get(list);
    if (list === undefined || !items || !isFolding(items)) return [change];
    if (told.has(list)) return [];
    told.add(list);
    return fold(list, items);
  });
}

/** Whether a value is a list that is shown by its first items. */
export function isLong(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object') && isMuch(value);
}

/** `80 paths: a, b, c…` */
export function showList(values: readonly unknown[]): string {
  const items = [...new Set(values.flatMap(expanded))];
  const isPath = (item: unknown) => typeof item === 'string' && /^\S*\/\S*$/.test(item);
  const paths = items.every(isPath);
  const shown = paths ? byFolder(items as string[]) : items.map(show);
  const first = shown.slice(0, MOST_ITEMS).map(shortened);
  const more = shown.length > MOST_ITEMS ? ', …' : '';
  // Many that are alike, as the members of items have them.
  if (items.length === 1 && values.length > 1) return `${first[0]} (${values.length} times)`;
  return `${items.length} ${paths ? 'path' : 'item'}${items.length === 1 ? '' : 's'}: ${first.join(', ')}${more}`;
}

/** Paths of one folder as one: `clusters/a/{kops.yaml,pipeline.yml}`. */
function byFolder(paths: readonly string[]): string[] {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const end = path.lastIndexOf('/') + 1;
    const folder = path.slice(0, end);
    folders.set(folder, [...(folders.get(folder) ?? []), path.slice(end)]);
  }
  return [...folders].map(([folder, names]) =>
    show(`${folder}${names.length > 1 ? `{${names.join(',')}}` : names[0]}`),
  );
}

/** The list that a change of one item is of: its field, with no place in it. What runs is told to the last word. */
function listOf(change: FieldChange): string | undefined {
  if (('from' in change && 'to' in change) || COMMANDS.test(change.field)) return undefined;
  const list = change.field.replace(/\[\d*\](?=[^[]*$)/, '[]');
  return list.includes('[]') ? list : undefined;
}

function isFolding(items: readonly FieldChange[]): boolean {
  return items.length > MOST_ITEMS || isMuch(items.map((item) => item.from ?? item.to));
}

function isMuch(values: readonly unknown[]): boolean {
  return values.length > MOST_ITEMS || values.flatMap(expanded).length > MOST_ITEMS + 1;
}

function fold(list: string, items: readonly FieldChange[]): FoldedChange[] {
  const gone = items.flatMap((item) => ('from' in item ? expanded(item.from) : []));
  const came = items.flatMap((item) => ('to' in item ? expanded(item.to) : []));
  const field = show(list);
  // What one pattern stood for another may stand for now.
  const [removed, added] = [without(gone, came), without(came, gone)];
  if (removed.length + added.length === 0) {
    return [{ fate: 'changed', field, from: showList(gone), to: 'the same, by other patterns', count: 0 }];
  }
  return [...fatedAs('removed', field, 'from', removed), ...fatedAs('added', field, 'to', added)];
}

function fatedAs(fate: Fate, field: string, side: 'from' | 'to', values: readonly unknown[]): FoldedChange[] {
  return values.length > 0 ? [{ fate, field, [side]: showList(values), count: values.length }] : [];
}

function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const known = new Set(other);
  return list.filter((item) => !known.has(item));
}

/** More than this a pattern need not stand for: it would not be read. */
const MOST_EXPANDED = 5_000;

/** What a pattern with braces stands for: `clusters/{a,b}/kops.yaml` is two paths. */
function expanded(value: unknown): unknown[] {
  if (typeof value !== 'string') return [value];
  let texts = [value];
  for (let brace = BRACES.exec(value); brace; brace = BRACES.exec(texts[0] ?? '')) {
    const next = texts.flatMap((text) => {
      const { before = '', choices = '', after = '' } = BRACES.exec(text)?.groups ?? {};
      return choices.split(',').map((choice) => `${before}${choice}${after}`);
    });
    if (next.length > MOST_EXPANDED) return [value];
    texts = next;
  }
  return texts;
}

const BRACES = /^(?<before>[^{}$]*)\{(?<choices>[^{}]*,[^{}]*)\}(?<after>.*)$/s;

function shortened(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
