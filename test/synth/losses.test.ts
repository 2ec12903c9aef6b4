import { Cluster, Fleet, StateStore, Wave } from '../../src';
import { losses, synthesise } from '../../src/synth';

const FILE = 'clusters/a.k8s.local/kops.yaml';
const ZONES = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];

/** The manifest of a cluster with a control plane of so many members. */
function manifest(count: number, cloudLabels = {}): string {
  const fleet = new Fleet({
    stateStore: StateStore.s3('state'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.1',
    cloudLabels,
  });
  new Cluster(new Wave(fleet, 'dev'), 'a.k8s.local', { zones: ZONES, controlPlane: { count } });
  return synthesise(fleet).files.get(FILE) ?? '';
}

const between = (before: string | undefined, text: string) =>
  losses({ writes: [{ path: FILE, before, text }], removes: [], unchanged: [], problems: [] });

test('five members instead of three have other names: a warning that names those that go', () => {
  expect(between(manifest(3), manifest(5))).toEqual([
    {
      field: FILE,
      severity: 'warning',
      message: expect.stringContaining(
        'control-plane-eu-central-1a, control-plane-eu-central-1b, control-plane-eu-central-1c go',
      ),
    },
  ]);
});

test('a member more that takes no name away, another label, a new cluster: nothing to say', () => {
  expect(between(manifest(1), manifest(3))).toEqual([]);
  expect(between(manifest(3), manifest(3, { a: 'b' }))).toEqual([]);
  expect(between(undefined, manifest(3))).toEqual([]);
});
