import { UserError } from '../core';
import { type DiskPlan, planDisk, type Synthesis, synthesise } from '../synth';
import { loadFleet } from './load-fleet';
import { reportFindings, reportProblems } from './report';
import { typeCheck } from './type-check';

/** Options of the commands that synthesise. */
export interface FleetOptions {
  /** The file that exports the fleet. */
  readonly app: string;
  /** Whether to check types, too. */
  readonly typeCheck: boolean;
}

/** A synthesis without errors, and what it means for the files on disk. */
export interface Prepared {
  readonly synthesis: Synthesis;
  readonly plan: DiskPlan;
}

/**
 * Loads the fleet, checks its types beside that, synthesises, and compares with the disk. Says everything that is wrong,
 * not only the first of it; `undefined` where something is.
 */
export async function prepare({ app, typeCheck: withTypes }: FleetOptions): Promise<Prepared | undefined> {
  const types = withTypes ? typeCheck(app) : Promise.resolve({ ok: true, output: '' });
  // A rejection is awaited below; until then it must not count as unhandled.
  types.catch(() => undefined);
  let prepared: Prepared | undefined;
  let failure: unknown;
  try {
    const synthesis = synthesise(loadFleet(app));
    prepared = { synthesis, plan: planDisk(process.cwd(), synthesis.files) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    failure = error;
  }
  const { ok, output } = await types;
  if (!ok) process.stderr.write(output);
  if (failure) throw failure;
  if (!prepared) return undefined;
  const wrong = reportFindings(prepared.synthesis.findings);
  const inTheWay = reportProblems(prepared.plan.problems);
  return ok && !wrong && !inTheWay ? prepared : undefined;
}
