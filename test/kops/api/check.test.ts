import { checkStructure, KOPS_RELEASES, type KopsKind, type StructureProblem } from '../../../src/kops/api';

const HEAD = { apiVersion: 'kops.k8s.io/v1alpha2', metadata: { name: 'demo.example.com' } };

function cluster(spec: object, release: (typeof KOPS_RELEASES)[number] = '1.36'): StructureProblem[] {
  return checkStructure('Cluster', { ...HEAD, kind: 'Cluster', spec }, release);
}

function group(spec: object): StructureProblem[] {
  return checkStructure('InstanceGroup', { ...HEAD, kind: 'InstanceGroup', spec }, '1.36');
}

/** `field: message` of each problem, as a user reads it. */
function told(problems: StructureProblem[]): string[] {
  return problems.map(({ field, message }) => `${field}: ${message}`);
}

describe('a document in order', () => {
  test('has no problems', () => {
    expect(
      cluster({
        DisableSubnetTags: true,
        channel: 'stable',
        cloudProvider: 'aws',
        etcdClusters: [{ name: 'main', cpuRequest: '200m', etcdMembers: [{ name: 'a', volumeSize: 20 }] }],
        kubeAPIServer: { featureGates: { A: 'true' }, auditWebhookBatchThrottleQps: 1.5 },
        networking: { cilium: { ipam: 'eni', hubble: { enabled: true, metrics: ['drop'] } } },
        kubeDNS: { stubDomains: { 'example.com': ['10.0.0.2'] } },
        authorization: { rbac: {} },
      }),
    ).toEqual([]);
    expect(
      group({ role: 'Master', minSize: 0, rollingUpdate: { maxSurge: '10%', maxUnavailable: 1 } }),
    ).toEqual([]);
    const key = { ...HEAD, kind: 'SSHCredential', spec: { publicKey: 'ssh-ed25519 AAAA' } };
    expect(checkStructure('SSHCredential', key, '1.26')).toEqual([]);
  });

  test('may have null and undefined members, which count as absent', () => {
    expect(cluster({ channel: null, kubelet: undefined, misspelt: undefined, sshAccess: [null] })).toEqual(
      [],
    );
    expect(cluster({ cloudLabels: { a: undefined, b: null } })).toEqual([]);
  });

  test('may have the metadata that kOps writes', () => {
    const metadata = {
      name: 'nodes',
      creationTimestamp: null,
      generation: 3,
      labels: { 'kops.k8s.io/cluster': 'demo.example.com' },
    };
    const document = { apiVersion: 'kops.k8s.io/v1alpha2', kind: 'InstanceGroup', metadata, spec: {} };
    expect(checkStructure('InstanceGroup', document, '1.36')).toEqual([]);
  });

  test('may come from another realm or have no prototype', () => {
    const bare = Object.assign(Object.create(null), { channel: 'stable' });
    expect(cluster(bare)).toEqual([]);
    expect(cluster(structuredClone({ kubelet: { maxPods: 110 } }))).toEqual([]);
  });
});

describe('unknown fields', () => {
  test.each([
    [{ kubeApiServer: {} }, 'spec.kubeApiServer', /write kubeAPIServer, since case matters/],
    [{ kubernetesVersoin: '1.36.1' }, 'spec.kubernetesVersoin', /did you mean kubernetesVersion\?/],
    [{ kubelet: { maxPod: 3 } }, 'spec.kubelet.maxPod', /did you mean maxPods\?/],
    [{ serviceOIDCProvider: {} }, 'spec.serviceOIDCProvider', /drop it in silence: leave it out/],
    [{ constructor: 1 }, 'spec.constructor', /no such field/],
    [{ 'a b': 1 }, 'spec[a b]', /no such field/],
  ])('%j', (spec, field, message) => {
    const problems = cluster(spec);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ field, kind: 'unknown' });
    expect(problems[0]?.message).toMatch(message);
  });

  test('that newer releases have', () => {
    expect(told(cluster({ networking: { cilium: { extraConfig: {} } } }, '1.30'))).toEqual([
      'spec.networking.cilium.extraConfig: known since kOps 1.34, not yet in kOps 1.30: leave it out, or move to that release',
    ]);
    expect(cluster({ networking: { cilium: { extraConfig: {} } } }, '1.34')).toEqual([]);
  });

  test('that older releases had', () => {
    expect(cluster({ kubeAPIServer: { targetRamMb: 1 } }, '1.29')).toEqual([]);
    expect(told(cluster({ kubeAPIServer: { targetRamMb: 1 } }, '1.30'))).toEqual([
      'spec.kubeAPIServer.targetRamMb: was removed after kOps 1.29: leave it out for kOps 1.30',
    ]);
  });

  test('at the top and in metadata', () => {
    const document = { ...HEAD, kind: 'Cluster', spec: {}, status: {}, metadata: { nmae: 'x' } };
    const problems = checkStructure('Cluster', document, '1.36');
    expect(problems.map(({ field }) => field).sort()).toEqual(['metadata.nmae', 'status']);
  });

  test('are reported once, without a look inside', () => {
    expect(cluster({ nonsense: { channel: 3, deeper: [{}] } })).toHaveLength(1);
  });
});

describe('wrong types', () => {
  test.each([
    [
      { minSize: '3' },
      'spec.minSize: expected an integer of 32 bits, got the string "3"; write 3 without quotes',
    ],
    [{ minSize: 1.5 }, 'spec.minSize: expected an integer of 32 bits, got the number 1.5'],
    [{ minSize: 2 ** 31 }, 'spec.minSize: expected an integer of 32 bits, got the number 2147483648'],
    [{ minSize: Number.NaN }, 'spec.minSize: expected an integer of 32 bits, got NaN'],
    [{ minSize: Number.POSITIVE_INFINITY }, 'spec.minSize: expected an integer of 32 bits, got Infinity'],
    [
      { minSize: 3n },
      'spec.minSize: expected an integer of 32 bits, got the bigint 3n; write it as a number',
    ],
    [
      { autoscale: 'true' },
      'spec.autoscale: expected true or false, got the string "true"; write true without quotes',
    ],
    [{ image: 3 }, 'spec.image: expected a string, got the number 3; put it in quotes: "3"'],
    [{ image: Symbol('x') }, 'spec.image: expected a string, got a symbol'],
    [{ image: () => 'ami-1' }, 'spec.image: expected a string, got a function; call it'],
    [{ subnets: 'a' }, 'spec.subnets: expected a list, got the string "a"; put it in brackets'],
    [{ subnets: new Set(['a']) }, 'spec.subnets: expected a list, got an instance of Set; write [...set]'],
    [{ subnets: ['a', undefined] }, 'spec.subnets[1]: expected a string, got undefined'],
    [{ kubelet: [] }, 'spec.kubelet: expected an object, got a list'],
    [{ kubelet: 'x' }, 'spec.kubelet: expected an object, got the string "x"'],
    [
      { nodeLabels: new Map([['a', 'b']]) },
      'spec.nodeLabels: expected an object, got an instance of Map; write Object.fromEntries(map)',
    ],
    [
      { nodeLabels: { 'a.b/c': 1 } },
      'spec.nodeLabels[a.b/c]: expected a string, got the number 1; put it in quotes: "1"',
    ],
    [
      { rollingUpdate: { maxSurge: 0.5 } },
      'spec.rollingUpdate.maxSurge: expected an integer or a string, got the number 0.5',
    ],
    [
      { containerd: { registryMirrors: { 'docker.io': [1] } } },
      'spec.containerd.registryMirrors[docker.io][0]: expected a string, got the number 1; put it in quotes: "1"',
    ],
  ])('%p', (spec, message) => {
    expect(told(group(spec))).toEqual([message]);
  });

  test.each(['500m', '64Mi', '1.5', '.5', '1e3', 2, 0.1, ' 1Gi '])('%p is a quantity', (cpuRequest) => {
    expect(cluster({ kubeAPIServer: { cpuRequest } })).toEqual([]);
  });

  test.each(['', '64 Mi', '1mb', 'half', Number.NaN, true, {}])('%p is no quantity', (cpuRequest) => {
    expect(cluster({ kubeAPIServer: { cpuRequest } })).toMatchObject([{ kind: 'type' }]);
  });

  test('integers of 64 bits', () => {
    const hops = (httpPutResponseHopLimit: number) =>
      group({ instanceMetadata: { httpPutResponseHopLimit } });
    expect(hops(2 ** 40)).toEqual([]);
    expect(hops(2 ** 63)).toMatchObject([{ kind: 'type' }]);
    expect(hops(1e300)).toMatchObject([{ kind: 'type' }]);
  });

  test('dates and other instances of classes', () => {
    class Kubelet {
      readonly maxPods = 3;
    }
    expect(told(group({ kubelet: new Kubelet() }))).toEqual([
      'spec.kubelet: expected an object, got an instance of Kubelet',
    ]);
    const metadata = { name: 'nodes', creationTimestamp: new Date(0) };
    const document = { apiVersion: 'kops.k8s.io/v1alpha2', kind: 'InstanceGroup', metadata, spec: {} };
    expect(told(checkStructure('InstanceGroup', document, '1.36'))).toEqual([
      'metadata.creationTimestamp: expected a string, got an instance of Date; write it as text, with toISOString()',
    ]);
  });

  test('cycles end', () => {
    const spec: Record<string, unknown> = {};
    spec.kubelet = spec;
    expect(cluster(spec)).toMatchObject([{ field: 'spec.kubelet.kubelet', kind: 'unknown' }]);
    const list: unknown[] = [];
    list.push(list);
    expect(told(cluster({ sshAccess: list }))).toEqual(['spec.sshAccess[0]: expected a string, got a list']);
  });

  test.each([[null], [undefined], ['x'], [[]], [new Date(0)]])('a document that is %p', (document) => {
    expect(checkStructure('Cluster', document, '1.36')).toMatchObject([{ field: '', kind: 'type' }]);
  });

  test('a document without a head', () => {
    expect(told(checkStructure('Cluster', { spec: {} }, '1.36'))).toEqual([
      'apiVersion: is missing: write "kops.k8s.io/v1alpha2"',
      'kind: is missing: write "Cluster"',
    ]);
  });

  test('long texts are cut', () => {
    expect(told(group({ minSize: 'x'.repeat(10_000) }))[0]?.length).toBeLessThan(200);
  });
});

describe('closed sets of values', () => {
  test('refuse others, with the nearest one', () => {
    expect(told(cluster({ subnets: [{ name: 'a', type: 'private' }] }))).toEqual([
      'spec.subnets[a].type: expected one of "Public", "Private", "DualStack", "Utility", got "private"; did you mean "Private"?',
    ]);
    expect(group({ role: 'Worker' })).toMatchObject([{ field: 'spec.role', kind: 'enum' }]);
  });

  test('take an empty text for "not set"', () => {
    expect(cluster({ networking: { cilium: { tunnel: '' } } })).toEqual([]);
  });

  test('open sets take any text', () => {
    expect(group({ rootVolumeType: 'hyperdisk-balanced', manager: 'Somebody' })).toEqual([]);
  });

  test.each<[KopsKind, object]>([
    ['Cluster', { ...HEAD, kind: 'InstanceGroup', spec: {} }],
    ['Cluster', { ...HEAD, apiVersion: 'kops.k8s.io/v1alpha3', kind: 'Cluster', spec: {} }],
  ])('another kind or version than %s', (kind, document) => {
    expect(checkStructure(kind, document, '1.36')).toMatchObject([{ kind: 'enum' }]);
  });
});

describe('places', () => {
  test('items go by name where each has its own', () => {
    const etcdClusters = [
      { name: 'main', etcdMembers: [{ name: 'a', volumeSize: '1' }] },
      { name: 'events', etcdMembers: [{ name: 'a' }, { name: 'a', volumeSize: '1' }] },
    ];
    expect(cluster({ etcdClusters }).map(({ field }) => field)).toEqual([
      'spec.etcdClusters[main].etcdMembers[a].volumeSize',
      'spec.etcdClusters[events].etcdMembers[1].volumeSize',
    ]);
  });

  test('items without a name go by index', () => {
    expect(cluster({ addons: [{}, { manifest: 1 }] })).toMatchObject([{ field: 'spec.addons[1].manifest' }]);
  });
});

test('a release that is not known is a mistake of the caller', () => {
  expect(() => checkStructure('Cluster', {}, '1.20' as '1.36')).toThrow(/1\.20 is not known/);
});

test('every release can be checked against', () => {
  for (const release of KOPS_RELEASES) expect(cluster({ channel: 'stable' }, release)).toEqual([]);
});
