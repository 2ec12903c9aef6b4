import { isDeepStrictEqual } from 'node:util';
import { copyData, isMap, setOwn } from './data';
import { UserError } from './errors';
import type { Problem } from './findings';
import { didYouMean, given } from './words';

/**
 * One operation of a JSON patch (RFC 6902) on the rendered object, for instance
 * `{ op: 'replace', path: '/spec/maxSize', value: 5 }`.
 */
export type JsonPatch =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string };

const OPERATIONS: readonly JsonPatch['op'][] = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

/**
 * Applies patches to a copy of `target`, in order. A patch that does not fit (its path is not there, a `test` fails) is
 * a problem and changes nothing; the ones after it are still tried, so that one run tells all.
 */
export function applyPatches<T>(target: T, patches: readonly JsonPatch[]): { value: T; problems: Problem[] } {
  let value: unknown = copyData(target);
  const problems: Problem[] = [];
  patches.forEach((patch, index) => {
    // A move that fails half-way must leave nothing behind.
    const attempt = copyData(value);
    try {
      apply(attempt, patch);
      value = attempt;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push({ field: `patches[${index}]`, message: error.message });
    }
  });
  return { value: value as T, problems };
}

function apply(root: unknown, patch: JsonPatch): void {
  if (!isMap(patch)) throw new UserError(`expected a patch with op and path, got ${given(patch)}`);
  const op = patch.op as unknown;
  switch (patch.op) {
    case 'add':
      insert(root, patch.path, newValue(patch));
      return;
    case 'replace': {
      const value = newValue(patch);
      const { container, key } = existing(root, patch.path, patch.op);
      setOwn(container, key, value);
      return;
    }
    case 'remove':
      take(root, patch.path, patch.op);
      return;
    case 'move':
      existing(root, patch.from, patch.op);
      if (String(patch.path).startsWith(`${patch.from}/`))
        throw new UserError(`cannot move "${patch.from}" into itself`);
      insert(root, patch.path, take(root, patch.from, patch.op));
      return;
    case 'copy': {
      const { container, key } = existing(root, patch.from, patch.op);
      insert(root, patch.path, copyData(container[key]));
      return;
    }
    case 'test': {
      const { container, key } = existing(root, patch.path, patch.op);
      if (isDeepStrictEqual(container[key], newValue(patch))) return;
      throw new UserError(
        `the test of "${patch.path}" failed: expected ${short(newValue(patch))}, got ${short(container[key])}`,
      );
    }
    default: {
      const hint = typeof op === 'string' ? didYouMean(op, OPERATIONS) : '';
      throw new UserError(`expected an op of ${OPERATIONS.join(', ')}, got ${given(op)}${hint}`);
    }
  }
}

function newValue(patch: { readonly op: string; readonly value: unknown }): unknown {
  if (patch.value === undefined) throw new UserError(`a patch that does ${patch.op} needs a value`);
  return copyData(patch.value);
}

/** A place in a document: a member of a map or an item of a list. */
interface Place {
  /** A list is here, too: its items are members by index. */
  readonly container: Record<string, unknown>;
  readonly key: string;
}

const INDEX = /^(?:0|[1-9]\d*)$/;

function place(root: unknown, path: unknown, op: string): Place {
  if (typeof path !== 'string' || !path.startsWith('/'))
    throw new UserError(`a patch needs a path that begins with "/", got ${given(path)}`);
  // In this order: ~01 stands for ~1.
  const keys = path
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const key = keys.pop() ?? '';
  let container = root;
  for (const step of keys) {
    container = has(container, step) ? (container as Record<string, unknown>)[step] : undefined;
  }
  if (!isMap(container) && !Array.isArray(container)) throw nothingThere(path, op);
  return { container: container as Record<string, unknown>, key };
}

function has(container: unknown, key: string): boolean {
  if (Array.isArray(container)) return INDEX.test(key) && Number(key) < container.length;
  return isMap(container) && Object.hasOwn(container, key) && container[key] !== undefined;
}

function existing(root: unknown, path: string, op: string): Place {
  const found = place(root, path, op);
  if (!has(found.container, found.key)) throw nothingThere(path, op);
  return found;
}

function take(root: unknown, path: string, op: string): unknown {
  const { container, key } = existing(root, path, op);
  const value = container[key];
  if (Array.isArray(container)) container.splice(Number(key), 1);
  else delete container[key];
  return value;
}

function insert(root: unknown, path: string, value: unknown): void {
  const { container, key } = place(root, path, 'add');
  if (!Array.isArray(container)) {
    setOwn(container, key, value);
    return;
  }
  const index = key === '-' ? container.length : INDEX.test(key) ? Number(key) : Number.NaN;
  if (!(index <= container.length)) throw nothingThere(path, 'add');
  container.splice(index, 0, value);
}

function nothingThere(path: string, op: string): UserError {
  return new UserError(
    `there is nothing at "${path}" to ${op}: compare the path with the synthesised manifest`,
  );
}

/** A value in a message. */
function short(value: unknown): string {
  return isMap(value) || Array.isArray(value) ? JSON.stringify(value)?.slice(0, 80) : given(value);
}
