import {
  type Approval,
  Delivery,
  Fleet,
  type FleetProps,
  KopsCluster,
  Wave,
  type WaveProps,
} from '../../../src';
import { BASE } from '../support';
import type { Random } from './random';

/** A wave of a test's fleet. Its clusters are named after it: `dev1.example.com`. */
export interface WaveSpec extends Omit<WaveProps, 'canary'> {
  readonly clusters: number;
  /** Whether its first cluster goes first. */
  readonly hasCanary?: boolean;
  /** How many further clusters are to end: `dev-old1.example.com`. */
  readonly retired?: number;
}

/** Waves by their names. */
export type FleetSpec = Readonly<Record<string, WaveSpec>>;

/** A fleet of clusters that are cheap to make. */
export function fleetOf(spec: FleetSpec, props: FleetProps = {}): Fleet {
  const fleet = new Fleet({ ...BASE, ...props });
  for (const [name, { clusters: _, hasCanary, retired: __, ...waveProps }] of Object.entries(spec)) {
    const wave = new Wave(fleet, name, { ...waveProps, ...(hasCanary && { canary: clusterName(name, 1) }) });
    for (const cluster of clustersOf(spec, name)) add(wave, cluster, false);
    for (const cluster of retiredOf(spec, name)) add(wave, cluster, true);
  }
  return fleet;
}

function add(wave: Wave, name: string, retired: boolean): void {
  const cluster = new KopsCluster(wave, name, { spec: { cloudProvider: 'gce' } });
  if (retired) Delivery.of(cluster).set({ retired });
}

/** `dev1.example.com` */
export function clusterName(wave: string, number: number): string {
  return `${wave}${number}.example.com`;
}

/** The clusters of a wave that are rolled out. */
export function clustersOf(spec: FleetSpec, wave: string): string[] {
  return Array.from({ length: spec[wave]?.clusters ?? 0 }, (_, index) => clusterName(wave, index + 1));
}

/** The clusters of a wave that are to end. */
export function retiredOf(spec: FleetSpec, wave: string): string[] {
  return Array.from({ length: spec[wave]?.retired ?? 0 }, (_, index) =>
    clusterName(`${wave}-old`, index + 1),
  );
}

/** All clusters. */
export function allOf(spec: FleetSpec): string[] {
  return Object.keys(spec).flatMap((wave) => [...clustersOf(spec, wave), ...retiredOf(spec, wave)]);
}

/** One of the files of a cluster that its jobs are made from. */
export function fileOf(cluster: string, random?: Random): string {
  return `clusters/${cluster}/${random?.chance(0.5) ? 'pipeline.yml' : 'kops.yaml'}`;
}

const APPROVALS: readonly Approval[] = ['every-step', 'cluster', 'wave', 'none'];

/** Any fleet of one to three waves. */
export function anyFleet(random: Random, most = 4): FleetSpec {
  const names = ['dev', 'stage', 'prod'].slice(random.pick([0, 1, 1, 2, 2]) === 0 ? 2 : random.pick([0, 1]));
  return Object.fromEntries(names.map((name) => [name, anyWave(random, most)]));
}

function anyWave(random: Random, most: number): WaveSpec {
  return {
    clusters: random.pick(Array.from({ length: most }, (_, index) => index + 1)),
    hasCanary: random.chance(0.4),
    retired: random.chance(0.2) ? 1 : 0,
    approval: random.pick(APPROVALS),
    ...(random.chance(0.5) && { maxParallel: random.pick([1, 2, 3]) }),
    ...(random.chance(0.4) && { soak: random.pick(['12h', '3 days']) }),
    ...(random.chance(0.3) && { prune: false }),
    plansInMergeRequests: random.chance(0.5),
  };
}
