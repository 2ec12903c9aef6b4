import * as fs from 'node:fs';
import * as path from 'node:path';
import { COMMON_CLASS, COMMON_FILE } from '../adopt/import/common-class-name';
import type { ImportedCluster } from '../adopt/import/imported-cluster';
import type { Problem } from '../core';
import { CLUSTERS_FOLDER, clusterFile, MANIFEST_FILE } from '../delivery';
import { GENERATED_START } from '../delivery/files';
import { readPlain } from '../synth';

/** What stands where synth will write, or what others still need. */
export interface Leftovers {
  /** Files that can go: all that they say is in the code. */
  readonly removable: readonly string[];
  readonly problems: readonly Problem[];
}

/** Manifests that somebody wrote where synth will write its own, which it would refuse. */
export function handWritten(root: string, clusters: readonly ImportedCluster[]): Leftovers {
  const removable: string[] = [];
  const problems: Problem[] = [];
  for (const { name, files, hasLeftOut } of clusters) {
    const file = clusterFile(name, MANIFEST_FILE);
    const { text, problem } = readPlain(root, file);
    if (problem !== undefined) problems.push({ field: file, message: problem });
    if (text === undefined || text.startsWith(GENERATED_START)) continue;
    const wasRead = files.some((read) => path.resolve(read) === path.join(root, file));
    if (wasRead && !hasLeftOut) removable.push(file);
    else {
      const why = wasRead ? 'not all of it is in the code' : 'it is not what was imported';
      const message = `was not written by cdkops, so synth would not overwrite it, and ${why}: move it away first`;
      problems.push({ field: file, message });
    }
  }
  return { removable, problems };
}

/** Why the class of what clusters have in common cannot be written: clusters that are not imported now are made of it. */
export function usersOfCommonClass(root: string, imported: readonly string[]): Problem[] {
  const file = `${CLUSTERS_FOLDER}/${COMMON_FILE}`;
  if (!fs.existsSync(path.join(root, file))) return [];
  const folders = fs.readdirSync(path.join(root, CLUSTERS_FOLDER), { withFileTypes: true });
  const others = folders.filter((entry) => {
    if (!entry.isDirectory() || imported.includes(entry.name)) return false;
    return readPlain(root, `${CLUSTERS_FOLDER}/${entry.name}/cluster.ts`).text?.includes(COMMON_CLASS);
  });
  if (others.length === 0) return [];
  const names = others.map(({ name }) => name).join(', ');
  const message = `clusters that are not imported now are made of it: ${names}. Import these, too, or leave --factor out`;
  return [{ field: file, message }];
}
