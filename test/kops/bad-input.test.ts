import {
  Bastion,
  Cluster,
  ControlPlane,
  Fleet,
  formatFinding,
  InstanceGroup,
  KopsCluster,
  KopsInstanceGroup,
  NodeGroup,
  SshCredential,
  StateStore,
  UserError,
  Wave,
} from '../../src';
import { synthesise } from '../../src/synth';
import { aCluster, aWave, findingsOf, untyped } from './support';

const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMMTvK2ZMFUNPSrLzYBbPcGvlAvdxQz0gBvAOBHRFBPe admin';

describe('fails: names that are no DNS names', () => {
  const LONG = 'a'.repeat(64);
  test.each([
    '',
    'A.b',
    'a..b',
    '.a',
    'a.',
    '-a.b',
    'a_b',
    'a b',
    '../../etc',
    '/etc/passwd',
    'a/b',
    'a\nb',
    'a\u0000',
    'ä.b',
    `${LONG}.example.com`,
    `${'a.'.repeat(130)}a`,
    'constructor\n',
    '__proto__',
  ])('cluster and group %j', (name) => {
    const cluster = aCluster({ dns: 'public' }, name);
    new NodeGroup(cluster, name);
    const findings = findingsOf(cluster).filter((text) => text.includes('metadata.name'));
    expect(findings).toHaveLength(2);
    for (const text of findings) expect(text).not.toMatch(/\p{Cc}/u);
  });

  test('a name without a dot is one where there are no DNS records only', () => {
    expect(findingsOf(aCluster({ dns: 'public' }, 'dev'))).toEqual([
      expect.stringContaining('"dev" has no dot'),
    ]);
    expect(findingsOf(aCluster({ dns: 'none' }, 'dev'))).toEqual([]);
  });

  test('names that the library of constructs trips over are names all the same', () => {
    const cluster = aCluster();
    new NodeGroup(cluster, 'constructor');
    new NodeGroup(cluster, 'defaults');
    expect(findingsOf(cluster)).toEqual([]);
  });
});

describe('fails: twice', () => {
  test('a cluster in a wave', () => {
    const wave = aWave();
    new Cluster(wave, 'c.k8s.local', { zones: ['eu-central-1a'] });
    const again = new Cluster(wave, 'c.k8s.local', { zones: ['eu-central-1a'] });
    expect(findingsOf(again)).toEqual([
      '[wave/c.k8s.local (again)] the cluster "c.k8s.local" is declared twice in wave: names must differ',
    ]);
  });

  test('a cluster in two waves', () => {
    const wave = aWave();
    new Cluster(wave, 'c.k8s.local', { zones: ['eu-central-1a'] });
    const again = new Cluster(new Wave(untyped(wave.node.root), 'later'), 'c.k8s.local', {
      zones: ['eu-central-1a'],
    });
    expect(findingsOf(again)).toEqual([expect.stringContaining('[later/c.k8s.local]')]);
  });

  test('a group in one scope', () => {
    const cluster = aCluster();
    new NodeGroup(cluster, 'nodes');
    new NodeGroup(cluster, 'nodes');
    expect(findingsOf(cluster)).toEqual([
      '[wave/c.k8s.local/nodes (again)] metadata.name: the cluster has the InstanceGroup "nodes" twice: it is wave/c.k8s.local/nodes, too: names must differ',
    ]);
  });

  test('a group in two scopes', () => {
    const cluster = aCluster();
    const outer = new NodeGroup(cluster, 'outer');
    new NodeGroup(outer, 'nodes');
    new NodeGroup(cluster, 'nodes');
    expect(findingsOf(cluster)).toEqual([expect.stringContaining('it is wave/c.k8s.local/outer/nodes, too')]);
  });

  test('a control plane', () => {
    const cluster = aCluster();
    new ControlPlane(cluster);
    new ControlPlane(cluster);
    expect(findingsOf(cluster).join('\n')).toContain('controlPlane: the cluster has two control planes');
  });

  test('an SSH key', () => {
    const cluster = aCluster({ sshPublicKey: PUBLIC_KEY });
    new SshCredential(cluster, 'other', { publicKey: PUBLIC_KEY });
    expect(findingsOf(cluster)).toEqual([expect.stringContaining('kOps takes one a cluster')]);
  });
});

describe('fails: places', () => {
  test.each([
    ['no zone at all', { zones: [] }, 'the cluster has no subnets: give it at least one zone'],
    ['a region', { zones: ['eu-central-1'] }, '"eu-central-1" is no availability zone of AWS'],
    ['an empty text', { zones: [''] }, '"" is no availability zone of AWS'],
    ['a zone in capitals', { zones: ['EU-CENTRAL-1A'] }, 'is no availability zone of AWS'],
    [
      'two regions',
      { zones: ['eu-central-1a', 'us-east-1a'] },
      'zone "us-east-1a" is outside the cluster\'s region eu-central-1',
    ],
    [
      'a zone twice',
      { zones: ['eu-central-1a', 'eu-central-1a'] },
      'zones[1]: the string "eu-central-1a" is there twice',
    ],
    [
      'a control plane in another region',
      { controlPlane: { zones: ['us-east-1a'] } },
      "outside the cluster's region",
    ],
    [
      'a control plane with more zones than members',
      { controlPlane: { count: 1, zones: ['eu-central-1a', 'eu-central-1b'] } },
      'zones: 2 zones (eu-central-1a, eu-central-1b) for 1 members',
    ],
    ['an internal API without a private subnet', { api: 'internal' }, 'needs a private subnet'],
    ['a bastion where nodes are public', { bastion: true }, "bastion: a bastion is for topology: 'private'"],
    [
      'gossip with a name that does not say so',
      { dns: 'gossip' },
      'gossip needs a cluster name that ends in .k8s.local',
    ],
  ] as const)('%s', (_what, props, message) => {
    expect(findingsOf(aCluster(props, 'c.example.com')).join('\n')).toContain(message);
  });

  test('DNS records for a name that means gossip', () => {
    expect(findingsOf(aCluster({ dns: 'public' }))).toEqual([expect.stringContaining('has no DNS zone')]);
  });

  test('a group in a zone without a subnet', () => {
    const cluster = aCluster();
    new NodeGroup(cluster, 'nodes', { zones: ['eu-central-1b'] });
    expect(findingsOf(cluster)).toEqual([
      '[wave/c.k8s.local/nodes] zones: the cluster has no subnet for instances in zone "eu-central-1b": its zones are eu-central-1a',
    ]);
  });

  test('a group in an unknown subnet', () => {
    const cluster = aCluster();
    new NodeGroup(cluster, 'nodes', { subnets: ['private-a'] });
    expect(findingsOf(cluster)).toEqual([
      expect.stringContaining('no subnet "private-a": expected eu-central-1a'),
    ]);
  });

  test.each(['amazonvpc', 'flannel', 'kube-router', 'kubenet', 'cilium-eni'] as const)(
    'IPv6 with %s',
    (networking) => {
      expect(findingsOf(aCluster({ ipv6: true, networking })).join('\n')).toContain('not support IPv6');
    },
  );

  test('kubenet in a private topology', () => {
    expect(findingsOf(aCluster({ topology: 'private', networking: 'kubenet' })).join('\n')).toContain(
      'private topology',
    );
  });
});

describe('fails: groups', () => {
  test.each([
    [{ minSize: 3, maxSize: 1 }, 'spec.maxSize: 1 is less than minSize 3'],
    [{ minSize: -1, maxSize: 1 }, 'spec.minSize: is -1'],
    [
      { taints: ['a'], machineTyp: 'x' } as object,
      'machineTyp: there is nothing of this name to set; did you mean machineType?',
    ],
  ])('%j', (props, message) => {
    const cluster = aCluster();
    new NodeGroup(cluster, 'nodes', props);
    expect(findingsOf(cluster)).toEqual([expect.stringContaining(message)]);
  });

  test('a control-plane group of several machines', () => {
    const cluster = aCluster();
    new InstanceGroup(cluster, 'cp', { role: 'ControlPlane', maxSize: 3 });
    expect(findingsOf(cluster)).toEqual([expect.stringContaining('for more members, declare more groups')]);
  });

  test.each([2, 4])('%d members: kOps wants a majority to be possible', (count) => {
    expect(findingsOf(aCluster({ controlPlane: { count } }))).toEqual([
      expect.stringContaining(
        `spec.etcdClusters[main].etcdMembers: ${count} members: expected an odd number`,
      ),
      expect.stringContaining('spec.etcdClusters[events]'),
    ]);
  });

  test('no nodes', () => {
    expect(findingsOf(aCluster({ nodes: false }))).toEqual([
      expect.stringContaining('the cluster has no nodes'),
    ]);
  });

  test('no control plane', () => {
    expect(findingsOf(aCluster({ controlPlane: { zones: [] } })).join('\n')).toContain('no control plane');
  });

  test('an etcd member in a group that is not there', () => {
    const etcdMembers = [{ name: 'a', instanceGroup: 'gone' }];
    const cluster = aCluster({ spec: { etcdClusters: [{ name: 'main', etcdMembers }] } });
    expect(findingsOf(cluster).join('\n')).toContain(
      'a member names the instance group "gone": expected one of control-plane-eu-central-1a',
    );
  });
});

describe('fails: constructs in the wrong place', () => {
  test.each([
    [
      'a group in a wave',
      () => new NodeGroup(aWave(), 'nodes'),
      'the instance group "nodes" must be inside a cluster',
    ],
    ['a bastion in a wave', () => new Bastion(aWave()), 'must be inside a cluster'],
    ['a control plane in a wave', () => new ControlPlane(aWave()), 'must be inside a cluster'],
    [
      'a key in a wave',
      () => new SshCredential(aWave(), 'admin', { publicKey: PUBLIC_KEY }),
      'must be inside a cluster',
    ],
    [
      'a group of L1 in a wave',
      () => new KopsInstanceGroup(aWave(), 'nodes', { spec: {} }),
      'must be inside a cluster',
    ],
    [
      'a group with defaults in a cluster without',
      () => new NodeGroup(new KopsCluster(aWave(), 'c.k8s.local', { spec: {} }), 'nodes'),
      'use KopsInstanceGroup there, or Cluster',
    ],
    [
      'a cluster in nothing',
      () => new Cluster(untyped(undefined), 'c.k8s.local', { zones: [] }),
      '"c.k8s.local" needs a construct to be in',
    ],
    ['a group in a text', () => new NodeGroup(untyped('cluster'), 'nodes'), 'got the string "cluster"'],
  ])('%s', (_what, make, message) => {
    expect(make).toThrow(UserError);
    expect(make).toThrow(message);
  });

  test('a cluster in a cluster', () => {
    const outer = aCluster();
    new Cluster(untyped(outer), 'inner.k8s.local', { zones: ['eu-central-1a'] });
    expect(findingsOf(outer).join('\n')).toContain('a cluster cannot be inside a cluster');
  });
});

describe('fails: SSH keys', () => {
  test('a private key is never repeated', () => {
    const secret =
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----';
    const [text = ''] = findingsOf(aCluster({ sshPublicKey: secret }));
    expect(text).toContain('is a private key');
    expect(text).not.toContain('b3Blbn');
  });

  test.each(['', 'ssh-ed25519', '/home/me/.ssh/id_ed25519.pub'])('%j', (sshPublicKey) => {
    expect(findingsOf(aCluster({ sshPublicKey }))).toEqual([expect.stringContaining('is no public SSH key')]);
  });
});

describe('fails: settings that are missing or unknown', () => {
  test('all that are missing are told at once', () => {
    const fleet = new Fleet();
    const cluster = new Cluster(new Wave(fleet, 'wave'), 'c.k8s.local', { zones: ['eu-central-1a'] });
    const texts = cluster.manifest().findings.map(formatFinding);
    expect(texts).toEqual([
      expect.stringContaining('kops: kops is not set: give it to the cluster, its wave or the fleet'),
      expect.stringContaining('stateStore: stateStore is not set'),
      expect.stringContaining('kubernetesVersion: kubernetesVersion is not set'),
    ]);
  });

  test.each(['1.25.0', '1.99.0', '2', 'latest', ''])('kOps %j', (kops) => {
    expect(findingsOf(aCluster({ kops }))).toEqual([
      expect.stringContaining('cdkops knows kOps 1.26 to 1.36'),
    ]);
  });

  test.each(['1', 'v1', 'latest', ''])('Kubernetes %j', (kubernetesVersion) => {
    expect(findingsOf(aCluster({ kubernetesVersion })).join('\n')).toMatch(
      /is no Kubernetes version|is not set/,
    );
  });
});

test('fails: one run tells what is wrong anywhere in a fleet', () => {
  const wave = aWave();
  const one = new Cluster(wave, 'One', {
    zones: ['eu-central-1a', 'us-east-1a'],
    spec: untyped({ chanel: 'stable' }),
  });
  new NodeGroup(one, 'nodes', { minSize: 2, maxSize: 1, patches: [{ op: 'remove', path: '/spec/x' }] });
  new Cluster(wave, 'two.k8s.local', { zones: [], networkCIDR: 'x' });
  new Cluster(wave, 'three.k8s.local', untyped({ zones: 'eu-central-1a' }));
  const texts = synthesise(wave.node.root as Fleet)
    .findings.map(formatFinding)
    .join('\n');
  for (const expected of [
    '"One" is no DNS name',
    'zone "us-east-1a"',
    'did you mean channel',
    'maxSize',
    'nothing at "/spec/x"',
    '[wave/two.k8s.local] spec.networkCIDR',
    '[wave/three.k8s.local] zones: expected a list',
  ]) {
    expect(texts).toContain(expected);
  }
  expect(texts).toMatch(/bad-input\.test\.ts:\d+:\d+\)/);
});

describe('fails: state stores', () => {
  test.each([
    ['a URL', () => StateStore.s3('s3://acme'), 'without "s3://", got the string "s3://acme"'],
    ['nothing', () => StateStore.s3(''), 'needs a name'],
    ['no text', () => StateStore.s3(untyped(undefined)), 'got undefined'],
    [
      'a way out of the bucket',
      () => StateStore.s3('acme', { prefix: '../other' }),
      'with the prefix the string "../other"',
    ],
    ['blanks', () => StateStore.gs('acme state'), 'needs a name'],
    ['a relative folder', () => StateStore.file('state'), 'needs an absolute path'],
    ['no endpoint', () => StateStore.do('acme', untyped({})), 'needs an endpoint'],
    [
      'an endpoint that is no URL',
      () => StateStore.s3('acme', { endpoint: 's3.example.com' }),
      'is a URL such as',
    ],
    ['a region that is none', () => StateStore.s3('acme', { region: 'eu central' }), 'region is a name'],
  ])('%s', (_what, make, message) => {
    expect(make).toThrow(UserError);
    expect(make).toThrow(message);
  });
});
