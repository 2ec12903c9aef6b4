import Table from 'cli-table3';
import { clusterFile, MANIFEST_FILE, PIPELINE_FILE } from '../delivery';
import { carryOut } from '../synth';
import { type FleetOptions, type Prepared, prepare } from './prepare';
import { count } from './report';
import { errorStyle, outputStyle } from './style';

/** `cdkops synth`: writes what the fleet gives. */
export async function synthCommand(options: FleetOptions): Promise<number> {
  const prepared = await prepare(options);
  if (!prepared) {
    process.stderr.write(`${errorStyle.red('Nothing was written.')}\n`);
    return 1;
  }
  carryOut(process.cwd(), prepared.plan);
  process.stdout.write(`${summary(prepared)}\n`);
  return 0;
}

function summary({ synthesis, plan }: Prepared): string {
  const writes = new Map(plan.writes.map((write) => [write.path, write]));
  const status = (cluster: string) => {
    const own = [MANIFEST_FILE, PIPELINE_FILE].flatMap(
      (file) => writes.get(clusterFile(cluster, file as typeof MANIFEST_FILE)) ?? [],
    );
    if (own.length === 0) return outputStyle.dim('unchanged');
    return own.every(({ before }) => before === undefined)
      ? outputStyle.green('new')
      : outputStyle.yellow('changed');
  };
  const table = new Table({
    head: ['wave', 'cluster', 'kOps', 'Kubernetes', 'instance groups', ''],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 2 },
    chars: Object.fromEntries(
      [
        'top',
        'top-mid',
        'top-left',
        'top-right',
        'bottom',
        'bottom-mid',
        'bottom-left',
        'bottom-right',
        'left',
        'left-mid',
        'mid',
        'mid-mid',
        'right',
        'right-mid',
        'middle',
      ].map((name) => [name, '']),
    ),
    colAligns: ['left', 'left', 'left', 'left', 'right', 'left'],
  });
  for (const { name, wave, kops, kubernetes, instanceGroups } of synthesis.clusters) {
    table.push([wave, name, kops, kubernetes, instanceGroups, status(name)]);
  }
  const totals = [
    `${count(synthesis.clusters.length, 'cluster')}: `,
    `${count(plan.writes.length, 'file')} written, `,
    `${plan.removes.length} removed, ${plan.unchanged.length} unchanged`,
  ].join('');
  return `${table.toString()}\n${totals}`;
}
