import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Problem } from '../core';
import { CLUSTERS_FOLDER, clusterFile, MANIFEST_FILE, PIPELINE_FILE } from '../delivery';
import { ATTRIBUTES_FILE, isAttributes, isShared, missingLines } from './attributes';
import { endProblem, type LeftFile, type Membership } from './cluster-ends';
import { safely } from './disk-error';
import { folderProblem, readPlain } from './disk-place';
import { appOf, DEFAULT_APP, originOf, sameBody, sameText } from './generated-file';

/** What has to change on disk for it to hold a synthesis. */
export interface DiskPlan {
  /** Files that are missing or differ, in order. */
  readonly writes: readonly DiskWrite[];
  /** Files of clusters that are no more. */
  readonly removes: readonly DiskRemoval[];
  /** Paths that are as they should be. */
  readonly unchanged: readonly string[];
  /** What is in the way: with one error among them the plan must not be carried out. */
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

/** A file that is to go. */
export interface DiskRemoval {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** What is there now. */
  readonly before: string;
}

/** A fleet that has no clusters but those whose files it gives. */
const NO_OTHERS: Membership = { declared: new Set(), forgotten: new Map(), hasPipeline: true };

/**
 * Compares the texts of a fleet with what is on disk. Reads only.
 * @param app - the file that defines the fleet: files of another fleet are none of its business
 * @param membership - whose files may go
 */
export function planDisk(
  root: string,
  files: ReadonlyMap<string, string>,
  app = DEFAULT_APP,
  membership = NO_OTHERS,
): DiskPlan {
  const writes: DiskWrite[] = [];
  const unchanged: string[] = [];
  const problems = [...new Set([...files.keys()].map((file) => path.posix.dirname(file)))].flatMap(
    (folder) => folderProblem(root, folder) ?? [],
  );
  for (const [file, text] of files) {
    const { text: before, problem } = readPlain(root, file);
    if (problem !== undefined) problems.push({ field: file, message: problem });
    else if (before === undefined) writes.push({ path: file, text, before });
    else if (sameText(file, before, text)) unchanged.push(file);
    else if (isAttributes(file) && originOf(file, before) !== 'untouched') {
      const missing = missingLines(before, text);
      if (missing.length === 0) unchanged.push(file);
      else problems.push({ field: file, message: unmarked(missing), severity: 'warning' });
    } else if (originOf(file, before) === 'foreign') problems.push({ field: file, message: FOREIGN });
    else if (!isOfAnother(root, app, before)) writes.push({ path: file, text, before });
    else if (!isShared(file)) problems.push({ field: file, message: another(before) });
    else if (sameBody(file, before, text)) unchanged.push(file);
    else writes.push({ path: file, text, before });
  }
  const stale = findStale(root, files, app, membership);
  return { writes, unchanged, removes: stale.removes, problems: unique([...problems, ...stale.problems]) };
}

/** One file may be in the way of many folders. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

const FOREIGN =
  'is in the way: cdkops did not write it, or has ejected it, so it is left alone. Move it away or delete it, then run synth again';

function unmarked(lines: readonly string[]): string {
  return `has lines of somebody else, so it is left alone: for GitLab to fold generated files in its diffs, add ${lines.map((line) => JSON.stringify(line)).join(' and ')}`;
}

/** Whether a text comes from another fleet, that is still there: one whose file was renamed is this one. */
export function isOfAnother(root: string, app: string, text: string): boolean {
  const other = appOf(text);
  return other !== undefined && other !== app && safely(() => fs.existsSync(path.join(root, other)), false);
}

function another(text: string): string {
  return `is of another fleet, that of ${appOf(text)}: two fleets cannot write one file. Give one of them another name, or its pipeline another file`;
}

/** Files of ours that the fleet does not give any more: they go, unless somebody changed them or their cluster may not go. */
function findStale(
  root: string,
  files: ReadonlyMap<string, string>,
  app: string,
  membership: Membership,
): { removes: DiskRemoval[]; problems: Problem[] } {
  const left = (places: readonly string[]) =>
    places.flatMap((file): LeftFile[] => {
      const text = files.has(file) ? undefined : readPlain(root, file).text;
      if (text === undefined || isOfAnother(root, app, text)) return [];
      const origin = originOf(file, text);
      return origin === 'foreign' ? [] : [{ path: file, text, origin }];
    });
  const stale = left(sharedPlaces(root));
  const problems: Problem[] = [];
  for (const cluster of list(root, CLUSTERS_FOLDER, 'isDirectory')) {
    const own = left([clusterFile(cluster, MANIFEST_FILE), clusterFile(cluster, PIPELINE_FILE)]);
    const isMember = membership.declared.has(cluster);
    const problem = isMember ? undefined : endProblem(cluster, own, membership);
    if (problem) problems.push(problem);
    else stale.push(...own);
  }
  stale.sort(({ path: one }, { path: other }) => (one < other ? -1 : 1));
  const changed = stale.filter(({ origin }) => origin === 'changed');
  problems.push(
    ...changed.map((file): Problem => ({ field: file.path, message: CHANGED, severity: 'warning' })),
  );
  const untouched = stale.filter(({ origin }) => origin === 'untouched');
  return { removes: untouched.map((file) => ({ path: file.path, before: file.text })), problems };
}

const CHANGED =
  'belongs to nothing in the fleet any more, but is not as cdkops wrote it: it stays. Delete it if nobody needs it';

/** Where a file of ours may be that belongs to no cluster. */
export function sharedPlaces(root: string): string[] {
  return ['.', '.gitlab', CLUSTERS_FOLDER].flatMap((folder) =>
    list(root, folder, 'isFile')
      .filter((name) => /\.(ya?ml|sh)$/.test(name) || name === ATTRIBUTES_FILE)
      .map((name) => path.posix.join(folder, name)),
  );
}

/** What is in a folder of the project; nothing where it is a link, which leads out of the project. */
export function list(root: string, folder: string, kind: 'isFile' | 'isDirectory'): string[] {
  if (folderProblem(root, folder)) return [];
  const entries = safely(() => fs.readdirSync(path.join(root, folder), { withFileTypes: true }), []);
  return entries.filter((entry) => entry[kind]()).map(({ name }) => name);
}
