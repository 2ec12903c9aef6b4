import { clusterFile, MANIFEST_FILE, PIPELINE_FILE } from '../delivery';
import { instanceGroupsIn } from '../delivery/overview';
import { accessProblems, carryOut } from '../synth';
import { fleetTable } from './fleet-table';
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
  const clusters = synthesis.overview.waves.flatMap((wave) => wave.clusters);
  // Clusters are in the table; what else changed is not.
  const removed = plan.removes.map(({ path }) => `${outputStyle.red('removed')} ${path}\n`);
  const totals = [
    count(clusters.length, 'cluster'),
    count(instanceGroupsIn(clusters) ?? 0, 'instance group'),
    `${count(plan.writes.length, 'file')} written`,
    `${plan.removes.length} removed`,
    `${plan.unchanged.length} unchanged`,
  ];
  return `${fleetTable(synthesis.overview, status)}${removed.join('')}${totals.join(', ')}\n`;
}
