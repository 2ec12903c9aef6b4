import type { ClusterOverview, FleetOverview, WaveOverview } from '../../../src/delivery/overview';

/** A cluster of an overview. */
export function clusterOf(name: string, more: Partial<ClusterOverview> = {}): ClusterOverview {
  return { name, kops: '1.36.2', kubernetes: '1.35.5', instanceGroups: 2, isRetired: false, ...more };
}

/** A wave of an overview, by default with nothing set. */
export function waveOf(
  name: string,
  clusters: readonly ClusterOverview[],
  more: Partial<WaveOverview> = {},
): WaveOverview {
  const nothing = {
    approval: 'every-step',
    maxParallel: undefined,
    canary: undefined,
    gate: undefined,
  } as const;
  return { name, clusters, ...nothing, ...more };
}

/** The overview of a fleet with a pipeline. */
export function fleetOf(...waves: readonly WaveOverview[]): FleetOverview {
  return { waves, hasPipeline: true };
}

/** So many clusters. */
export function manyClusters(count: number, more: (index: number) => Partial<ClusterOverview> = () => ({})) {
  return Array.from({ length: count }, (_, index) => clusterOf(`c${index}.k8s.example.com`, more(index)));
}
