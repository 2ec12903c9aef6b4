import { KopsCluster, KopsInstanceGroup, KopsSshCredential, StateStore } from '../../src';
import { aWave, documentsOf, findingsOf, untyped } from './support';

// L1: objects written down field by field, for clouds and cases that Cluster has no defaults for.

function onHetzner() {
  const cluster = new KopsCluster(aWave({ stateStore: StateStore.s3('state') }), 'h.k8s.local', {
    spec: {
      cloudProvider: 'hetzner',
      etcdClusters: [{ name: 'main', etcdMembers: [{ name: 'a', instanceGroup: 'cp' }] }],
      networking: { cilium: {} },
      nonMasqueradeCIDR: '100.64.0.0/10',
      subnets: [{ name: 'fsn1', zone: 'fsn1', type: 'Public' }],
      topology: { dns: { type: 'None' } },
    },
  });
  new KopsInstanceGroup(cluster, 'cp', {
    spec: { role: 'ControlPlane', minSize: 1, maxSize: 1, subnets: ['fsn1'] },
  });
  new KopsInstanceGroup(cluster, 'nodes', { spec: { role: 'Node', machineType: 'cx32', subnets: ['fsn1'] } });
  return cluster;
}

test('documents are what was written, with configBase and kubernetesVersion from the settings', () => {
  const documents = documentsOf(onHetzner());
  expect(documents.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
    ['Cluster', 'h.k8s.local'],
    ['InstanceGroup', 'cp'],
    ['InstanceGroup', 'nodes'],
  ]);
  expect(documents[0]?.spec).toMatchObject({
    configBase: 's3://state/h.k8s.local',
    kubernetesVersion: '1.35.1',
    cloudProvider: 'hetzner',
  });
  expect(documents[2]).toEqual({
    apiVersion: 'kops.k8s.io/v1alpha2',
    kind: 'InstanceGroup',
    metadata: { name: 'nodes', labels: { 'kops.k8s.io/cluster': 'h.k8s.local' } },
    spec: { role: 'Node', machineType: 'cx32', subnets: ['fsn1'] },
  });
});

test('what is written goes before the settings', () => {
  const spec = { configBase: 's3://other/x', kubernetesVersion: '1.34.0' };
  const cluster = new KopsCluster(aWave(), 'x.k8s.local', { spec });
  expect(cluster.manifest().objects[0]?.document.spec).toEqual(spec);
});

test('roles of L1 groups are told by their newer word', () => {
  const cluster = onHetzner();
  const group = new KopsInstanceGroup(cluster, 'old', { spec: { role: 'Master' } });
  expect(group.role).toBe('ControlPlane');
  expect(new KopsInstanceGroup(cluster, 'none', { spec: {} }).role).toBeUndefined();
});

test('an SSH key', () => {
  const cluster = onHetzner();
  new KopsSshCredential(cluster, 'admin', { spec: { publicKey: 'ssh-ed25519 AAAAC3Nz' } });
  expect(documentsOf(cluster).at(-1)?.kind).toBe('SSHCredential');
});

test('fails: a group without a role, and one with a role that there is not', () => {
  const cluster = onHetzner();
  new KopsInstanceGroup(cluster, 'none', { spec: {} });
  expect(findingsOf(cluster).join('\n')).toContain('[wave/h.k8s.local/none] spec.role: is missing');
  new KopsInstanceGroup(cluster, 'odd', { spec: { role: untyped('Nod') } });
  expect(findingsOf(cluster).join('\n')).toContain('did you mean "Node"?');
});

test('fails: a control plane that etcd does not know', () => {
  const cluster = onHetzner();
  new KopsInstanceGroup(cluster, 'cp2', { spec: { role: 'ControlPlane', subnets: ['fsn1'] } });
  expect(findingsOf(cluster)).toEqual([
    '[wave/h.k8s.local/cp2] the etcd cluster "main" has no member in this control-plane group',
  ]);
});
