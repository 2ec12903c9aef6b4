import * as path from 'node:path';
import { type Problem, UserError } from '../core';
import { type DiskPlan, losses, planDisk, type Synthesis, synthesise } from '../synth';
import { guardAgainst } from './app-error';
import { readKopsLock } from './kops-lock-file';
import { findApp, findRoot, loadFleet } from './load-fleet';
import { reportError, reportFindings, reportProblems } from './report';
import { typeCheck } from './type-check';

/** Options of the commands that synthesise. */
export interface FleetOptions {
  /** The file that exports the fleet. */
  readonly app: string;
  /** Whether to check types, too. */
  readonly typeCheck: boolean;
}

/** What a command does beyond synthesising in memory. */
export interface Purpose {
  /** Whether the compiler may keep its build info. */
  readonly remember: boolean;
  /** What else is in the way of a plan. */
  readonly obstacles?: (root: string, plan: DiskPlan) => readonly Problem[];
}

/** A synthesis of a fleet without errors, and what it means for the files on disk. */
export interface Prepared {
  /** The project's folder. */
  readonly root: string;
  readonly synthesis: Synthesis;
  readonly plan: DiskPlan;
  /** Whether nothing is in the way of the plan. */
  readonly possible: boolean;
}

/**
 * Loads the fleet, checks its types beside that, synthesises, and compares with the disk. Says everything that is wrong,
 * not only the first of it; `undefined` where the fleet has an error.
 */
export async function prepare(options: FleetOptions, purpose: Purpose): Promise<Prepared | undefined> {
  // Asked before the fleet's code runs, which may go elsewhere.
  const root = findRoot();
  const app = findApp(options.app);
  const endGuard = guardAgainst(app);
  const types = options.typeCheck ? typeCheck(options.app, purpose) : { ok: true, output: '' };
  const name = path.relative(root, app).split(path.sep).join('/');
  const synthesis = tryUser(() => synthesise(loadFleet(app), name, { root, lock: readKopsLock(root) }));
  const { ok, output } = await types;
  // One turn of the event loop, so that promises of the fleet's code that failed are heard while the guard stands.
  await new Promise(setImmediate);
  endGuard();
  process.chdir(root);
  process.stderr.write(output);
  if (synthesis instanceof UserError) {
    reportError(synthesis.message);
    return undefined;
  }
  const wrong = reportFindings(synthesis.findings);
  const plan = planDisk(root, synthesis.files, name, synthesis.membership);
  // What is in the way already would be in the way of looking further, too.
  const blocked = plan.problems.some(({ severity }) => severity !== 'warning');
  const problems = [
    ...plan.problems,
    ...losses(plan),
    ...((!blocked && purpose.obstacles?.(root, plan)) || []),
  ];
  // With errors the synthesis lacks files, and warnings about what the fleet does not give would mislead.
  const possible = !reportProblems(
    wrong ? problems.filter(({ severity }) => severity !== 'warning') : problems,
  );
  return ok && !wrong ? { root, synthesis, plan, possible } : undefined;
}

function tryUser<T>(work: () => T): T | UserError {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
