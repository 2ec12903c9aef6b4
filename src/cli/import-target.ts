import * as path from 'node:path';
import type { Problem } from '../core';
import { type DiskPlan, type DiskRemoval, type DiskWrite, folderProblem, readPlain } from '../synth';

/** A file that import gives. */
export interface ImportFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Whether it is expected to be there, so that to change it is what was asked for. */
  readonly isShared?: boolean;
}

/**
 * Compares files of an import with what is on disk. Reads only.
 * @param leftovers - files that would be in synth's way: what they hold was imported, so with `force` they go
 */
export function planImport(
  root: string,
  files: readonly ImportFile[],
  leftovers: readonly string[],
  force: boolean,
): DiskPlan {
  const problems: Problem[] = [];
  const writes: DiskWrite[] = [];
  const unchanged: string[] = [];
  for (const { path: file, text, isShared } of files) {
    const before = read(root, file, problems);
    if (before === text) {
      unchanged.push(file);
      continue;
    }
    if (before !== undefined && !isShared && !force) {
      problems.push({ field: file, message: 'is there already: give --force to overwrite it' });
    }
    writes.push({ path: file, text, before });
  }
  const removes = leftovers.flatMap((file): DiskRemoval[] => {
    const before = read(root, file, problems);
    if (before === undefined) return [];
    if (!force) {
      const message =
        'was not written by cdkops, so synth would not overwrite it: move it away, or give --force to have it removed, since all that it says is in the code then';
      problems.push({ field: file, message });
    }
    return [{ path: file, before }];
  });
  return { writes, removes, unchanged, problems };
}

function read(root: string, file: string, problems: Problem[]): string | undefined {
  const inTheWay = folderProblem(root, path.posix.dirname(file));
  const { text, problem } = inTheWay ? { text: undefined, problem: undefined } : readPlain(root, file);
  if (inTheWay) problems.push(inTheWay);
  if (problem !== undefined) problems.push({ field: file, message: problem });
  return text;
}
