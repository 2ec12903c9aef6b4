import * as fs from 'node:fs';
import * as path from 'node:path';
import { UserError } from '../core';
import { Fleet } from '../delivery';
import { describeAppError } from './app-error';

/**
 * The absolute path of the file that defines the fleet.
 * @throws UserError where it is not there.
 */
export function findApp(app: string): string {
  const file = path.resolve(app);
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat?.isFile()) return file;
  const problem = stat ? `${app} is a folder, not a file` : `there is no ${app}`;
  throw new UserError(`${problem}: run cdkops in the project's folder, or name the fleet's file with --app`);
}

/**
 * The project's folder, which generated files go to: the current one.
 * @throws UserError where the current folder is only a part of a project.
 */
export function findRoot(): string {
  const root = process.cwd();
  if (fs.existsSync(path.join(root, 'package.json'))) return root;
  for (let at = path.dirname(root); at !== path.dirname(at); at = path.dirname(at)) {
    if (!fs.existsSync(path.join(at, 'package.json'))) continue;
    throw new UserError(`this folder is a part of the project in ${at}: run cdkops there`);
  }
  return root;
}

/**
 * Runs the file that defines the fleet, and returns the fleet that it exports.
 * @throws UserError where the file throws, or exports no fleet or several.
 */
export function loadFleet(file: string): Fleet {
  const app = path.relative('.', file);
  const exported = run(file);
  // `module.exports = fleet` of a script without types counts, too.
  const values = Fleet.isFleet(exported) ? [exported] : Object.values(Object(exported));
  const fleets = new Set(values.filter(Fleet.isFleet));
  const [fleet] = fleets;
  if (!fleet) {
    const hint = values.some((value) => value instanceof Promise)
      ? 'but a promise, which cdkops does not wait for: read data with fs.readFileSync'
      : 'but needs to: write export const fleet = new Fleet({ … })';
    throw new UserError(`${app} exports no fleet, ${hint}`);
  }
  if (fleets.size > 1) {
    throw new UserError(`${app} exports ${fleets.size} fleets: export one, all clusters belong to it`);
  }
  if (!(fleet instanceof Fleet)) {
    throw new UserError(
      `${app} uses another copy of cdkops than the one that runs (${path.resolve(__dirname, '..', '..')}): run npx cdkops in the project's folder`,
    );
  }
  return fleet;
}

function run(file: string): unknown {
  // Where cdkops itself runs from TypeScript this is loaded already; where it is a package, now.
  require('tsx/cjs');
  // Deep enough to reach the administrator's line below the frames of a library.
  Error.stackTraceLimit = 50;
  try {
    return require(file);
  } catch (error) {
    throw new UserError(describeAppError(error, file));
  }
}
