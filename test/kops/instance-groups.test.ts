import {
  Bastion,
  type Cluster,
  type CommonInstanceGroupProps,
  InstanceGroup,
  NodeGroup,
  type NodeGroupProps,
  SshCredential,
} from '../../src';
import { aCluster, documentsOf, groupsOf } from './support';

const ABC = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMMTvK2ZMFUNPSrLzYBbPcGvlAvdxQz0gBvAOBHRFBPe admin';

function nodes(props: NodeGroupProps, cluster: Cluster = aCluster()) {
  new NodeGroup(cluster, 'nodes', props);
  return groupsOf(cluster).nodes;
}

test('a group without props is one machine, in all subnets for nodes', () => {
  const cluster = aCluster({ zones: ABC, topology: 'private' });
  expect(nodes({}, cluster)).toEqual({
    image: expect.stringContaining('amd64'),
    instanceMetadata: { httpTokens: 'required' },
    machineType: 't3.medium',
    maxSize: 1,
    minSize: 1,
    nodeLabels: { 'kops.k8s.io/instancegroup': 'nodes' },
    role: 'Node',
    subnets: ABC,
  });
});

test.each([
  [{ minSize: 3 }, 3, 3],
  [{ maxSize: 3 }, 1, 3],
  [{ maxSize: 0 }, 0, 0],
  [{ minSize: 0, maxSize: 3 }, 0, 3],
])('sizes %j', (props, minSize, maxSize) => expect(nodes(props)).toMatchObject({ minSize, maxSize }));

test('zones are places: each in its subnet', () => {
  const cluster = aCluster({ zones: ABC });
  expect(nodes({ zones: [ABC[2] ?? '', ABC[0] ?? ''] }, cluster).subnets).toEqual([ABC[2], ABC[0]]);
});

test('subnets can be named', () => {
  const cluster = aCluster({ zones: ABC, topology: 'private' });
  expect(nodes({ subnets: ['utility-eu-central-1b'] }, cluster).subnets).toEqual(['utility-eu-central-1b']);
});

describe('machine types and spot', () => {
  test.each([
    ['one type', { machineType: 'm5.large' }, 'm5.large', undefined],
    [
      'several types',
      { machineType: ['m5.large', 'm5a.large'] },
      'm5.large',
      { instances: ['m5.large', 'm5a.large'] },
    ],
    [
      'all spot',
      { machineType: 'm5.large', spot: true },
      'm5.large',
      {
        instances: ['m5.large'],
        onDemandBase: 0,
        onDemandAboveBase: 0,
        spotAllocationStrategy: 'capacity-optimized',
      },
    ],
    [
      'some spot',
      { machineType: ['m5.large', 'm5a.large'], spot: { onDemandBase: 2, onDemandAboveBase: 50 } },
      'm5.large',
      {
        instances: ['m5.large', 'm5a.large'],
        onDemandBase: 2,
        onDemandAboveBase: 50,
        spotAllocationStrategy: 'capacity-optimized',
      },
    ],
    ['no spot', { machineType: 'm5.large', spot: false }, 'm5.large', undefined],
  ])('%s', (_what, props, machineType, mixedInstancesPolicy) => {
    const group = nodes(props);
    expect([group.machineType, group.mixedInstancesPolicy]).toEqual([machineType, mixedInstancesPolicy]);
  });
});

test("fields with kOps's names go to the spec as they are; labels and metadata are added to", () => {
  const fields = {
    additionalSecurityGroups: ['sg-1'],
    cloudLabels: { team: 'a' },
    image: 'ami-1',
    maxPrice: '0.5',
    rootVolumeEncryption: true,
    rootVolumeSize: 100,
    rootVolumeType: 'gp3',
    taints: ['gpu=:NoSchedule'],
    tenancy: 'dedicated',
    volumeMounts: [{ device: '/dev/xvdd', filesystem: 'ext4', path: '/data' }],
    volumes: [{ device: '/dev/xvdd', size: 100, type: 'gp3' }],
  } satisfies CommonInstanceGroupProps;
  const group = nodes({
    ...fields,
    instanceMetadata: { httpPutResponseHopLimit: 2 },
    nodeLabels: { gpu: 'yes' },
  });
  expect(group).toMatchObject(fields);
  expect(group.instanceMetadata).toEqual({ httpTokens: 'required', httpPutResponseHopLimit: 2 });
  expect(group.nodeLabels).toEqual({ 'kops.k8s.io/instancegroup': 'nodes', gpu: 'yes' });
});

test('labels and annotations of the object are its metadata', () => {
  const cluster = aCluster({ labels: { a: 'b' } });
  new NodeGroup(cluster, 'nodes', { labels: { c: 'd' }, annotations: { e: 'f' } });
  const documents = documentsOf(cluster);
  expect(documents[0]?.metadata).toEqual({ name: 'c.k8s.local', labels: { a: 'b' } });
  expect(documents.find(({ metadata }) => metadata.name === 'nodes')?.metadata).toEqual({
    name: 'nodes',
    labels: { c: 'd', 'kops.k8s.io/cluster': 'c.k8s.local' },
    annotations: { e: 'f' },
  });
});

test('API servers sit with the nodes, after the control plane', () => {
  const cluster = aCluster({ dns: 'public', topology: 'private', bastion: true }, 'c.example.com');
  new InstanceGroup(cluster, 'apis', { role: 'APIServer', minSize: 2 });
  expect(groupsOf(cluster).apis).toMatchObject({ role: 'APIServer', minSize: 2, subnets: ['eu-central-1a'] });
  expect(Object.keys(groupsOf(cluster))).toEqual([
    'control-plane-eu-central-1a',
    'apis',
    'nodes-eu-central-1a',
    'bastions',
  ]);
});

test('a control plane of groups of the own kind', () => {
  const cluster = aCluster({ zones: ABC });
  for (const zone of ABC) new InstanceGroup(cluster, `cp-${zone}`, { role: 'ControlPlane', zones: [zone] });
  const [spec] = documentsOf(cluster).map((document) => document.spec as never);
  expect(spec).toMatchObject({
    etcdClusters: [{ etcdMembers: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }, {}],
  });
  expect(groupsOf(cluster)['cp-eu-central-1b']).toMatchObject({ role: 'Master', minSize: 1, maxSize: 1 });
});

test('Karpenter decides on sizes itself', () => {
  const group = nodes({ spec: { manager: 'Karpenter' } });
  expect(group).not.toHaveProperty('minSize');
  expect(group).not.toHaveProperty('maxSize');
});

test('etcd volumes', () => {
  const cluster = aCluster({ etcdVolume: { volumeType: 'gp3', volumeSize: 40 } });
  expect(documentsOf(cluster)[0]?.spec).toMatchObject({
    etcdClusters: [
      { etcdMembers: [{ encryptedVolume: true, name: 'a', volumeSize: 40, volumeType: 'gp3' }] },
      { etcdMembers: [{ encryptedVolume: true, name: 'a', volumeSize: 40, volumeType: 'gp3' }] },
    ],
  });
});

test('etcd clusters of an older cluster keep the names of their members', () => {
  const etcdClusters = [
    {
      name: 'main' as const,
      etcdMembers: [{ name: 'eu-central-1a', instanceGroup: 'master-eu-central-1a' }],
    },
  ];
  const cluster = aCluster({ etcdClusters });
  new InstanceGroup(cluster, 'master-eu-central-1a', { role: 'ControlPlane' });
  expect(documentsOf(cluster)[0]?.spec).toMatchObject({ etcdClusters });
  expect(
    aCluster({ etcdClusters, etcdVolume: { volumeSize: 40 } })
      .manifest()
      .findings.map(({ field, message }) => `${field} ${message}`),
  ).toContain('etcdVolume etcdClusters say themselves what the volumes are: give one of the two');
});

describe('bastions', () => {
  test('sit in all private subnets, or where they are told to', () => {
    const cluster = aCluster({
      zones: ABC,
      topology: 'private',
      bastion: { zones: [ABC[1] ?? ''], minSize: 2 },
    });
    expect(groupsOf(cluster).bastions).toMatchObject({
      subnets: [ABC[1]],
      minSize: 2,
      machineType: 't3.micro',
    });
    const other = aCluster({ zones: ABC, topology: 'private' });
    new Bastion(other, 'jump', { machineType: 't4g.nano' });
    expect(groupsOf(other).jump).toMatchObject({ subnets: ABC, image: expect.stringContaining('arm64') });
  });
});

describe('default nodes', () => {
  test('are left out where a group is declared, or with false', () => {
    const cluster = aCluster({ zones: ABC });
    new NodeGroup(cluster, 'mine');
    expect(Object.keys(groupsOf(cluster))).toEqual(['control-plane-eu-central-1a', 'mine']);
  });

  test('come beside a declared group where the props ask for them', () => {
    const cluster = aCluster({ nodes: { machineType: 'm5.large' } });
    new NodeGroup(cluster, 'mine');
    expect(Object.keys(groupsOf(cluster))).toEqual([
      'control-plane-eu-central-1a',
      'mine',
      'nodes-eu-central-1a',
    ]);
  });
});

describe('SSH keys', () => {
  const KEY = {
    apiVersion: 'kops.k8s.io/v1alpha2',
    kind: 'SSHCredential',
    metadata: { name: 'admin', labels: { 'kops.k8s.io/cluster': 'c.k8s.local' } },
    spec: { publicKey: PUBLIC_KEY },
  };

  test('come last, by prop or as a construct', () => {
    const cluster = aCluster();
    new SshCredential(cluster, 'admin', { publicKey: PUBLIC_KEY });
    expect(documentsOf(cluster).at(-1)).toEqual(KEY);
    expect(documentsOf(aCluster({ sshPublicKey: PUBLIC_KEY })).at(-1)).toEqual(KEY);
  });

  test.each([
    `${PUBLIC_KEY}\n`,
    `from="10.0.0.0/8" ${PUBLIC_KEY}`,
    'ecdsa-sha2-nistp256 AAAAE2Vj=',
    'sk-ssh-ed25519@openssh.com AAAAGn',
  ])('%j is one', (publicKey) => {
    expect(documentsOf(aCluster({ sshPublicKey: publicKey })).at(-1)?.spec).toEqual({ publicKey });
  });
});
