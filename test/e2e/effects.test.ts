import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { compareData } from '../../src/adopt/diff/field-changes';
import { merge } from '../../src/core';
import { type Effect, effectOf } from '../../src/kops/effects';
import { IMAGE, MACHINE_TYPE } from './support/create-matrix';
import { type DeliveryGround, deliveryGround, REGION } from './support/delivery-ground';
import { E2E } from './support/folders';
import { type Document, LiveCluster } from './support/live-effects';
import { KUBERNETES } from './support/small-fleet';

// What `effectOf` says a change does, and what the real kops does with it. Each change is rolled out on the
// one before.

const CLUSTER = 'c1.k8s.local';
const ROLES = { 'control-plane': 'ControlPlane', nodes: 'Node', bastions: 'Bastion' } as const;

/** What a group or the cluster is changed by: what is laid over its spec, or what makes another one of it. */
type Change = Data | ((spec: Data) => Data);
type Data = Readonly<Record<string, unknown>>;

function subnet(name: string, cidr: string, type: string, zone: string): Data {
  return { name, cidr, type, zone: REGION + zone };
}

const MEMBER = { name: 'a', instanceGroup: 'control-plane', encryptedVolume: true };

function etcd(name: string): Data {
  return { name, etcdMembers: [MEMBER] };
}

function manifestIn(bucket: string): Document[] {
  const group = (name: keyof typeof ROLES, machineType: string, subnets: string[]): Document => ({
    ...{ apiVersion: 'kops.k8s.io/v1alpha2', kind: 'InstanceGroup' },
    metadata: { name, labels: { 'kops.k8s.io/cluster': CLUSTER } },
    spec: { role: ROLES[name], image: IMAGE, machineType, minSize: 1, maxSize: 1, subnets },
  });
  return [
    {
      ...{ apiVersion: 'kops.k8s.io/v1alpha2', kind: 'Cluster' },
      metadata: { name: CLUSTER },
      spec: {
        api: { loadBalancer: { class: 'Network', type: 'Public' } },
        authorization: { rbac: {} },
        channel: pathToFileURL(path.join(E2E, 'channel.yaml')).href,
        cloudProvider: 'aws',
        configBase: `s3://${bucket}/${CLUSTER}`,
        etcdClusters: [etcd('main'), etcd('events')],
        iam: { allowContainerRegistry: true, legacy: false },
        kubelet: { anonymousAuth: false },
        kubernetesApiAccess: ['0.0.0.0/0'],
        sshAccess: ['0.0.0.0/0'],
        kubernetesVersion: '1.35.4',
        networkCIDR: '172.20.0.0/16',
        networking: { cilium: {} },
        nonMasqueradeCIDR: '100.64.0.0/10',
        subnets: [
          subnet('private-a', '172.20.0.0/20', 'Private', 'a'),
          subnet('private-b', '172.20.16.0/20', 'Private', 'b'),
          subnet('utility-a', '172.20.240.0/22', 'Utility', 'a'),
          subnet('utility-b', '172.20.244.0/22', 'Utility', 'b'),
        ],
        topology: { dns: { type: 'None' } },
      },
    },
    group('control-plane', MACHINE_TYPE, ['private-a']),
    group('nodes', MACHINE_TYPE, ['private-a', 'private-b']),
    group('bastions', 't3.micro', ['utility-a']),
  ];
}

const UNIT = 'Type=oneshot\nExecStart=/bin/true';
const STATEMENT = '[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["*"]}]';
const MOTD = { name: 'motd', path: '/etc/motd', content: 'Hello' };

/** What is changed in the cluster. */
const OF_CLUSTER: readonly Change[] = [
  { kubeAPIServer: { auditLogMaxAge: 30 } },
  { kubeAPIServer: { serviceNodePortRange: '30000-31000' } },
  { kubeControllerManager: { terminatedPodGCThreshold: 100 } },
  { kubeScheduler: { logLevel: 3 } },
  { kubelet: { maxPods: 77 } },
  { masterKubelet: { maxPods: 66 } },
  { kubeProxy: { logLevel: 3 } },
  { containerd: { logLevel: 'warn' } },
  { sysctlParameters: ['net.core.somaxconn=1024'] },
  { fileAssets: [{ ...MOTD, roles: ['Node'] }] },
  { fileAssets: [{ ...MOTD, roles: ['Node', 'ControlPlane'] }] },
  { hooks: [{ name: 'once', manifest: UNIT, roles: ['Bastion'] }] },
  { packages: ['jq'], updatePolicy: 'external', ntp: { managed: false } },
  { additionalSans: ['api.example.com'] },
  { api: { loadBalancer: { useForInternalApi: true } } },
  { kubernetesVersion: KUBERNETES },
  { cloudLabels: { team: 'web' } },
  { sshAccess: ['10.1.0.0/16'], kubernetesApiAccess: ['10.1.0.0/16'], nodePortAccess: ['10.1.0.0/16'] },
  { additionalNetworkCIDRs: ['10.99.0.0/16'] },
  { additionalPolicies: { node: STATEMENT } },
  { iam: { permissionsBoundary: 'arn:aws:iam::123456789012:policy/bound' } },
  { metricsServer: { enabled: true, insecure: true } },
  { clusterAutoscaler: { enabled: true } },
  { nodeTerminationHandler: { enableSQSTerminationDraining: false } },
  { kubeDNS: { memoryLimit: '200Mi' }, cloudControllerManager: { logLevel: 3 } },
  { kubeDNS: { nodeLocalDNS: { enabled: true } } },
  { kubeDNS: { nodeLocalDNS: { memoryRequest: '7Mi' } } },
  { authentication: { aws: {} } },
  { authentication: { aws: { cpuRequest: '11m' } } },
  { networking: { cilium: { memoryRequest: '200Mi' } } },
  { rollingUpdate: { maxUnavailable: 2 } },
  { etcdClusters: [{ name: 'main', memoryRequest: '200Mi', manager: { logLevel: 3 } }] },
  { etcdClusters: [{ name: 'main', etcdMembers: [{ name: 'a', volumeSize: 30 }] }] },
  { etcdClusters: [etcd('leases')] },
  function eventsFirst(spec) {
    return { ...spec, etcdClusters: [...(spec.etcdClusters as Data[])].reverse() };
  },
  { subnets: [subnet('private-a2', '172.20.32.0/20', 'Private', 'a')] },
  { networking: { cilium: null, flannel: { backend: 'vxlan' } } },
  { networking: { flannel: { iptablesResyncSeconds: 7 } } },
];

/** What is changed in a group, after all that. */
const OF_GROUPS: readonly (readonly [keyof typeof ROLES, Change])[] = [
  ['nodes', { minSize: 2, maxSize: 3 }],
  ['nodes', { machineType: 'm5.xlarge' }],
  ['nodes', { nodeLabels: { tier: 'web' } }],
  ['nodes', { taints: ['dedicated=web:NoSchedule'] }],
  ['nodes', { kubelet: { maxPods: 55 } }],
  ['nodes', { maxInstanceLifetime: '48h', suspendProcesses: ['AZRebalance'] }],
  ['nodes', { rollingUpdate: { maxSurge: 2 }, subnets: ['private-a'] }],
  ['nodes', { subnets: ['utility-b'] }],
  ['nodes', { associatePublicIp: false }],
  ['nodes', { subnets: ['private-b'] }],
  ['nodes', { maxPrice: '0.5' }],
  ['nodes', { mixedInstancesPolicy: { instances: ['m5.large', 'm5.xlarge'] } }],
  ['nodes', { mixedInstancesPolicy: null, maxPrice: null }],
  ['nodes', { warmPool: { minSize: 1 } }],
  ['nodes', { warmPool: { minSize: 0 } }],
  ['nodes', { fileAssets: [{ ...MOTD, path: '/etc/issue', roles: ['ControlPlane'] }] }],
  ['control-plane', { machineType: 'm5.xlarge' }],
  ['control-plane', { instanceMetadata: { httpTokens: 'optional' } }],
  ['bastions', { machineType: 't3.small' }],
  ['bastions', { kubelet: { maxPods: 55 } }],
];

/** What kOps refuses. */
const REFUSED: readonly Change[] = [
  { networkCIDR: '172.16.0.0/12' },
  { subnets: [{ name: 'private-b', cidr: '172.20.48.0/20' }] },
  { etcdClusters: [{ name: 'main', etcdMembers: [{ name: 'a', encryptedVolume: false }] }] },
  { etcdClusters: [{ name: 'main', etcdMembers: [{ name: 'a', instanceGroup: 'nodes' }] }] },
  { api: { loadBalancer: { type: 'Internal' } } },
  function withoutEvents(spec) {
    return { ...spec, etcdClusters: (spec.etcdClusters as Data[]).filter(({ name }) => name !== 'events') };
  },
];

let ground: DeliveryGround;
let cluster: LiveCluster;

beforeAll(async () => {
  ground = await deliveryGround(CLUSTER);
  cluster = new LiveCluster(ground, CLUSTER);
  await cluster.make(manifestIn(ground.bucket));
}, 120_000);

afterAll(() => ground.stop());

/** The manifest with one object changed, and what we say that this does: the gravest of all its fields. */
function changed(name: string, change: Change): { readonly next: Document[]; readonly says: Effect } {
  const effects: Effect[] = [];
  const whole = cluster.manifest.find(({ kind }) => kind === 'Cluster');
  const clusters = { before: whole, after: whole };
  const next = cluster.manifest.map((before) => {
    if ((before.metadata as Data).name !== name) return before;
    const spec = before.spec as Data;
    const after = { ...before, spec: typeof change === 'function' ? change(spec) : merge(spec, change) };
    for (const { field, from, to } of compareData(before, after)) {
      effects.push(effectOf({ kind: before.kind, field, from, to, before, after, clusters }).effect);
    }
    return after as Document;
  });
  return { next, says: together(effects) };
}

function together(effects: readonly Effect[]): Effect {
  const has = (effect: Effect) => effects.includes(effect);
  for (const grave of ['unknown', 'immutable', 'replaces'] as const) if (has(grave)) return grave;
  const [nodes, controlPlane] = [has('rolls-nodes'), has('rolls-control-plane')];
  if (has('rolls-all') || (nodes && controlPlane)) return 'rolls-all';
  if (controlPlane) return 'rolls-control-plane';
  return nodes ? 'rolls-nodes' : 'no-restart';
}

/** Rolls a change out, and has kOps say what it does. */
async function rollsOut(name: string, change: Change): Promise<void> {
  const { next, says } = changed(name, change);
  const { effect, output } = await cluster.change(next);
  if (effect !== says) throw new Error(`we say ${says}, kOps ${effect}:\n${output}`);
}

const titled = (change: Change) => (typeof change === 'function' ? change.name : JSON.stringify(change));

test.each(REFUSED.map((change) => [titled(change), change] as const))(
  '%s: kOps refuses',
  async (_, change) => {
    const { next, says } = changed(CLUSTER, change);
    expect((await cluster.plan(next)).effect).toBe('immutable');
    expect(says).toBe('immutable');
  },
);

test('an etcd member of another name gets a volume of its own', async () => {
  const { next, says } = changed(CLUSTER, (spec) => {
    const renamed = { ...etcd('main'), etcdMembers: [{ ...MEMBER, name: 'b' }] };
    return { ...spec, etcdClusters: [renamed, etcd('events')] };
  });
  const { effect, output } = await cluster.plan(next);
  expect(output).toMatch(/Will create resources:\s+EBSVolume\/b\.etcd-main/);
  expect([says, effect]).toEqual(['replaces', 'replaces']);
});

test.each(OF_CLUSTER.map((change) => [titled(change), change] as const))('%s', (_, change) =>
  rollsOut(CLUSTER, change),
);

test.each(OF_GROUPS.map(([name, change]) => [name, titled(change), change] as const))(
  '%s %s',
  (name, _, change) => rollsOut(name, change),
);

test('a group that comes makes machines, and one that goes leaves them', async () => {
  const { manifest } = cluster;
  const nodes = manifest.find(({ metadata }) => (metadata as Data).name === 'nodes') as Document;
  const extra: Document = { ...nodes, metadata: { ...(nodes.metadata as Data), name: 'extra' } };
  const more = await cluster.change([...manifest, extra]);
  const less = await cluster.change(manifest);
  const says = [{ after: extra }, { before: extra }].map(
    (sides) => effectOf({ kind: 'InstanceGroup', field: '', ...sides }).effect,
  );
  expect([more.effect, less.effect]).toEqual(says);
  expect(less.output).not.toContain('AutoscalingGroup/extra');
});
