import * as fs from 'node:fs';
import * as path from 'node:path';
import { COMMON_FILE } from '../adopt/import/common-class-name';
import { factorImports } from '../adopt/import/factor-imports';
import { importedNames } from '../adopt/import/fleet/fleet-file';
import { importCluster } from '../adopt/import/import-cluster';
import type { ImportedCluster } from '../adopt/import/imported-cluster';
import { chooseKops } from '../adopt/import/kops-release';
import { formatReadProblem, readClusters } from '../adopt/import/read/read-clusters';
import { storeOf } from '../adopt/import/state-store-url';
import { type Problem, UserError } from '../core';
import { CLUSTERS_FOLDER, clusterFolder } from '../delivery';
import { carryOut } from '../synth';
import { addToTarget, nameFor, openTarget } from './import-fleet';
import { readInputs } from './import-inputs';
import { handWritten, usersOfCommonClass } from './import-leftovers';
import type { Imported, ImportOptions } from './import-options';
import { describeImport, importSummary, warnOfFindings } from './import-report';
import { type ImportFile, planImport } from './import-target';
import type { TargetFleet } from './import-target-fleet';
import { findRoot } from './load-fleet';
import { reportError, reportProblems, reportWarning } from './report';
import { errorStyle } from './style';

/** `cdkops import`: manifests become code that gives the same manifests. */
export async function importCommand(names: readonly string[], options: ImportOptions): Promise<number> {
  const root = findRoot();
  const app = path.relative(root, path.resolve(options.app)).split(path.sep).join('/');
  const inputs = await readInputs(names, { timeout: options.timeout * 1_000 });
  const { clusters, problems, notes } = readClusters(inputs);
  if (problems.length > 0) return nothingWritten(problems.map(formatReadProblem));
  if (clusters.length === 0)
    throw new UserError(`there is no cluster in ${names.join(', ')}: ${notes.join('; ')}`);
  const target = await openTarget(root, options, clusters);
  const ending = isModule(root) ? '.js' : '';
  const { each, errors } = importAll(clusters, target, app, options);
  if (errors.length > 0) return nothingWritten(errors);
  const factored = options.factor ? factorImports(each, ending) : undefined;
  const imported = each.map((one, index) => ({ ...one, code: factored?.imports[index] ?? one.code }));
  const additions = imported.map(({ cluster, ...addition }) => ({ ...addition, cluster: cluster.name }));
  const fleet = addToTarget(target, app, additions, ending);
  const files = [
    ...(factored ? [{ path: `${CLUSTERS_FOLDER}/${COMMON_FILE}`, text: factored.text }] : []),
    ...imported.flatMap(filesOf),
    ...('path' in fleet ? [fleet] : []),
  ];
  const inTheWay = handWritten(root, clusters);
  const plan = planImport(root, files, inTheWay.removable, options.force === true);
  const obstacles: Problem[] = [
    ...additions.flatMap(({ cluster, file }) => target.conflict(cluster, file) ?? []),
    ...(factored
      ? usersOfCommonClass(
          root,
          clusters.map(({ name }) => name),
        )
      : []),
    ...inTheWay.problems,
    ...plan.problems,
  ];
  if (reportProblems(obstacles)) return nothingWritten();
  carryOut(root, plan, 'import');
  process.stdout.write(imported.map(describeImport).join(''));
  const remarks = [
    ...notes,
    ...(options.factor && !factored ? ['the clusters have nothing in common that is worth a class'] : []),
    ...(target.waves.includes(target.wave) ? [] : [newWave(target.wave)]),
  ];
  process.stdout.write(importSummary(imported, plan, remarks));
  for (const cluster of imported) warnOfFindings(cluster);
  if ('lines' in fleet) {
    reportWarning(`${app} was left as it is, ${fleet.why}. Add to it:\n${fleet.lines.join('\n')}`);
  }
  return 0;
}

/** The code of each cluster, or what is wrong with all of those that have none. */
function importAll(
  clusters: readonly ImportedCluster[],
  target: TargetFleet,
  app: string,
  { kops: asked, l1, state }: ImportOptions,
): { each: Imported[]; errors: string[] } {
  const errors: string[] = [];
  const known = target.exists ? importedNames(target.text) : undefined;
  const taken = new Set<string>();
  const each = clusters.flatMap((cluster): Imported[] => {
    const settings = target.settingsFor(cluster.name);
    const folder = clusterFolder(cluster.name);
    const file = `${folder}/cluster.ts`;
    const functionName = nameFor(cluster.name, app, file, known, taken);
    const addonsFile = cluster.addons.text === '' ? undefined : `${folder}/addons.yaml`;
    try {
      const kops = chooseKops(cluster, asked, settings.kops);
      const code = importCluster(cluster, {
        kops,
        settings,
        level: l1 ? 'L1' : 'L2',
        functionName,
        stateStore: state ?? storeOf(cluster),
        environment: process.env,
      });
      return [{ cluster, kops, code, settings, functionName, file, addonsFile }];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      errors.push(error.message);
      return [];
    }
  });
  return { each, errors: [...new Set(errors)] };
}

function filesOf({ cluster, code, file, addonsFile }: Imported): ImportFile[] {
  return [
    { path: file, text: code.text },
    ...(addonsFile ? [{ path: addonsFile, text: cluster.addons.text }] : []),
  ];
}

/** Whoever can plan can read the clusters' keys: what a wave of running clusters needs is a person's to say. */
function newWave(wave: string): string {
  return `${wave} is a new wave, without roles, whose clusters plan in merge requests: give it credentials, and plansInMergeRequests: false where not everybody may read their keys`;
}

/** Whether the project's files are ES modules, which import files with their ending. */
function isModule(root: string): boolean {
  try {
    const { type } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      type?: unknown;
    };
    return type === 'module';
  } catch {
    return false;
  }
}

function nothingWritten(errors: readonly string[] = []): number {
  for (const error of errors) reportError(error);
  process.stderr.write(`${errorStyle.red('Nothing was written.')}\n`);
  return 1;
}
