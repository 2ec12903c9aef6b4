import { isDeepStrictEqual } from 'node:util';
import { isMap } from '../../core';
import type { Effect, FieldEffect } from '../../kops/effects';

/** One field that is not what it was. */
export interface FieldChange {
  /**
   * In kOps's notation: `spec.subnets[eu-central-1a].cidr`. Items of lists are named by their `name` where they have one,
   * otherwise counted from 0 as they are now, and as they were where they are no more; `[]` is an item of a list of plain
   * values, but for lists of commands, in which the place counts.
   */
  readonly field: string;
  /** What it was; absent where it was not there. */
  readonly from?: unknown;
  /** What it is; absent where it is no more. */
  readonly to?: unknown;
  /** What the change does to the cluster; absent where it is none of a cluster's. */
  readonly effect?: Effect;
  /** Why it does that, where there is more to say. */
  readonly why?: string;
  /** Machines that roll beside those that the effect stands for. */
  readonly alsoRolls?: FieldEffect['alsoRolls'];
}

/** The fields in which data differs, in the order of their names. Null is what YAML has for "not set". */
export function compareData(before: unknown, after: unknown, at = ''): FieldChange[] {
  const was = before ?? undefined;
  const is = after ?? undefined;
  if (isDeepStrictEqual(was, is)) return [];
  if (isMap(was) && isMap(is)) return compareMaps(was, is, at);
  if (Array.isArray(was) && Array.isArray(is)) return compareLists(was, is, at);
  if (was === undefined) return leavesOf(is, 'to', at);
  if (is === undefined) return leavesOf(was, 'from', at);
  return [{ field: at, from: was, to: is }];
}

/** All fields of data that came or went, down to plain values; what is empty is a value, too. */
export function leavesOf(value: unknown, side: 'from' | 'to', at = ''): FieldChange[] {
  if (isMap(value) && Object.keys(value).length > 0) {
    return sortedKeys(value).flatMap((key) => leavesOf(value[key], side, member(at, key)));
  }
  if (Array.isArray(value) && value.some((item) => typeof item === 'object')) {
    const names = namesOf(value);
    return value.flatMap((item, index) =>
      leavesOf(unnamed(item, names), side, `${at}[${names?.[index] ?? index}]`),
    );
  }
  return value === undefined || value === null ? [] : [{ field: at, [side]: value }];
}

type PlainMap = Readonly<Record<string, unknown>>;

function compareMaps(before: PlainMap, after: PlainMap, at: string): FieldChange[] {
  const keys = sortedKeys({ ...before, ...after });
  return keys.flatMap((key) => compareData(own(before, key), own(after, key), member(at, key)));
}

function compareLists(before: readonly unknown[], after: readonly unknown[], at: string): FieldChange[] {
  const oldNames = namesOf(before);
  const newNames = namesOf(after);
  if (oldNames && newNames) return compareNamed(named(before, oldNames), named(after, newNames), at);
  if ([...before, ...after].every((item) => typeof item !== 'object')) {
    return COMMANDS.test(at) ? compareCommands(before, after, at) : comparePlain(before, after, at);
  }
  return compareUnnamed(before, after, at);
}

/** Items with a name are the same item wherever they stand. */
function compareNamed(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
  at: string,
): FieldChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const changes = names.flatMap((name) => {
    const place = `${at}[${name}]`;
    if (before.has(name) && after.has(name)) return compareData(before.get(name), after.get(name), place);
    const side = before.has(name) ? 'from' : 'to';
    const leaves = leavesOf((before.has(name) ? before : after).get(name), side, place);
    return leaves.length > 0 ? leaves : [{ field: place, [side]: {} }];
  });
  const from = [...before.keys()].filter((name) => after.has(name));
  const to = [...after.keys()].filter((name) => before.has(name));
  return isDeepStrictEqual(from, to) ? changes : [...changes, { field: at, from, to }];
}

/** Of plain values it is told which came and which went; where that is none, the order differs. */
function comparePlain(before: readonly unknown[], after: readonly unknown[], at: string): FieldChange[] {
  const removed = without(before, after).map((from) => ({ field: `${at}[]`, from }));
  const added = without(after, before).map((to) => ({ field: `${at}[]`, to }));
  return removed.length + added.length > 0
    ? [...removed, ...added]
    : [{ field: at, from: before, to: after }];
}

/** Members that hold commands, or the words of one; also an item of these. */
export const COMMANDS = /(?:^|[._])(?:script|command)(?:\[\d*\])?$/;

/** What runs before and after what is part of what it means: each item with its place. */
function compareCommands(before: readonly unknown[], after: readonly unknown[], at: string): FieldChange[] {
  // Loaded here: most differences have no commands.
  const { diffArrays } = require('diff') as typeof import('diff');
  const changes: FieldChange[] = [];
  let [old, now] = [0, 0];
  let gone: unknown[] = [];
  const endGone = () => {
    for (const from of gone.splice(0)) changes.push({ field: `${at}[${old++}]`, from });
  };
  for (const { value, removed, added } of diffArrays([...before], [...after])) {
    if (removed) gone = [...value];
    else if (added) {
      // What went and what came at one place is one command that changed.
      const pairs = gone.length === value.length ? gone.splice(0) : undefined;
      if (pairs) old += pairs.length;
      endGone();
      value.forEach((to, index) => {
        changes.push({ field: `${at}[${now++}]`, ...(pairs && { from: pairs[index] }), to });
      });
    } else {
      endGone();
      old += value.length;
      now += value.length;
    }
  }
  endGone();
  return changes;
}

/** An item of a list, and where it stands there: one that YAML's aliases repeat is several. */
interface Placed {
  readonly item: unknown;
  readonly index: number;
}

/** Items that are the same on both sides are taken out; what is left is compared in its order. */
function compareUnnamed(before: readonly unknown[], after: readonly unknown[], at: string): FieldChange[] {
  const removed = placesWithout(before, after);
  const added = placesWithout(after, before);
  if (removed.length + added.length === 0) return [{ field: at, from: before, to: after }];
  const place = ({ index }: Placed) => `${at}[${index}]`;
  const twins = removed.length === added.length ? new Map(zip(removed, added)) : alike(removed, added);
  const changed = [...twins].flatMap(([was, is]) => compareData(was.item, is.item, place(is)));
  const taken = new Set(twins.values());
  const [gone, came] = [removed.filter((one) => !twins.has(one)), added.filter((one) => !taken.has(one))];
  return [
    ...changed,
    ...gone.flatMap((one) => leavesOf(one.item, 'from', place(one))),
    ...came.flatMap((one) => leavesOf(one.item, 'to', place(one))),
  ];
}

function zip<T>(one: readonly T[], other: readonly T[]): [T, T][] {
  return one.map((item, index) => [item, other[index] as T]);
}

/** Maps that have a value in common, such as the condition of a rule: the first of each kind belong together. */
function alike(removed: readonly Placed[], added: readonly Placed[]): Map<Placed, Placed> {
  const left = [...added];
  const twins = new Map<Placed, Placed>();
  for (const one of removed) {
    const index = left.findIndex(({ item }) => isMap(one.item) && isMap(item) && shareText(one.item, item));
    const [twin] = index >= 0 ? left.splice(index, 1) : [];
    if (twin) twins.set(one, twin);
  }
  return twins;
}

function shareText(one: PlainMap, other: PlainMap): boolean {
  return Object.keys(one).some((key) => typeof one[key] === 'string' && one[key] === own(other, key));
}

/** The items of a list less those of another, each as often as it is there. */
function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  return placesWithout(list, other).map(({ item }) => item);
}

function placesWithout(list: readonly unknown[], other: readonly unknown[]): Placed[] {
  const left = [...other];
  return list.flatMap((item, index): Placed[] => {
    const found = left.findIndex((candidate) => isDeepStrictEqual(candidate, item));
    if (found < 0) return [{ item, index }];
    left.splice(found, 1);
    return [];
  });
}

/** The names of a list's items, where all have one and no two the same. */
function namesOf(list: readonly unknown[]): string[] | undefined {
  const names = list.map((item) => (isMap(item) ? item.name : undefined));
  const isNamed = names.every((name) => typeof name === 'string' && name !== '');
  return isNamed && new Set(names).size === names.length ? (names as string[]) : undefined;
}

function named(list: readonly unknown[], names: readonly string[]): Map<string, unknown> {
  return new Map(list.map((item, index) => [names[index] ?? '', unnamed(item, names)]));
}

/** An item without the name that its place has already. */
function unnamed(item: unknown, names: readonly string[] | undefined): unknown {
  if (!names || !isMap(item)) return item;
  const { name: _name, ...rest } = item;
  return rest;
}

/** Keys that are no plain words stand in brackets, as they would in code. */
function member(at: string, key: string): string {
  if (!/^[A-Za-z_]\w*$/.test(key)) return `${at}[${key}]`;
  return at === '' ? key : `${at}.${key}`;
}

function own(map: PlainMap, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function sortedKeys(map: PlainMap): string[] {
  return Object.keys(map).sort();
}
