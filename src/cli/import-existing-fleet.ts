import * as fs from 'node:fs';
import * as path from 'node:path';
import { settingsOf } from '../adopt/import/scratch';
import { didYouMean, formatLocation, type Problem, sourceOf, UserError } from '../core';
import { Wave } from '../delivery';
import { deliverablesOf } from '../delivery/deliverable';
import { guardAgainst } from './app-error';
import type { ImportOptions } from './import-options';
import { NEW_WAVE, type TargetFleet } from './import-target-fleet';
import { findApp, loadFleet } from './load-fleet';

/**
 * The fleet that the project has.
 * @throws UserError where it cannot be loaded, or has no wave of that name.
 */
export async function existingFleet(root: string, { app, wave: asked }: ImportOptions): Promise<TargetFleet> {
  const file = findApp(app);
  const endGuard = guardAgainst(file);
  try {
    const fleet = loadFleet(file);
    await new Promise(setImmediate);
    const wave = asked ?? NEW_WAVE;
    const waves = fleet.waves.map(({ name }) => name);
    if (asked !== undefined && !waves.includes(asked)) {
      const there = waves.length > 0 ? `its waves are ${waves.join(', ')}` : 'it has none yet';
      throw new UserError(
        `--wave: the fleet of ${app} has no wave ${JSON.stringify(asked)}${didYouMean(asked, waves)}: ${there}`,
      );
    }
    const target = fleet.waves.find(({ name }) => name === wave) ?? fleet;
    const declared = new Map(deliverablesOf(fleet).map((cluster) => [cluster.name, cluster]));
    return {
      text: fs.readFileSync(file, 'utf8'),
      wave,
      waves,
      exists: true,
      settingsFor: (cluster) => settingsOf(declared.get(cluster)?.node.scope ?? target),
      conflict: (cluster, own): Problem | undefined => {
        const construct = declared.get(cluster);
        const source = construct && sourceOf(construct);
        if (!construct) return undefined;
        const place = source ? ` (${formatLocation(source)})` : '';
        // The one from its own file is made anew, in the wave that the fleet calls it for.
        if (!source?.file.split(path.sep).join('/').endsWith(`/${own}`)) {
          return {
            field: cluster,
            message: `the fleet has this cluster already${place}: take it out there first`,
          };
        }
        const its = construct.node.scopes.find(Wave.isWave)?.name;
        if (asked === undefined || its === asked) return undefined;
        const message = `is in the wave ${its}: leave --wave out, or move its call in ${app} to ${asked} first`;
        return { field: cluster, message };
      },
    };
  } finally {
    endGuard();
    process.chdir(root);
  }
}
