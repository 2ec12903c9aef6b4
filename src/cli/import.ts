import * as fs from 'node:fs';
import * as path from 'node:path';
import { functionName } from '../adopt/import/code/names';
import { COMMON_FILE } from '../adopt/import/common-class-name';
import { factorImports } from '../adopt/import/factor-imports';
import { importCluster } from '../adopt/import/import-cluster';
import type { ImportedCluster } from '../adopt/import/imported-cluster';
import { chooseKops } from '../adopt/import/kops-release';
import { formatReadProblem, readClusters } from '../adopt/import/read/read-clusters';
import { UserError } from '../core';
import { CLUSTERS_FOLDER, clusterFile, clusterFolder, MANIFEST_FILE } from '../delivery';
import { GENERATED_START } from '../delivery/files';
import { carryOut } from '../synth';
import { openTarget, type TargetFleet } from './import-fleet';
import { readInputs } from './import-inputs';
import type { Imported, ImportOptions } from './import-options';
import { describeImport, importSummary, warnOfFindings } from './import-report';
import { type ImportFile, planImport } from './import-target';
import { findRoot } from './load-fleet';
import { reportError, reportProblems, reportWarning } from './report';
import { errorStyle } from './style';

/** `cdkops import`: manifests become code that gives the same manifests. */
export async function importCommand(names: readonly string[], options: ImportOptions): Promise<number> {
  const root = findRoot();
  const inputs = await readInputs(names, { timeout: options.timeout * 1_000 });
  const { clusters, problems, notes } = readClusters(inputs);
  if (problems.length > 0) {
    for (const problem of problems) reportError(formatReadProblem(problem));
    return nothingWritten();
  }
  if (clusters.length === 0)
    throw new UserError(`there is no cluster in ${names.join(', ')}: ${notes.join('; ')}`);
  const target = await openTarget(root, options, clusters);
  const each = importAll(clusters, target, options);
  const factored = options.factor
    ? factorImports(each.map((one) => ({ ...one, settings: target.settings })))
    : undefined;
  const imported = each.map((one, index) => ({ ...one, code: factored?.imports[index] ?? one.code }));
  const additions = imported.map(({ cluster, ...addition }) => ({ ...addition, cluster: cluster.name }));
  const fleet = target.with(additions);
  const files = [
    ...(factored ? [{ path: `${CLUSTERS_FOLDER}/${COMMON_FILE}`, text: factored.text }] : []),
    ...imported.flatMap(filesOf),
    ...('path' in fleet ? [fleet] : []),
  ];
  const inTheWay = imported.flatMap(({ cluster }) =>
    handWritten(
      root,
      cluster,
      inputs.map(({ file }) => file),
    ),
  );
  const plan = planImport(root, files, inTheWay, options.force === true);
  if (reportProblems([...target.conflicts(additions), ...plan.problems])) return nothingWritten();
  carryOut(root, plan, 'import');
  process.stdout.write(imported.map(describeImport).join(''));
  const remarks =
    options.factor && !factored
      ? [...notes, 'the clusters have nothing in common that is worth a class']
      : notes;
  process.stdout.write(importSummary(imported, plan, remarks));
  for (const cluster of imported) warnOfFindings(cluster);
  if ('lines' in fleet) {
    reportWarning(`${target.app} was left as it is, ${fleet.why}. Add to it:\n${fleet.lines.join('\n')}`);
  }
  return 0;
}

function importAll(
  clusters: readonly ImportedCluster[],
  { settings }: TargetFleet,
  { kops: asked, l1, state }: ImportOptions,
): Imported[] {
  const taken = new Set<string>();
  return clusters.map((cluster) => {
    const kops = chooseKops(cluster, asked, settings.kops);
    const name = functionName(cluster.name, taken);
    taken.add(name);
    const code = importCluster(cluster, {
      kops,
      settings,
      level: l1 ? 'L1' : 'L2',
      functionName: name,
      stateStore: state ?? storeOf(cluster),
      environment: process.env,
    });
    const folder = clusterFolder(cluster.name);
    const addonsFile = cluster.addons.text === '' ? undefined : `${folder}/addons.yaml`;
    return { cluster, kops, code, functionName: name, file: `${folder}/cluster.ts`, addonsFile };
  });
}

/** The state store that a cluster was read from. */
function storeOf({ name, files }: ImportedCluster): string | undefined {
  const file = files.find((one) => one.includes('://') && one.endsWith(`/${name}`));
  return file?.slice(0, -name.length - 1);
}

function filesOf({ cluster, code, file, addonsFile }: Imported): ImportFile[] {
  return [
    { path: file, text: code.text },
    ...(addonsFile ? [{ path: addonsFile, text: cluster.addons.text }] : []),
  ];
}

/**
 * A manifest that somebody wrote where synth will write its own, which it would refuse. It can go where it was read, since
 * all that it says is in the code then.
 * @throws UserError where it is another one than those that were read.
 */
function handWritten(root: string, { name }: ImportedCluster, files: readonly string[]): string[] {
  const file = clusterFile(name, MANIFEST_FILE);
  const there = path.join(root, file);
  if (!fs.existsSync(there) || fs.readFileSync(there, 'utf8').startsWith(GENERATED_START)) return [];
  if (files.some((read) => path.resolve(read) === there)) return [file];
  throw new UserError(
    `${file} was not written by cdkops, so synth would not overwrite it, and it is not what was imported: move it away first`,
  );
}

function nothingWritten(): number {
  process.stderr.write(`${errorStyle.red('Nothing was written.')}\n`);
  return 1;
}
