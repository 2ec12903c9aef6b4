import {
  type ClusterOverview,
  type FleetOverview,
  groupedByVersions,
  instanceGroupsIn,
  type WaveOverview,
} from '../../delivery/overview';
import { count } from '../report';
import { openingOf } from '../wave-words';

/** A wave with more clusters than this is folded, unless all are wanted. */
const MOST_BOXES_OF_A_WAVE = 50;

/** Boxes below each other that nobody minds. */
const SHORT_COLUMN = 8;

/** What a box stands for: its looks differ. */
export type BoxKind = 'cluster' | 'canary' | 'group' | 'retired' | 'gate';

/** One box of a drawing. */
export interface Box {
  /** A name that no other box of the drawing has, and that does not change when other clusters come or go. */
  readonly key: string;
  readonly kind: BoxKind;
  readonly lines: readonly string[];
}

/** One wave of a drawing. */
export interface DrawnWave {
  readonly name: string;
  /** What it is, and how it is rolled out. */
  readonly title: readonly string[];
  /** What opens it; `undefined` where it is open from the start. */
  readonly gate: Box | undefined;
  /** What goes first. */
  readonly canary: Box | undefined;
  /** Clusters that are rolled out together, after the canary where there is one. */
  readonly boxes: readonly Box[];
  /** Clusters that are to end: they wait for nothing. */
  readonly retired: readonly Box[];
}

/** Waves in their order. */
export type Drawing = readonly DrawnWave[];

/** Which part of a fleet is drawn. */
export interface DrawingOptions {
  /** Only the wave of this name. */
  readonly wave?: string;
  /** Whether each cluster gets a box of its own, however many there are. */
  readonly all?: boolean;
}

/** The fleet as boxes, the same for all formats. */
export function drawingOf({ waves, hasPipeline }: FleetOverview, { wave, all }: DrawingOptions): Drawing {
  return waves
    .filter(({ name }) => wave === undefined || name === wave)
    .map((one) => drawnWave(one, hasPipeline, all ? Number.POSITIVE_INFINITY : MOST_BOXES_OF_A_WAVE));
}

function drawnWave(wave: WaveOverview, hasPipeline: boolean, most: number): DrawnWave {
  const { name, clusters, approval, maxParallel, gate } = wave;
  const isFirst = (cluster: ClusterOverview) => hasPipeline && cluster.name === wave.canary;
  const others = clusters.filter((cluster) => !isFirst(cluster));
  const groups = clusters.length > most ? groupedByVersions(others) : others.map((cluster) => [cluster]);
  const boxes = groups.map((group) => boxOf(name, group));
  const canary = clusters.find(isFirst);
  const settings = [`approval ${approval}`, maxParallel === undefined ? [] : `maxParallel ${maxParallel}`];
  return {
    name,
    title: [
      `${name}: ${count(clusters.length, 'cluster')}`,
      hasPipeline ? settings.flat().join(', ') : [],
    ].flat(),
    gate: hasPipeline && gate ? { key: `open:${name}`, kind: 'gate', lines: gateLines(wave) } : undefined,
    canary: canary && clusterBox(canary, 'canary', ['canary: goes first']),
    boxes: boxes.filter(({ kind }) => kind !== 'retired'),
    retired: boxes.filter(({ kind }) => kind === 'retired'),
  };
}

function gateLines({ name, gate }: WaveOverview): string[] {
  const [first, ...others] = openingOf(gate);
  return [`${name} opens`, `${first}`, ...others.map((words) => `and ${words}`)];
}

/** One cluster by its name, several by their number. */
function boxOf(wave: string, group: readonly ClusterOverview[]): Box {
  const [first, second] = group;
  if (!first) throw new RangeError('a box needs a cluster');
  const kind = first.isRetired ? 'retired' : second ? 'group' : 'cluster';
  const end = first.isRetired ? ['retired'] : [];
  if (!second) return clusterBox(first, kind, end);
  const lines = [count(group.length, 'cluster'), ...details(first, instanceGroupsIn(group)), ...end];
  return { key: [wave, kind, first.kops, first.kubernetes].join('/'), kind, lines };
}

function clusterBox(cluster: ClusterOverview, kind: BoxKind, end: readonly string[]): Box {
  const { name, instanceGroups } = cluster;
  return { key: name, kind, lines: [name, ...details(cluster, instanceGroups), ...end] };
}

function details({ kops, kubernetes }: ClusterOverview, instanceGroups: number | undefined): string[] {
  return [
    kops === undefined ? [] : `kOps ${kops}`,
    kubernetes === undefined ? [] : `Kubernetes ${kubernetes}`,
    instanceGroups === undefined ? [] : count(instanceGroups, 'instance group'),
  ].flat();
}

/**
 * Boxes in rows, to be read column by column: a single column while it is short, else about as high as wide, for boxes
 * that are some three times as wide as high.
 */
export function rowsOf(boxes: readonly Box[]): Box[][] {
  const height = Math.max(SHORT_COLUMN, Math.ceil(Math.sqrt(3 * boxes.length)));
  const rows: Box[][] = [];
  for (const [index, box] of boxes.entries()) {
    const row = rows[index % height];
    if (row) row.push(box);
    else rows.push([box]);
  }
  return rows;
}
