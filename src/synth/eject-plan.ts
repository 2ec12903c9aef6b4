import * as fs from 'node:fs';
import * as path from 'node:path';
import { CLUSTERS_FOLDER, clusterFile, MANIFEST_FILE, PIPELINE_FILE } from '../delivery';
import { isAttributes, isShared } from './attributes';
import type { Membership } from './cluster-ends';
import { safely } from './disk-error';
import { type DiskPlan, isOfAnother, list, planDisk, sharedPlaces } from './disk-plan';
import { appOf, sameText } from './generated-file';

/** What it takes to leave a fleet's files to people. */
export interface Ejection {
  /** What synth would do first: unless that is nothing, the files are not what the code gives. */
  readonly stale: DiskPlan;
  /** What is written over the files then, and what goes. */
  readonly plan: DiskPlan;
  /** Whether none of the files is cdkops's any more. */
  readonly isDone: boolean;
  /** Files that stay as they are, since another fleet of the project has them, too. */
  readonly shared: readonly string[];
}

/** What a fleet gives, and what is left to people in its place. */
export interface EjectedFiles {
  readonly given: ReadonlyMap<string, string>;
  readonly ejected: ReadonlyMap<string, string>;
}

/**
 * Compares what a fleet gives and what is to be left of it with the disk. Reads only. A run that was killed has left some files
 * the one way and some the other: the next one completes them.
 * @param app - the file that defines the fleet
 */
export function planEjection(
  root: string,
  { given, ejected }: EjectedFiles,
  app: string,
  membership: Membership,
): Ejection {
  const disk = new Map([...given.keys()].map((file) => [file, read(root, file)]));
  const shared = hasOtherFleet(root, app) ? [...given.keys()].filter(isShared) : [];
  const isSettled = (file: string) => {
    const text = disk.get(file);
    const wanted = ejected.get(file);
    return text === undefined || wanted === undefined ? text === wanted : sameText(file, text, wanted);
  };
  const rest = new Map([...given].filter(([file]) => !isSettled(file)));
  const stale = planDisk(root, rest, app, membership);
  const owned = [...rest.keys()].flatMap((file) => {
    const before = disk.get(file);
    return before === undefined || appOf(before) === undefined || shared.includes(file)
      ? []
      : [{ path: file, before, text: ejected.get(file) }];
  });
  const jobsAndManifests = [...given.keys()].filter((file) => !isAttributes(file) && !shared.includes(file));
  return {
    stale,
    shared,
    plan: {
      writes: owned.flatMap(({ text, ...file }) => (text === undefined ? [] : [{ ...file, text }])),
      removes: owned.flatMap(({ text, ...file }) => (text === undefined ? [file] : [])),
      unchanged: [...given.keys()].filter(isSettled),
      problems: [],
    },
    isDone:
      !owned.some(({ path: file }) => jobsAndManifests.includes(file)) &&
      (jobsAndManifests.length === 0 || jobsAndManifests.some((file) => disk.get(file) !== undefined)),
  };
}

/** Whether files of another fleet are in the project, which is still there. */
function hasOtherFleet(root: string, app: string): boolean {
  const clusters = list(root, CLUSTERS_FOLDER, 'isDirectory');
  const files = clusters.flatMap((name) => [
    clusterFile(name, MANIFEST_FILE),
    clusterFile(name, PIPELINE_FILE),
  ]);
  return [...sharedPlaces(root), ...files].some((file) => isOfAnother(root, app, read(root, file) ?? ''));
}

function read(root: string, file: string): string | undefined {
  return safely(() => fs.readFileSync(path.join(root, file), 'utf8'), undefined);
}
