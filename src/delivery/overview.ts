import { isRetired } from './cluster-variables';
import { type Deliverable, type Delivered, instanceGroupsOf } from './deliverable';
import type { Fleet } from './fleet';
import type { Approval } from './rollout';
import type { Wave } from './wave';
import { hasOpen } from './wave-delivery';

/** What people want to know of a fleet at a glance: `synth` prints it, `graph` draws it. */
export interface FleetOverview {
  /** In the order in which they are rolled out. */
  readonly waves: readonly WaveOverview[];
  /** Whether there are jobs at all: without them nothing is approved, and nothing waits. */
  readonly hasPipeline: boolean;
}

/** One wave in an overview. */
export interface WaveOverview {
  readonly name: string;
  /** What a person starts. */
  readonly approval: Approval;
  /** How many clusters change at once; `undefined`: as many as there are. */
  readonly maxParallel: number | undefined;
  /** The cluster that goes first, where one of the wave's clusters does. */
  readonly canary: string | undefined;
  /** What opens the wave; `undefined` where it is open from the start. */
  readonly gate: GateOverview | undefined;
  /** As declared. */
  readonly clusters: readonly ClusterOverview[];
}

/** What opens a wave. */
export interface GateOverview {
  /** The waves that must have been rolled out, in their order; none before the first one. */
  readonly after: readonly string[];
  /** For how long they must have been, as the fleet says it. */
  readonly soak: string | undefined;
  /** Whether a person starts it, too. */
  readonly isByHand: boolean;
}

/** One cluster in an overview. */
export interface ClusterOverview {
  readonly name: string;
  /** The kOps version; nothing where the cluster's mistakes hide it. */
  readonly kops: string | undefined;
  /** The Kubernetes version; nothing where only the job knows the manifest. */
  readonly kubernetes: string | undefined;
  /** How many instance groups its manifest has; nothing where only the job knows. */
  readonly instanceGroups: number | undefined;
  /** Whether it is on its way out. */
  readonly isRetired: boolean;
}

/** The overview of a cluster, out of what was made for its jobs. */
export function clusterOverview(name: string, { delivery, documents }: Delivered): ClusterOverview {
  const spec = documents.find(({ kind }) => kind === 'Cluster')?.spec;
  const kubernetes = spec?.kubernetesVersion;
  return {
    name,
    kops: delivery?.kopsVersion,
    kubernetes: kubernetes === undefined || kubernetes === '' ? undefined : String(kubernetes),
    instanceGroups: spec && instanceGroupsOf(documents).length,
    isRetired: delivery !== undefined && isRetired(delivery),
  };
}

/** The overview of a fleet, out of those of its clusters. */
export function fleetOverview(
  fleet: Fleet,
  clusters: ReadonlyMap<Deliverable, ClusterOverview>,
): FleetOverview {
  const names: string[] = [];
  const waves = fleet.waves.map((wave) => {
    const own = wave.clusters.flatMap((cluster) => clusters.get(cluster) ?? []);
    const overview = waveOverview(wave, own, [...names]);
    // Nobody asks for a wave whose clusters are all to end.
    if (own.some((cluster) => !cluster.isRetired)) names.push(wave.name);
    return overview;
  });
  return { waves, hasPipeline: fleet.pipeline !== false };
}

function waveOverview(
  wave: Wave,
  clusters: readonly ClusterOverview[],
  after: readonly string[],
): WaveOverview {
  const { name, approval, maxParallel } = wave;
  const isCanary = (cluster: ClusterOverview) => cluster.name === wave.canary && !cluster.isRetired;
  // Before the first wave nothing was rolled out, and nothing can have been so for a while.
  const soak = after.length > 0 ? wave.soak : undefined;
  const gate = hasOpen(wave) ? { after, soak, isByHand: approval === 'wave' } : undefined;
  return { name, approval, maxParallel, canary: clusters.find(isCanary)?.name, gate, clusters };
}

/**
 * Clusters that run the same versions and share what `alike` says of them, in the order of their first ones: of many
 * clusters nobody wants to see each.
 */
export function groupedByVersions<C extends ClusterOverview>(
  clusters: readonly C[],
  alike: (cluster: C) => string = () => '',
): C[][] {
  const groups = new Map<string, C[]>();
  for (const cluster of clusters) {
    const { kops, kubernetes, isRetired: isEnding } = cluster;
    const key = JSON.stringify([kops, kubernetes, isEnding, alike(cluster)]);
    const group = groups.get(key);
    if (group) group.push(cluster);
    else groups.set(key, [cluster]);
  }
  return [...groups.values()];
}

/** How many instance groups clusters have together; `undefined` where no manifest says it. */
export function instanceGroupsIn(clusters: readonly ClusterOverview[]): number | undefined {
  const known = clusters.flatMap(({ instanceGroups }) => instanceGroups ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, groups) => sum + groups, 0);
}
