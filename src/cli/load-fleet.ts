import * as fs from 'node:fs';
import * as path from 'node:path';
import { formatLocation, sourceOfError, UserError } from '../core';
import { Fleet } from '../delivery';

/**
 * Runs the file that defines the fleet, and returns the fleet that it exports.
 * @throws UserError where the file is missing, throws, or exports no fleet or several.
 */
export function loadFleet(app: string): Fleet {
  const file = path.resolve(app);
  if (!fs.existsSync(file)) {
    throw new UserError(
      `there is no ${app}: run cdkops in the project's folder, or name the file with --app`,
    );
  }
  const fleets = new Set(Object.values(run(file)).filter(Fleet.isFleet));
  const [fleet] = fleets;
  if (!fleet) throw new UserError(`${app} exports no fleet: write export const fleet = new Fleet({ … })`);
  if (fleets.size > 1)
    throw new UserError(`${app} exports ${fleets.size} fleets: export one, all clusters belong to it`);
  return fleet;
}

function run(file: string): Record<string, unknown> {
  // Where cdkops itself runs from TypeScript this is loaded already; where it is a package, now.
  require('tsx/cjs');
  try {
    const exported: unknown = require(file);
    return typeof exported === 'object' && exported !== null ? { ...exported } : {};
  } catch (error) {
    if (!(error instanceof Error)) throw new UserError(`${path.relative('.', file)} threw ${String(error)}`);
    const location = sourceOfError(error);
    const kind = error.name === 'Error' || error instanceof UserError ? '' : `${error.name}: `;
    const place = location
      ? ` (${formatLocation(location)})`
      : ` (while loading ${path.relative('.', file)})`;
    throw new UserError(`${kind}${error.message}${place}`);
  }
}
