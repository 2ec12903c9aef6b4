import { fleetTable } from '../../src/cli/fleet-table';
import type { FleetOverview } from '../../src/delivery/overview';
import { clusterOf, fleetOf, manyClusters, waveOf } from './support/overview';

/** The cells of a table; a blank line is an empty row. */
const cells = (fleet: FleetOverview, status: (cluster: string) => string = () => 'unchanged') =>
  fleetTable(fleet, status)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/));

const HEAD = ['wave', 'cluster', 'kOps', 'Kubernetes', 'instance groups'];
const gate = (after: readonly string[], soak?: string, isByHand = false) => ({ after, soak, isByHand });

test('of a single wave with nothing set only the clusters are of interest', () => {
  const fleet = fleetOf(waveOf('dev', [clusterOf('a.k8s.local')]));
  expect(cells(fleet)).toEqual([HEAD, ['dev', 'a.k8s.local', '1.36.2', '1.35.5', '2', 'unchanged']]);
});

test('a wave with something set, or that opens later, is told of', () => {
  const { waves } = fleetOf(
    waveOf('dev', [clusterOf('a.k8s.local')]),
    waveOf('prod', [clusterOf('b.k8s.local')], { gate: gate(['dev']) }),
  );
  expect(cells(fleetOf(...waves)).slice(0, 5)).toEqual([
    ['wave', 'approval', 'opens'],
    ['dev', 'every-step', 'at once'],
    ['prod', 'every-step', 'when dev is rolled out'],
    [''],
    HEAD,
  ]);
  expect(cells({ waves, hasPipeline: false })[0]).toEqual(HEAD);
});

test('canaries and maxParallel have columns where a wave has them', () => {
  const fleet = fleetOf(
    waveOf('one', [clusterOf('a.k8s.local')], { approval: 'wave', gate: gate([], undefined, true) }),
    waveOf('two', [clusterOf('b.k8s.local')], { gate: gate(['one'], '2 days'), canary: 'b.k8s.local' }),
    waveOf('three', [clusterOf('c.k8s.local')], { gate: gate(['one', 'two'], '3600', true), maxParallel: 4 }),
    waveOf('four', [clusterOf('d.k8s.local')], { approval: 'none', gate: gate(['one', 'two', 'three']) }),
  );
  expect(cells(fleet).slice(0, 5)).toEqual([
    ['wave', 'approval', 'opens', 'canary', 'maxParallel'],
    ['one', 'wave', 'by hand', '-', '-'],
    ['two', 'every-step', '2 days after one is rolled out', 'b.k8s.local', '-'],
    ['three', 'every-step', '3600 seconds after one and two are rolled out, by hand', '-', '4'],
    ['four', 'none', 'when the waves before are rolled out', '-', '-'],
  ]);
});

test('what is not known has a dash, what is retired says so', () => {
  const unknown = { kops: undefined, kubernetes: undefined, instanceGroups: undefined };
  const fleet = fleetOf(waveOf('dev', [clusterOf('a.k8s.local', { ...unknown, isRetired: true })]));
  expect(cells(fleet)[1]).toEqual(['dev', 'a.k8s.local', '-', '-', '-', 'unchanged, retired']);
});

test('of many clusters that are alike two are named; what differs is told apart', () => {
  const clusters = manyClusters(1_000, (index) => ({
    ...(index % 2 === 1 ? { kubernetes: '1.34.2' } : {}),
    instanceGroups: index === 0 ? undefined : 3,
  }));
  const status = (name: string) => (name === 'c4.k8s.example.com' ? 'changed' : 'unchanged');
  expect(cells(fleetOf(waveOf('prod', clusters)), status)).toEqual([
    HEAD,
    ['prod', 'c0.k8s.example.com', '1.36.2', '1.35.5', '-', 'unchanged'],
    ['prod', 'c2.k8s.example.com', '1.36.2', '1.35.5', '3', 'unchanged'],
    ['prod', '… and 497 more', '1.36.2', '1.35.5', '1491', 'unchanged'],
    ['prod', 'c1.k8s.example.com', '1.36.2', '1.34.2', '3', 'unchanged'],
    ['prod', 'c3.k8s.example.com', '1.36.2', '1.34.2', '3', 'unchanged'],
    ['prod', '… and 498 more', '1.36.2', '1.34.2', '1494', 'unchanged'],
    ['prod', 'c4.k8s.example.com', '1.36.2', '1.35.5', '3', 'changed'],
  ]);
});

test('thirty clusters are all named, also beside a wave that is folded; a row stands for more than one', () => {
  const rowsOf = (count: number) => cells(fleetOf(waveOf('dev', manyClusters(count)))).length - 1;
  expect([rowsOf(30), rowsOf(31)]).toEqual([30, 3]);
  const three = manyClusters(3, () => ({ kops: '1.35.1' }));
  const mixed = fleetOf(waveOf('dev', [...manyClusters(30), ...three]));
  expect(cells(mixed).filter(([, name]) => name?.startsWith('…'))).toEqual([
    ['dev', '… and 28 more', '1.36.2', '1.35.5', '56', 'unchanged'],
  ]);
});
