import {
  Bastion,
  Cluster,
  ControlPlane,
  type Fleet,
  formatFinding,
  InstanceGroup,
  KopsCluster,
  KopsInstanceGroup,
  KopsSshCredential,
  NodeGroup,
  SshCredential,
  UserError,
  type Wave,
} from '../../src';
import { CLUSTER_MEMBERS } from '../../src/kops/cluster-props';
import { INSTANCE_GROUP_MEMBERS } from '../../src/kops/instance-group-props';
import { synthesise } from '../../src/synth';
import { aCluster, aWave, findingsOf, untyped } from './support';

// What the compiler would refuse comes all the same: from JSON, from JavaScript, through any.

function cyclic(): unknown {
  const value: Record<string, unknown> = { name: 'x' };
  value.list = [value];
  return value;
}

function deep(): unknown {
  let value: unknown = {};
  for (let depth = 0; depth < 200; depth++) value = { a: value };
  return value;
}

describe('fails: the prop, what was expected and what came are named', () => {
  test.each([
    [
      { zones: 'eu-central-1a' },
      'zones: expected a list, got the string "eu-central-1a"; put it in brackets',
    ],
    [{ zones: undefined }, 'zones: is missing: expected a list'],
    [{ zones: [1] }, 'zones[0]: expected a string, got the number 1'],
    [{ zone: ['eu-central-1a'] }, 'zone: there is nothing of this name to set; did you mean zones?'],
    [
      { stateStore: 's3://x' },
      'stateStore: expected a store such as StateStore.s3(\'acme-kops-state\'), got the string "s3://x"',
    ],
    [{ kops: 1.36 }, 'kops: expected a string, got the number 1.36; put it in quotes'],
    [{ kubernetesVersion: 1.35 }, 'kubernetesVersion: expected a string, got the number 1.35'],
    [
      { topology: 'privat' },
      'topology: expected one of public, private, got "privat"; did you mean private?',
    ],
    [{ dns: 'x' }, 'dns: expected one of public, private, none, gossip, got "x"'],
    [{ api: 'x' }, 'api: expected one of public, internal, dns, got "x"'],
    [{ defaults: 'x' }, 'defaults: expected one of secure, kops, got "x"'],
    [{ networking: 'celium' }, 'networking: expected one of amazonvpc, calico, cilium'],
    [{ networking: 3 }, 'networking: expected '],
    [{ nodes: true }, 'nodes: expected false or an object, got true'],
    [{ nodes: { count: -1 } }, 'nodes.count: expected a whole number from 0, got the number -1'],
    [{ controlPlane: 3 }, 'controlPlane: expected an object, got the number 3'],
    [
      { controlPlane: { count: 0 } },
      'controlPlane.count: expected a whole number from 1 to 9, got the number 0',
    ],
    [
      { controlPlane: { count: 1n } },
      'controlPlane.count: expected a whole number from 1 to 9, got the bigint 1n',
    ],
    [{ bastion: 'yes' }, 'bastion: expected true or false or an object, got the string "yes"'],
    [{ spec: 'x' }, 'spec: expected an object, got the string "x"'],
    [{ spec: [] }, 'spec: expected an object, got a list'],
    [{ spec: { kubelet: cyclic() } }, 'spec.kubelet.list[0]: contains itself'],
    [{ unknownFields: cyclic() }, 'unknownFields.list[0]: contains itself'],
    [{ unknownFields: deep() }, 'more than 64 levels deep'],
    [{ patches: [cyclic()] }, 'patches[0].list[0]: contains itself'],
    [{ patches: { op: 'remove' } }, 'patches: expected a list, got an object; put it in brackets'],
    [{ patches: ['x'] }, 'patches[0]: expected an object, got the string "x"'],
    [{ labels: 3 }, 'labels: expected an object, got the number 3'],
    [{ labels: { a: 1 } }, 'labels[a]: expected a string, got the number 1'],
    [{ subnets: [null] }, 'subnets[0]: expected an object, got null'],
    [{ ipv6: 'no' }, 'ipv6: expected true or false, got the string "no"'],
    [{ networkCIDR: 10 }, 'networkCIDR: expected a string, got the number 10'],
    [{ sshAccess: '0.0.0.0/0' }, 'sshAccess: expected a list'],
  ])('cluster %#: %p', (props, message) => {
    expect(findingsOf(aCluster(untyped(props))).join('\n')).toContain(message);
  });

  test.each([
    [{ minSize: '3' }, 'minSize: expected a whole number, got the string "3"; write it without quotes'],
    [{ maxSize: Number.NaN }, 'maxSize: expected a whole number, got NaN'],
    [{ maxSize: 1.5 }, 'maxSize: expected a whole number, got the number 1.5'],
    [{ taints: 'a' }, 'spec.taints: expected a list, got the string "a"; put it in brackets'],
    [{ labels: 3 }, 'labels: expected an object'],
    [{ nodeLabels: ['a'] }, 'nodeLabels: expected an object, got a list'],
    [
      { nodeLabels: { a: true } },
      'spec.nodeLabels[a]: expected a string, got true; put it in quotes: "true"',
    ],
    [{ machineType: 3 }, 'machineType: expected a string or a list'],
    [{ spot: 'yes' }, 'spot: expected true or false or an object'],
    [{ spot: { onDemandAboveBase: 200 } }, 'spot.onDemandAboveBase: expected a whole number from 0 to 100'],
    [{ image: () => 'ami' }, 'spec.image: expected a string, got a function; call it'],
    [{ image: Symbol('ami') }, 'spec.image: expected a string, got a symbol'],
    [
      { volumes: [{ device: 'x', size: new Map() }] },
      'spec.volumes[0].size: expected an integer, got an instance of Map',
    ],
    [{ spec: { maxPrice: 1 } }, 'spec.maxPrice: expected a string, got the number 1'],
    [{ spec: { hooks: [null] } }, 'spec.hooks[0]: null has no meaning in a list'],
  ])('group %#: %p', (props, message) => {
    const cluster = aCluster();
    new NodeGroup(cluster, 'nodes', untyped(props));
    expect(findingsOf(cluster)).toEqual([expect.stringContaining(`[wave/c.k8s.local/nodes] ${message}`)]);
  });

  test.each([undefined, null, 3, {}, Symbol('x')])('a name that is %p', (name) => {
    const cluster = aCluster();
    new NodeGroup(cluster, untyped(name));
    expect(findingsOf(cluster)).toEqual([
      expect.stringContaining('(unnamed)] expected a name, a string, got'),
    ]);
  });

  test('settings of a fleet are told once, however many clusters there are', () => {
    const wave = aWave(untyped({ kops: 1.36, topology: 'privat' }));
    for (const name of ['a.k8s.local', 'b.k8s.local']) new Cluster(wave, name, { zones: ['eu-central-1a'] });
    const texts = synthesise(wave.node.root as Fleet).findings.map(formatFinding);
    expect(texts).toEqual([
      expect.stringContaining('[Fleet] kops:'),
      expect.stringContaining('[Fleet] topology:'),
    ]);
  });
});

test('null in props is not given, as in JSON', () => {
  expect(findingsOf(aCluster(untyped({ topology: null, controlPlane: null, spec: null })))).toEqual([]);
});

describe('whatever comes, a finding or a UserError says it; nothing crashes', () => {
  const ODD = [
    undefined,
    null,
    '',
    'x',
    3,
    Number.NaN,
    1n,
    true,
    [],
    ['x'],
    [null],
    {},
    { a: 1 },
    () => 1,
    Symbol('x'),
    new Date(0),
    cyclic(),
    deep(),
    Object.create(null),
  ];
  const zones = ['eu-central-1a'];

  function expectTold(make: (wave: Wave) => unknown): void {
    const wave = aWave();
    try {
      make(wave);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return;
    }
    for (const cluster of wave.clusters.filter(KopsCluster.isKopsCluster)) cluster.manifest();
  }

  test.each(Object.keys(CLUSTER_MEMBERS))('cluster.%s', (name) => {
    for (const value of ODD) {
      expectTold((wave) => new Cluster(wave, 'c.k8s.local', untyped({ zones, [name]: value })));
    }
  });

  test.each(Object.keys(INSTANCE_GROUP_MEMBERS))('group.%s', (name) => {
    for (const value of ODD) {
      expectTold(
        (wave) =>
          new InstanceGroup(
            new Cluster(wave, 'c.k8s.local', { zones }),
            'g',
            untyped({ role: 'Node', [name]: value }),
          ),
      );
    }
  });

  test.each(['subnets', 'networking', 'etcdClusters', 'topology', 'networkCIDR'])(
    'spec.%s, by override, unknownFields and patch',
    (name) => {
      for (const value of ODD) {
        for (const given of [value, [value]]) {
          expectTold((wave) => new Cluster(wave, 'c.k8s.local', untyped({ zones, spec: { [name]: given } })));
          expectTold(
            (wave) => new Cluster(wave, 'c.k8s.local', untyped({ zones, unknownFields: { [name]: given } })),
          );
          expectTold(
            (wave) =>
              new Cluster(
                wave,
                'c.k8s.local',
                untyped({ zones, patches: [{ op: 'add', path: `/spec/${name}`, value: given }] }),
              ),
          );
          expectTold((wave) => new KopsCluster(wave, 'c.k8s.local', untyped({ spec: { [name]: given } })));
        }
      }
    },
  );

  test.each([
    Cluster,
    KopsCluster,
    NodeGroup,
    Bastion,
    ControlPlane,
    SshCredential,
    InstanceGroup,
    KopsInstanceGroup,
    KopsSshCredential,
  ])('props and scope of %p', (Type) => {
    for (const value of ODD) {
      expectTold(
        (wave) =>
          new Type(
            Type.name.endsWith('Cluster') ? wave : untyped(new Cluster(wave, 'c.k8s.local', { zones })),
            'x',
            untyped(value),
          ),
      );
      expectTold(
        () => new Type(untyped(value), 'x', untyped({ zones, spec: {}, role: 'Node', publicKey: 'x' })),
      );
    }
  });
});

test('what throws in the code of a user is theirs: it passes as it is', () => {
  const props = {
    zones: ['eu-central-1a'],
    get topology(): never {
      throw new Error('no topology today');
    },
  };
  expect(() => aCluster(props)).toThrow('no topology today');
});

test('props are read once: what a user changes later changes nothing', () => {
  const spec = { kubeAPIServer: { auditLogMaxAge: 30 } };
  const zones = ['eu-central-1a'];
  const cluster = aCluster({ zones, spec });
  const before = JSON.stringify(cluster.manifest().objects.map(({ document }) => document));
  spec.kubeAPIServer.auditLogMaxAge = 1;
  zones.push('x');
  expect(JSON.stringify(cluster.manifest().objects.map(({ document }) => document))).toBe(before);
});
