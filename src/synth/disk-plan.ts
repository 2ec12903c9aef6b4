import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Problem } from '../core';
import { CLUSTERS_FOLDER, MANIFEST_FILE, PIPELINE_FILE } from '../delivery';
import { reason } from './disk-error';
import { originOf } from './generated-file';

/** What has to change on disk for it to hold a synthesis. */
export interface DiskPlan {
  /** Files that are missing or differ, in order. */
  readonly writes: readonly DiskWrite[];
  /** Files of clusters that are no more. */
  readonly removes: readonly string[];
  /** Paths that are as they should be. */
  readonly unchanged: readonly string[];
  /** Why the plan must not be carried out. */
  readonly problems: readonly Problem[];
}

/** A file that is to be written. */
export interface DiskWrite {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** What is there now; `undefined` for a new file. */
  readonly before: string | undefined;
}

/** The pipeline's file name where a fleet does not name another: one of ours there may have to go. */
const DEFAULT_PIPELINE = '.gitlab-ci.yml';

/** Compares texts with what is on disk. Reads only. */
export function planDisk(root: string, files: ReadonlyMap<string, string>): DiskPlan {
  const writes: DiskWrite[] = [];
  const unchanged: string[] = [];
  const problems: Problem[] = [];
  const folders = new Map<string, string | undefined>();
  if (!isFolder(root))
    return { writes, unchanged, removes: [], problems: [{ message: `there is no folder ${root}` }] };
  for (const [file, text] of files) {
    const folder = path.posix.dirname(file);
    if (!folders.has(folder)) folders.set(folder, folderProblem(root, folder));
    const inTheWay = folders.get(folder);
    if (inTheWay !== undefined) {
      problems.push({ field: file, message: inTheWay });
      continue;
    }
    const { text: before, problem } = read(root, file);
    if (problem !== undefined) problems.push({ field: file, message: problem });
    else if (before === text) unchanged.push(file);
    else writes.push({ path: file, text, before });
    if (before !== undefined && before !== text) problems.push(...overwriteProblems(root, file, before));
  }
  const stale = findStale(root, files);
  return { writes, unchanged, removes: stale.removes, problems: [...problems, ...stale.problems] };
}

/** Why a file that is there may not be replaced. */
function overwriteProblems(root: string, file: string, before: string): Problem[] {
  if (originOf(before) === 'foreign') {
    const message = 'was not written by cdkops: it is left alone. Move it away, or import it into the fleet';
    return [{ field: file, message }];
  }
  // The mode tells the owner's will; asking for access would always say yes to root.
  const { mode } = fs.statSync(path.join(root, file));
  return (mode & 0o222) === 0 ? [{ field: file, message: 'is read-only: make it writable (chmod u+w)' }] : [];
}

/** Files of ours that the fleet does not give any more: they go, unless somebody changed them. */
function findStale(
  root: string,
  files: ReadonlyMap<string, string>,
): { removes: string[]; problems: Problem[] } {
  const removes: string[] = [];
  const problems: Problem[] = [];
  const clusters = safely(() => fs.readdirSync(path.join(root, CLUSTERS_FOLDER)), []);
  const candidates = clusters.flatMap((cluster) =>
    [MANIFEST_FILE, PIPELINE_FILE].map((file) => `${CLUSTERS_FOLDER}/${cluster}/${file}`),
  );
  for (const file of [DEFAULT_PIPELINE, ...candidates.sort()]) {
    if (files.has(file)) continue;
    const text = safely(() => fs.readFileSync(path.join(root, file), 'utf8'), undefined);
    const origin = text === undefined ? 'foreign' : originOf(text);
    if (origin === 'untouched') removes.push(file);
    if (origin === 'changed') {
      const message =
        'belongs to nothing in the fleet any more, but was changed by hand: it stays. Delete it if it is not needed';
      problems.push({ field: file, message, severity: 'warning' });
    }
  }
  return { removes, problems };
}

/** What stands in the way of a folder, from the top. */
function folderProblem(root: string, folder: string): string | undefined {
  let at = root;
  let parent = root;
  for (const part of folder === '.' ? [] : folder.split('/')) {
    parent = at;
    at = path.join(at, part);
    const stat = safely(() => fs.lstatSync(at), undefined);
    const shown = path.relative(root, at);
    if (stat === undefined) return accessProblem(parent, root);
    if (stat.isSymbolicLink())
      return `${shown} is a symbolic link: cdkops writes only into folders of the project itself`;
    if (!stat.isDirectory()) return `${shown} is a file, expected a folder`;
  }
  return accessProblem(at, root);
}

/** Asked before anything is staged, so that a plan fails as a whole. */
function accessProblem(folder: string, root: string): string | undefined {
  try {
    fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK);
    return undefined;
  } catch (error) {
    return `the folder ${path.relative(root, folder) || root} cannot be written: ${reason(error)}`;
  }
}

function read(root: string, file: string): { text?: string; problem?: string } {
  const full = path.join(root, file);
  const stat = safely(() => fs.lstatSync(full), undefined);
  if (stat === undefined) return {};
  if (stat.isDirectory()) return { problem: 'is a folder, expected a file' };
  if (!stat.isFile()) return { problem: 'is no plain file (a link, say): remove it first' };
  try {
    return { text: fs.readFileSync(full, 'utf8') };
  } catch (error) {
    return { problem: `cannot be read: ${reason(error)}` };
  }
}

function isFolder(folder: string): boolean {
  return safely(() => fs.statSync(folder).isDirectory(), false);
}

function safely<T, F>(work: () => T, otherwise: F): T | F {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
