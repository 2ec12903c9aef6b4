import {
  type ClusterOverview,
  type FleetOverview,
  groupedByVersions,
  instanceGroupsIn,
  type WaveOverview,
} from '../delivery/overview';
import { outputStyle } from './style';
import { table } from './table';
import { openingOf } from './wave-words';

/** A wave with more clusters than this is folded. */
const MOST_ROWS_OF_A_WAVE = 30;
/** How many of those that are alike are still named. */
const NAMED = 2;

/**
 * The fleet as text: its waves, where there is something to say of them, then its clusters.
 * @param status - what becomes of a cluster's files
 */
export function fleetTable(overview: FleetOverview, status: (cluster: string) => string): string {
  const waves = wavesTable(overview);
  return `${waves}${waves === '' ? '' : '\n'}${clustersTable(overview, status)}`;
}

type Column = readonly [head: string, cell: (wave: WaveOverview) => string | number | undefined];

const WAVE_COLUMNS: readonly Column[] = [
  ['wave', ({ name }) => name],
  ['approval', ({ approval }) => approval],
  ['opens', ({ gate }) => openingOf(gate).join(', ')],
  ['canary', ({ canary }) => canary],
  ['maxParallel', ({ maxParallel }) => maxParallel],
];

/** Nothing for a single wave with nothing set, and no column that is empty in all waves. */
function wavesTable({ waves, hasPipeline }: FleetOverview): string {
  const isPlain = ({ approval, gate, canary, maxParallel }: WaveOverview) =>
    approval === 'every-step' && !gate && canary === undefined && maxParallel === undefined;
  if (!hasPipeline || waves.every(isPlain)) return '';
  const columns = WAVE_COLUMNS.filter(([, cell]) => waves.some((wave) => cell(wave) !== undefined));
  return table(
    columns.map(([head]) => head),
    waves.map((wave) => columns.map(([, cell]) => String(cell(wave) ?? '-'))),
  );
}

function clustersTable({ waves }: FleetOverview, status: (cluster: string) => string): string {
  const rows = waves.flatMap(({ name: wave, clusters }) => {
    const row = (
      name: string,
      { kops, kubernetes }: ClusterOverview,
      groups: number | undefined,
      end: string,
    ) => [wave, name, kops ?? '-', kubernetes ?? '-', String(groups ?? '-'), end];
    const single = (cluster: ClusterOverview) =>
      row(cluster.name, cluster, cluster.instanceGroups, ending(cluster));
    const ending = ({ name, isRetired }: ClusterOverview) =>
      `${status(name)}${isRetired ? `, ${outputStyle.yellow('retired')}` : ''}`;
    if (clusters.length <= MOST_ROWS_OF_A_WAVE) return clusters.map(single);
    return groupedByVersions(clusters, ending).flatMap((group) => {
      const [first, ...rest] = group.slice(NAMED);
      if (!first || rest.length === 0) return group.map(single);
      const more = row(
        `… and ${rest.length + 1} more`,
        first,
        instanceGroupsIn([first, ...rest]),
        ending(first),
      );
      return [...group.slice(0, NAMED).map(single), more];
    });
  });
  return table(['wave', 'cluster', 'kOps', 'Kubernetes', 'instance groups', ''], rows, [4]);
}
