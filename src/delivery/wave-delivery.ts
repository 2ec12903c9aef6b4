import { createHash } from 'node:crypto';
import type { Construct } from 'constructs';
import type { ClusterDelivery } from './cluster-delivery';
import { isRetired } from './cluster-variables';
import type { Fleet } from './fleet';
import { Wave } from './wave';

/** A wave as its jobs see it. */
export interface WaveDelivery {
  readonly wave: Wave;
  /** Those that are to be rolled out; what is retired has no part in it. */
  readonly clusters: readonly ClusterDelivery[];
  /** Those that are to end. */
  readonly retired: readonly ClusterDelivery[];
  /** The cluster that goes first. */
  readonly canary: ClusterDelivery | undefined;
  /** Whether a job opens it: the waves before have to be rolled out, or a person has to say so. */
  readonly hasOpen: boolean;
  /** Where its clusters stand, by their names. */
  readonly places: ReadonlyMap<string, Place>;
}

/** Where a cluster stands in its wave. */
export interface Place {
  /** The cluster whose roll-out it waits for, because that goes first. */
  readonly canary: string | undefined;
  /** What it shares with the clusters that must not change at the same time, where that is bounded. */
  readonly slot: string | undefined;
  /** The cluster before it in the same slot, whose failure stops it. */
  readonly previous: string | undefined;
}

/** The clusters of a fleet by their waves. */
export function waveDeliveries(fleet: Fleet, clusters: readonly ClusterDelivery[]): WaveDelivery[] {
  const byWave = new Map<Wave | undefined, ClusterDelivery[]>();
  for (const cluster of clusters) {
    const wave = waveOf(cluster.construct);
    const others = byWave.get(wave);
    if (others) others.push(cluster);
    else byWave.set(wave, [cluster]);
  }
  return fleet.waves.map((wave) => {
    const all = byWave.get(wave) ?? [];
    const live = all.filter((cluster) => !isRetired(cluster));
    const canary = live.find(({ name }) => name === wave.canary);
    const retired = all.filter(isRetired);
    return {
      wave,
      clusters: live,
      retired,
      canary,
      hasOpen: hasOpen(wave),
      places: places(wave, live, retired, canary),
    };
  });
}

/** The wave that a construct is in, or is; none for the fleet. */
export function waveOf(construct: Construct): Wave | undefined {
  return construct.node.scopes.find(Wave.isWave);
}

/** Whether a job opens the wave; the first one is open unless a person has to say so. */
export function hasOpen(wave: Wave): boolean {
  return wave.approval === 'wave' || wave.node.scope?.node.children.find(Wave.isWave) !== wave;
}

/**
 * SHA-256 of a cluster's name, as hex digits: what clusters are spread by. Names that begin alike are spread as others are, and
 * to add a cluster moves no other.
 */
export function spreadKey({ name }: ClusterDelivery): string {
  return createHash('sha256').update(name).digest('hex');
}

/** Whether clusters that share a slot follow each other, so that one that fails stops those behind it. */
export function isChained({ approval, maxParallel }: Wave): boolean {
  return maxParallel !== undefined && (approval === 'wave' || approval === 'none');
}

function places(
  wave: Wave,
  live: readonly ClusterDelivery[],
  retired: readonly ClusterDelivery[],
  canary: ClusterDelivery | undefined,
): Map<string, Place> {
  const { name, maxParallel } = wave;
  const last = new Map<string, string>();
  // Those that are to end are locked like all others, and in nobody's way.
  const apart = new Set([...retired, canary]);
  const all = [...live, ...retired];
  const keyed = all.map((cluster) => ({ cluster, key: maxParallel ? spreadKey(cluster) : '' }));
  // By their keys, so that those which are chained are in one child pipeline, where there are such.
  if (maxParallel) keyed.sort(({ key: one }, { key: other }) => (one < other ? -1 : 1));
  return new Map(
    keyed.map(({ cluster, key }) => {
      const slot = maxParallel && `${name}/${(Number.parseInt(key.slice(0, 8), 16) % maxParallel) + 1}`;
      const isInTurn = slot && isChained(wave) && !apart.has(cluster);
      const previous = isInTurn ? last.get(slot) : undefined;
      if (isInTurn) last.set(slot, cluster.name);
      const place: Place = {
        canary: cluster === canary ? undefined : canary?.name,
        slot: slot || undefined,
        previous,
      };
      return [cluster.name, place];
    }),
  );
}
