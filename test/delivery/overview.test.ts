import { Cluster, Fleet, type FleetProps, Wave, type WaveProps } from '../../src';
import { deliver, deliverablesOf } from '../../src/delivery/deliverable';
import {
  type ClusterOverview,
  clusterOverview,
  fleetOverview,
  groupedByVersions,
  instanceGroupsIn,
} from '../../src/delivery/overview';
import { BASE } from './support';

const ZONES = ['eu-central-1a'];

/** The overview of a fleet of these waves, each of the clusters `a.<wave>.k8s.local` and `b.<wave>.k8s.local`. */
function overviewOf(waves: Readonly<Record<string, WaveProps>>, props: FleetProps = {}) {
  const fleet = new Fleet({ ...BASE, ...props });
  for (const [name, waveProps] of Object.entries(waves)) {
    const wave = new Wave(fleet, name, waveProps);
    new Cluster(wave, `a.${name}.k8s.local`, { zones: ZONES });
    new Cluster(wave, `b.${name}.k8s.local`, { zones: ZONES, kubernetesVersion: '1.34.2', retired: true });
  }
  const clusters = deliverablesOf(fleet).map(
    (cluster) => [cluster, clusterOverview(cluster.name, deliver(cluster, __dirname))] as const,
  );
  return fleetOverview(fleet, new Map(clusters));
}

const gatesOf = (...given: Parameters<typeof overviewOf>) =>
  overviewOf(...given).waves.map(({ gate }) => gate);

test('waves and clusters as they were declared, with versions and instance groups', () => {
  const { waves, hasPipeline } = overviewOf({ zeta: {}, alpha: { maxParallel: 3, approval: 'none' } });
  expect(hasPipeline).toBe(true);
  expect(waves.map(({ name, approval, maxParallel }) => [name, approval, maxParallel])).toEqual([
    ['zeta', 'every-step', undefined],
    ['alpha', 'none', 3],
  ]);
  expect(waves[0]?.clusters).toEqual([
    { name: 'a.zeta.k8s.local', kops: '1.36.2', kubernetes: '1.35.1', instanceGroups: 2, isRetired: false },
    { name: 'b.zeta.k8s.local', kops: '1.36.2', kubernetes: '1.34.2', instanceGroups: 2, isRetired: true },
  ]);
});

test('a wave opens after all waves before it; the first is open, unless a person has to start it', () => {
  expect(gatesOf({ one: {}, two: { soak: '12h' }, three: { approval: 'wave' } })).toEqual([
    undefined,
    { after: ['one'], soak: '12h', isByHand: false },
    { after: ['one', 'two'], soak: undefined, isByHand: true },
  ]);
  expect(gatesOf({ one: { approval: 'wave' } })).toEqual([{ after: [], soak: undefined, isByHand: true }]);
});

test('settings of the fleet hold for its waves; the first has nothing to wait for', () => {
  expect(gatesOf({ one: {}, two: {}, three: { soak: '1h' } }, { approval: 'wave', soak: '2 days' })).toEqual([
    { after: [], soak: undefined, isByHand: true },
    { after: ['one'], soak: '2 days', isByHand: true },
    { after: ['one', 'two'], soak: '1h', isByHand: true },
  ]);
});

test('a canary is one of the clusters that are rolled out', () => {
  const canaryOf = (canary: string) => overviewOf({ one: { canary } }).waves[0]?.canary;
  expect(canaryOf('a.one.k8s.local')).toBe('a.one.k8s.local');
  expect(canaryOf('b.one.k8s.local')).toBeUndefined();
  expect(canaryOf('nobody.k8s.local')).toBeUndefined();
});

test('a fleet without jobs says so', () => {
  expect(overviewOf({ one: {} }, { pipeline: false }).hasPipeline).toBe(false);
});

describe('clusters of equal versions', () => {
  const cluster = (name: string, kubernetes?: string, isRetired = false): ClusterOverview => ({
    ...{ name, kops: '1.36.2', kubernetes, isRetired },
    instanceGroups: kubernetes === undefined ? undefined : 3,
  });
  const clusters = [
    ...[cluster('a', '1.35.5'), cluster('b', '1.34.2'), cluster('c', '1.35.5'), cluster('d', '1.35.5', true)],
    ...[cluster('e'), cluster('f', '1.34.2')],
  ];
  const names = (groups: ClusterOverview[][]) =>
    groups.map((group) => group.map(({ name }) => name).join(''));

  test('are together, in the order of the first ones; retired ones apart', () => {
    expect(names(groupedByVersions(clusters))).toEqual(['ac', 'bf', 'd', 'e']);
  });

  test('can be told apart by more', () => {
    expect(names(groupedByVersions(clusters, ({ name }) => (name < 'c' ? 'new' : '')))).toEqual([
      ...['a', 'b', 'c', 'd', 'e', 'f'],
    ]);
  });

  test('have as many instance groups as is known', () => {
    expect(instanceGroupsIn(clusters)).toBe(15);
    expect(instanceGroupsIn([cluster('e')])).toBeUndefined();
    expect(instanceGroupsIn([])).toBeUndefined();
  });
});
