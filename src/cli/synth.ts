import { clusterFile, MANIFEST_FILE, PIPELINE_FILE } from '../delivery';
import { accessProblems, carryOut } from '../synth';
import { type FleetOptions, type Prepared, prepare } from './prepare';
import { count } from './report';
import { errorStyle, outputStyle } from './style';

/** `cdkops synth`: writes what the fleet gives. */
export async function synthCommand(options: FleetOptions): Promise<number> {
  const prepared = await prepare(options, { remember: true, obstacles: accessProblems });
  if (!prepared?.possible) {
    process.stderr.write(`${errorStyle.red('Nothing was written.')}\n`);
    return 1;
  }
  carryOut(prepared.root, prepared.plan);
  process.stdout.write(summary(prepared));
  return 0;
}

function summary({ synthesis, plan }: Prepared): string {
  const writes = new Map(plan.writes.map((write) => [write.path, write]));
  const status = (cluster: string) => {
    const own = ([MANIFEST_FILE, PIPELINE_FILE] as const).flatMap(
      (file) => writes.get(clusterFile(cluster, file)) ?? [],
    );
    if (own.length === 0) return outputStyle.dim('unchanged');
    return own.every(({ before }) => before === undefined)
      ? outputStyle.green('new')
      : outputStyle.yellow('changed');
  };
  const rows = synthesis.clusters.map(({ wave, name, kops, kubernetes, instanceGroups }) => {
    return [wave, name, kops, kubernetes || '-', String(instanceGroups ?? '-'), status(name)];
  });
  // Clusters are in the table; what else changed is not.
  const removed = plan.removes.map(({ path }) => `${outputStyle.red('removed')} ${path}\n`);
  const totals = [
    count(synthesis.clusters.length, 'cluster'),
    count(
      synthesis.clusters.reduce((sum, { instanceGroups = 0 }) => sum + instanceGroups, 0),
      'instance group',
    ),
    `${count(plan.writes.length, 'file')} written`,
    `${plan.removes.length} removed`,
    `${plan.unchanged.length} unchanged`,
  ];
  return `${table(rows)}${removed.join('')}${totals.join(', ')}\n`;
}

function table(rows: readonly string[][]): string {
  const Table = require('cli-table3') as typeof import('cli-table3');
  const result = new Table({
    head: ['wave', 'cluster', 'kOps', 'Kubernetes', 'instance groups', ''],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 2 },
    // No lines: what is printed can be cut and grepped.
    chars: Object.fromEntries(BORDERS.map((name) => [name, ''])),
    colAligns: ['left', 'left', 'left', 'left', 'right', 'left'],
  });
  result.push(...rows);
  return result
    .toString()
    .split('\n')
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

const BORDERS = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
];
