import { importStatement } from '../code/cluster-file';
import { variableName } from '../code/names';
import type { AddedCluster, FleetChange } from './added-cluster';
import { FleetEditor } from './fleet-editor';
import { leadingImports } from './fleet-imports';
import { readSource } from './fleet-source';

export type { AddedCluster, FleetChange } from './added-cluster';
export { FLEET_MARKER } from './fleet-marker';
export { type ImportedNames, importedNames } from './imported-names';
export { type NewFleet, newFleetFile } from './new-fleet';

/**
 * Adds clusters to the file of a fleet: an import and a call each, and the wave where there is none of that name. The file is the
 * user's: where it is not plain what belongs where, it is left alone.
 * @param waves - the names of the waves that the fleet has, however its code makes them
 */
export function addToFleet(
  text: string,
  additions: readonly AddedCluster[],
  waves: readonly string[] = [],
): FleetChange {
  // What stands for bytes that are no UTF-8: written back, they would be lost.
  if (text.includes('\uFFFD')) {
    return byHand(additions, 'since it is not UTF-8 (or has the character U+FFFD): save it as UTF-8');
  }
  const source = readSource(text);
  const imports = source && leadingImports(source);
  if (!source || !imports)
    return byHand(additions, 'since it could not be told where its imports and statements end');
  return new FleetEditor(source, imports, waves).add(additions);
}

/** All lines for a file that nothing is known about. */
function byHand(additions: readonly AddedCluster[], why: string): FleetChange {
  const taken: ReadonlySet<string> = new Set();
  return {
    lines: [
      ...additions.map(({ functionName, from }) => importStatement([functionName], from)),
      ...additions.map(({ functionName, wave }) => `${functionName}(${variableName(wave, taken)});`),
    ],
    why,
  };
}
