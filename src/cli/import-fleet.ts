import * as fs from 'node:fs';
import * as path from 'node:path';
import { functionName } from '../adopt/import/code/names';
import { addToFleet } from '../adopt/import/fleet/fleet-file';
import type { ImportedCluster } from '../adopt/import/imported-cluster';
import { existingFleet } from './import-existing-fleet';
import { newFleet } from './import-new-fleet';
import type { ImportOptions } from './import-options';
import type { ImportFile } from './import-target';
import type { TargetFleet } from './import-target-fleet';

/** A function that adds a cluster to a wave, and its file. */
export interface FleetAddition {
  readonly cluster: string;
  readonly functionName: string;
  /** The file, relative to the project. */
  readonly file: string;
}

/**
 * The fleet of the project, or a new one where there is none yet.
 * @throws UserError where the fleet cannot be loaded, or has no wave of that name.
 */
export async function openTarget(
  root: string,
  options: ImportOptions,
  clusters: readonly ImportedCluster[],
): Promise<TargetFleet> {
  const isThere = fs.existsSync(path.resolve(options.app));
  return isThere ? existingFleet(root, options) : newFleet(options, clusters);
}

/** The fleet's file with clusters, or the lines that somebody has to add, and why. */
export type FleetChange = ImportFile | { readonly lines: readonly string[]; readonly why: string };

/**
 * Adds clusters to the fleet's file.
 * @param app - that file, relative to the project
 * @param ending - what imports of files end in: `.js` in ES modules
 */
export function addToTarget(
  { text, wave, waves }: TargetFleet,
  app: string,
  additions: readonly FleetAddition[],
  ending: string,
): FleetChange {
  const result = addToFleet(
    text,
    additions.map(({ functionName: name, file }) => ({
      functionName: name,
      from: `${specifier(app, file)}${ending}`,
      wave,
    })),
    waves,
  );
  return 'text' in result ? { path: app, text: result.text, isShared: true } : result;
}

/**
 * The name of the function in a cluster's file: the one that the fleet imports already, else a free one.
 * @param known - names by files that the fleet imports, and all words of its text
 * @param taken - names that other clusters have got; gets this one
 */
export function nameFor(
  cluster: string,
  app: string,
  file: string,
  known: { readonly byFile: ReadonlyMap<string, string>; readonly words: ReadonlySet<string> } | undefined,
  taken: Set<string>,
): string {
  const name =
    known?.byFile.get(specifier(app, file)) ??
    functionName(cluster, new Set([...taken, ...(known?.words ?? [])]));
  taken.add(name);
  return name;
}

/** A file as the fleet's file imports it. */
function specifier(app: string, file: string): string {
  const from = path.posix.relative(path.posix.dirname(app), file).replace(/\.ts$/, '');
  return from.startsWith('.') ? from : `./${from}`;
}
