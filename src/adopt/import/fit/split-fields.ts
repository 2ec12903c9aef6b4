import { copyData, isMap, type JsonPatch, setOwn } from '../../../core';
import type { KopsDocument } from '../../../kops';
import { checkStructure, type KopsRelease, type StructureProblem } from '../../../kops/api';
import type { Path } from '../imported-cluster';
import { hasOwnNames } from '../named-list';
import { jsonPointer } from './json-pointer';

/** An object of kOps, by the ways in which a construct can be given its parts. */
export interface SplitObject {
  readonly document: KopsDocument;
  /** The fields of the spec that the release knows and can read. */
  readonly spec: Readonly<Record<string, unknown>>;
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly annotations: Readonly<Record<string, string>> | undefined;
  /** The fields of the spec that the release does not know. */
  readonly unknownFields: Readonly<Record<string, unknown>> | undefined;
  /** What is of a type or value that the release does not take: no typed prop can hold it. */
  readonly patches: readonly JsonPatch[];
  /** What the release does not know or take, for messages. */
  readonly problems: readonly StructureProblem[];
}

/** Splits an object by what a release of kOps knows of it. */
export function splitFields(document: KopsDocument, release: KopsRelease): SplitObject {
  const problems = checkStructure(document.kind, document, release, 'value');
  const rest = copyData(document) as Record<string, unknown>;
  const metadata = rest.metadata as Record<string, unknown>;
  const patches = new Map<string, JsonPatch>();
  for (const { kind, path } of problems) {
    if (kind === 'unknown' && path[0] === 'spec') continue;
    const cut = upToList(path);
    // Labels are given as a whole, so they are patched as a whole.
    const at = cut[0] === 'metadata' ? cut.slice(0, 2) : cut;
    patches.set(jsonPointer(at), { op: 'add', path: jsonPointer(at), value: valueAt(document, at) });
    remove(rest, at);
  }
  const unknownFields: Record<string, unknown> = {};
  for (const { kind, path } of problems) {
    if (kind !== 'unknown' || path[0] !== 'spec' || valueAt(rest, path) === undefined) continue;
    const at = upToNamelessList(rest, path);
    lay(unknownFields, rest, at);
    remove(rest, at);
  }
  return {
    document,
    spec: rest.spec as Record<string, unknown>,
    labels: metadata.labels as Record<string, string> | undefined,
    annotations: metadata.annotations as Record<string, string> | undefined,
    unknownFields: filled(unknownFields.spec),
    patches: [...patches.values()],
    problems,
  };
}

/** A list is patched as a whole: its items have no names that a patch could call them by. */
function upToList(path: Path): Path {
  const index = path.findIndex((key) => typeof key === 'number');
  return index < 0 ? path : path.slice(0, index);
}

/** Items with names of their own are found again by these; a list without is given as a whole. */
function upToNamelessList(root: unknown, path: Path): Path {
  const index = path.findIndex(
    (key, depth) => typeof key === 'number' && !hasOwnNames(valueAt(root, path.slice(0, depth))),
  );
  return index < 0 ? path : path.slice(0, index);
}

/** Copies what is at a path into `target`, with the names of the items on the way. */
function lay(target: Record<string, unknown>, root: unknown, path: Path): void {
  let from: unknown = root;
  let to: Record<string, unknown> | unknown[] = target;
  path.forEach((key, depth) => {
    const isLast = depth === path.length - 1;
    from = (from as Record<string | number, unknown>)[key];
    if (typeof key === 'number') {
      const { name } = from as { name: string };
      const list = to as { name: string }[];
      const item = list.find((known) => known.name === name) ?? { name };
      if (!list.includes(item)) list.push(item);
      to = item as unknown as Record<string, unknown>;
      return;
    }
    const map = to as Record<string, unknown>;
    if (isLast) setOwn(map, key, from);
    else if (!Object.hasOwn(map, key)) setOwn(map, key, typeof path[depth + 1] === 'number' ? [] : {});
    to = map[key] as typeof to;
  });
}

function remove(root: unknown, path: Path): void {
  const parent = valueAt(root, path.slice(0, -1));
  const key = path.at(-1);
  if (isMap(parent) && key !== undefined) delete parent[key];
}

/** What is at a path; `undefined` where nothing is. */
export function valueAt(root: unknown, path: Path): unknown {
  let at: unknown = root;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}

function filled<T extends object>(value: unknown): T | undefined {
  return isMap(value) && Object.keys(value).length > 0 ? (value as T) : undefined;
}
