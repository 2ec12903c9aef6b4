import { copyData } from './data';
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
  // Loaded here: most fleets need no patch, and synth is what people wait for.
  const { applyOperation } = require('fast-json-patch') as typeof import('fast-json-patch');
  let value = copyData(target);
  const problems: Problem[] = [];
  patches.forEach((patch, index) => {
    // A move that fails half-way must leave nothing behind.
    const attempt = copyData(value);
    const misuse = whyNoPatch(patch);
    try {
      if (misuse === undefined) value = applyOperation(attempt, copyData(patch) as never, true).newDocument;
      else problems.push({ field: `patches[${index}]`, message: misuse });
    } catch (error) {
      problems.push({ field: `patches[${index}]`, message: explain(patch, error as Error) });
    }
  });
  return { value: value as T, problems };
}

/** What cannot be a patch; the library would say so in words for programmers. */
function whyNoPatch(patch: unknown): string | undefined {
  if (typeof patch !== 'object' || patch === null)
    return `expected a patch with op and path, got ${given(patch)}`;
  const { op, path, from, value } = patch as Readonly<Record<string, unknown>>;
  if (!OPERATIONS.includes(op as JsonPatch['op'])) {
    const hint = typeof op === 'string' ? didYouMean(op, OPERATIONS) : '';
    return `expected an op of ${OPERATIONS.join(', ')}, got ${given(op)}${hint}`;
  }
  for (const pointer of op === 'move' || op === 'copy' ? [from, path] : [path]) {
    if (typeof pointer !== 'string' || !pointer.startsWith('/')) {
      return `a patch needs a path that begins with "/", got ${given(pointer)}`;
    }
  }
  if (op === 'move' && String(path).startsWith(`${from}/`)) return `cannot move "${from}" into itself`;
  const needsValue = op === 'add' || op === 'replace' || op === 'test';
  return needsValue && value === undefined ? `a patch that does ${op} needs a value` : undefined;
}

/** The library names each kind of failure. */
function explain(patch: JsonPatch, { name, message }: Error): string {
  switch (name) {
    case 'TEST_OPERATION_FAILED':
      return `the test of "${patch.path}" failed: it is not ${JSON.stringify((patch as { value?: unknown }).value)}`;
    case 'OPERATION_FROM_UNRESOLVABLE':
      return `there is nothing at "${(patch as { from?: string }).from}" to ${patch.op}: compare the path with the synthesised manifest`;
    case 'OPERATION_PATH_UNRESOLVABLE':
    case 'OPERATION_PATH_CANNOT_ADD':
    case 'OPERATION_PATH_ILLEGAL_ARRAY_INDEX':
    case 'OPERATION_VALUE_OUT_OF_BOUNDS':
      return `there is nothing at "${patch.path}" to ${patch.op}: compare the path with the synthesised manifest`;
    default:
      return `cannot ${patch.op} at "${patch.path}": ${message.split('\n')[0]}`;
  }
}
