import type { Problem } from './findings';

/**
 * One operation of a JSON patch (RFC 6902) on the rendered object, for instance
 * `{ op: 'replace', path: '/spec/maxSize', value: 5 }`.
 */
export type JsonPatch =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string };

/**
 * Applies patches to a copy of `target`, in order. A patch that does not fit (its path is not there, a `test` fails) is
 * a problem and changes nothing; the ones after it are still tried, so that one run tells all.
 */
export function applyPatches<T>(target: T, patches: readonly JsonPatch[]): { value: T; problems: Problem[] } {
  // Loaded here: most fleets need no patch, and synth is what people wait for.
  const { applyPatch } = require('rfc6902') as typeof import('rfc6902');
  const value = structuredClone(target);
  const problems: Problem[] = [];
  patches.forEach((patch, index) => {
    const field = `patches[${index}]`;
    if (typeof patch?.path !== 'string' || !/^(\/.*)?$/s.test(patch.path)) {
      problems.push({
        field,
        message: `a patch needs a path that begins with "/", got ${JSON.stringify(patch)}`,
      });
      return;
    }
    const [error] = applyPatch(value, [structuredClone(patch) as never]);
    if (error) problems.push({ field, message: explain(patch, error) });
  });
  return { value, problems };
}

function explain(patch: JsonPatch, error: Error): string {
  switch (error.name) {
    case 'MissingError':
      return `there is nothing at "${patch.path}" to ${patch.op}: compare the path with the synthesised manifest`;
    case 'TestError':
      return `the test of "${patch.path}" failed: the value there is not ${JSON.stringify((patch as { value?: unknown }).value)}`;
    default:
      return `cannot ${patch.op} at "${patch.path}": ${error.message}`;
  }
}
