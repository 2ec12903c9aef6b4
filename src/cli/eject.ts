import * as path from 'node:path';
import type { Fleet } from '../delivery';
import {
  accessProblems,
  carryOut,
  type DiskPlan,
  type Ejection,
  planEjection,
  type Synthesis,
  synthesise,
} from '../synth';
import { guardAgainst } from './app-error';
import { CommittedFiles } from './committed-files';
import { whatCanGo } from './eject-leftovers';
import { readKopsLock } from './kops-lock-file';
import { findApp, findRoot, loadFleet } from './load-fleet';
import { count, reportError, reportFindings, reportProblems } from './report';
import { errorStyle, outputStyle } from './style';

/** Options of `eject`. */
export interface EjectOptions {
  /** The file that exports the fleet. */
  readonly app: string;
  /** Whether to tell alone what would change. */
  readonly dryRun?: boolean;
}

/** `cdkops eject`: leaves the files to people. */
export async function ejectCommand(options: EjectOptions): Promise<number> {
  const fleet = await ejectedFleet(options.app);
  const ejection = fleet && ejectionOf(fleet);
  if (!fleet || !ejection) return nothingWritten();
  const { root } = fleet;
  const { plan } = ejection;
  if (ejection.isDone) {
    process.stdout.write(`There is nothing to eject: no file of ${fleet.name} is cdkops's any more.\n`);
    return 0;
  }
  if (options.dryRun) {
    process.stdout.write(`${list(ejection, 'would ')}Nothing was written.\n`);
    return 0;
  }
  carryOut(root, plan, 'eject');
  process.stdout.write(`${list(ejection, '')}\n${whatCanGo(fleet)}`);
  return 0;
}

function nothingWritten(): number {
  process.stderr.write(`${errorStyle.red('Nothing was written.')}\n`);
  return 1;
}

/** A fleet, and its files: those that the code gives, and those that are left of them. */
interface LoadedFleet {
  readonly root: string;
  /** The file that exports it, relative to the project, with forward slashes. */
  readonly name: string;
  readonly fleet: Fleet;
  /** Files that were loaded for it, absolute. */
  readonly code: readonly string[];
  readonly given: Synthesis;
  readonly ejected: Synthesis;
}

async function ejectedFleet(app: string): Promise<LoadedFleet | undefined> {
  // Asked before the fleet's code runs, which may go elsewhere.
  const root = findRoot();
  const file = findApp(app);
  const endGuard = guardAgainst(file);
  try {
    const before = new Set(Object.keys(require.cache));
    const fleet = loadFleet(file);
    const code = Object.keys(require.cache).filter((loaded) => !before.has(loaded));
    const name = path.relative(root, file).split(path.sep).join('/');
    const context = { root, lock: readKopsLock(root) };
    const given = synthesise(fleet, name, context);
    const ejected = synthesise(fleet, name, { ...context, ejected: true });
    // One turn of the event loop, so that promises of the fleet's code that failed are heard while the guard stands.
    await new Promise(setImmediate);
    // What is wrong with one of them is wrong with the other, as far as anybody knows.
    const isWrong = [given, ejected].some(({ findings }) =>
      reportFindings(findings.filter(({ severity }) => severity === 'error')),
    );
    if (isWrong) return undefined;
    return { root, name, fleet, code, given, ejected };
  } finally {
    endGuard();
    process.chdir(root);
  }
}

/** What there is to do; `undefined` where something is in the way, which has been told. */
function ejectionOf({ root, name, given, ejected }: LoadedFleet): Ejection | undefined {
  const files = { given: given.files, ejected: ejected.files };
  const ejection = planEjection(root, files, name, given.membership);
  if (ejection.isDone) return ejection;
  const { stale, plan } = ejection;
  const differing = stale.writes.length + stale.removes.length;
  const blocked = reportProblems(stale.problems.filter(({ severity }) => severity !== 'warning'));
  if (differing > 0) {
    const paths = [...stale.writes, ...stale.removes].map(({ path: file }) => file);
    const files = paths.length > 5 ? `${paths.slice(0, 5).join(', ')}, …` : paths.join(', ');
    const are = differing === 1 ? 'is' : 'are';
    reportError(
      `${count(differing, 'file')} ${are} not as the code gives (${files}): run npx projen synth and commit the result, then eject`,
    );
  }
  if (blocked || differing > 0) return undefined;
  return reportProblems([...uncommitted(root, plan), ...accessProblems(root, plan, 'eject')])
    ? undefined
    : ejection;
}

/** Files that git could not bring back as they are: the code will give them no more. */
function uncommitted(root: string, { writes, removes }: DiskPlan) {
  const files = [...writes, ...removes];
  const tops = new Set(files.map(({ path: file }) => file.split('/')[0] ?? file));
  const committed = CommittedFiles.at(root, 'HEAD').read([...tops]);
  const withUnixLines = (text: string | undefined) => text?.replaceAll('\r\n', '\n');
  return files
    .filter(({ path: file, before }) => withUnixLines(committed.get(file)) !== withUnixLines(before))
    .map(({ path: file }) => ({
      field: file,
      message:
        'is not committed as it is here, so that nobody could go back to it: commit it, then run eject again',
    }));
}

/** What was done with each file, or would be. */
function list({ plan, shared }: Ejection, would: string): string {
  const { writes, removes } = plan;
  const line = (what: string, file: string) => `${what} ${file}\n`;
  return [
    ...writes.map(({ path: file }) => line(outputStyle.yellow(would ? 'would eject' : 'ejected'), file)),
    ...removes.map(({ path: file }) => line(outputStyle.red(would ? 'would remove' : 'removed'), file)),
    ...shared.map((file) => line('stays, for another fleet', file)),
    `${count(writes.length, 'file')} ${would ? 'to eject' : 'ejected'}, ${removes.length} ${would ? 'to remove' : 'removed'}\n`,
  ].join('');
}
