import { Bastion, ControlPlane } from '../../src';
import { aCluster, groupsOf, specOf } from './support';

// Facts about single combinations, each as `kops create cluster` 1.36.2 has it; test/e2e compares hundreds in full.

const ABC = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];

/** The ranges of subnets by name. */
function ranges(spec: { subnets: { name: string; cidr?: string }[] }) {
  return Object.fromEntries(spec.subnets.map(({ name, cidr }) => [name, cidr]));
}

function memberNames(spec: { etcdClusters: { etcdMembers: { name: string }[] }[] }) {
  return spec.etcdClusters[0]?.etcdMembers.map(({ name }) => name);
}

test('private IPv6 over three zones: nodes in IPv6 subnets, control plane and bastions in dual-stack ones', () => {
  const cluster = aCluster({ zones: ABC, ipv6: true, controlPlane: { count: 3 }, bastion: true });
  const spec = specOf(cluster);
  const groups = groupsOf(cluster);
  expect(spec.nonMasqueradeCIDR).toBe('::/0');
  expect(spec.cloudControllerManager).toEqual({});
  expect(spec.subnets.map(({ ipv6CIDR }: { ipv6CIDR: string }) => ipv6CIDR)).toEqual(
    ['0', '1', '2', '3', '4', '5', '6', '7', '8'].map((index) => `/64#${index}`),
  );
  expect(ranges(spec)).toMatchObject({
    'eu-central-1a': undefined,
    'dualstack-eu-central-1a': '172.20.32.0/19',
  });
  expect(groups['nodes-eu-central-1b'].subnets).toEqual(['eu-central-1b']);
  expect(groups['control-plane-eu-central-1b'].subnets).toEqual(['dualstack-eu-central-1b']);
  expect(groups.bastions.subnets).toEqual(ABC.map((zone) => `dualstack-${zone}`));
});

test('public IPv6 has no subnets beside', () => {
  const spec = specOf(aCluster({ ipv6: true, topology: 'public' }));
  expect(spec.subnets).toEqual([
    {
      name: 'eu-central-1a',
      zone: 'eu-central-1a',
      type: 'Public',
      cidr: '172.20.0.0/16',
      ipv6CIDR: '/64#0',
    },
  ]);
});

test('five members over two zones get a number each', () => {
  const cluster = aCluster({
    zones: ABC,
    controlPlane: { count: 5, zones: ['eu-central-1a', 'eu-central-1b'] },
  });
  expect(Object.keys(groupsOf(cluster)).filter((name) => name.startsWith('control'))).toEqual([
    'control-plane-eu-central-1a-1',
    'control-plane-eu-central-1b-1',
    'control-plane-eu-central-1a-2',
    'control-plane-eu-central-1b-2',
    'control-plane-eu-central-1a-3',
  ]);
  expect(memberNames(specOf(cluster))).toEqual(['a-1', 'b-1', 'a-2', 'b-2', 'a-3']);
});

test('three members in one zone: etcd members are not named by a digit alone', () => {
  const cluster = aCluster({ controlPlane: { count: 3 } });
  expect(memberNames(specOf(cluster))).toEqual(['etcd-1', 'etcd-2', 'etcd-3']);
});

test('zones in an odd order: groups follow it, subnets are sorted', () => {
  const cluster = aCluster({ zones: ['eu-central-1c', 'eu-central-1a'], nodes: { count: 3 } });
  expect(Object.keys(groupsOf(cluster))).toEqual([
    'control-plane-eu-central-1c',
    'nodes-eu-central-1c',
    'nodes-eu-central-1a',
  ]);
  expect(ranges(specOf(cluster))).toEqual({
    'eu-central-1a': '172.20.0.0/17',
    'eu-central-1c': '172.20.128.0/17',
  });
  // What is left over goes to the first zones.
  expect(groupsOf(cluster)['nodes-eu-central-1c'].minSize).toBe(2);
  expect(groupsOf(cluster)['nodes-eu-central-1a'].minSize).toBe(1);
});

test('a zone that only the control plane is in gets a subnet', () => {
  const cluster = aCluster({ controlPlane: { zones: ['eu-central-1b'] } });
  expect(Object.keys(ranges(specOf(cluster)))).toEqual(['eu-central-1a', 'eu-central-1b']);
  expect(Object.keys(groupsOf(cluster))).toEqual(['control-plane-eu-central-1b', 'nodes-eu-central-1a']);
});

test('a control plane declared after the nodes counts as well', () => {
  const cluster = aCluster({ networking: 'calico' });
  new ControlPlane(cluster, 'control-plane', { zones: ['eu-central-1b', 'eu-central-1c', 'eu-central-1a'] });
  expect(memberNames(specOf(cluster))).toEqual(['b', 'c', 'a']);
  expect(Object.keys(groupsOf(cluster))[0]).toBe('control-plane-eu-central-1b');
});

test.each([
  ['kOps says so of its default network', undefined, '172.20.0.0/16'],
  ['and not of another', '10.40.0.0/16', '100.64.0.0/10'],
  ['nor of the same one given', '172.20.0.0/16', '100.64.0.0/10'],
])('amazonvpc pods have addresses of the network: %s', (_what, networkCIDR, expected) => {
  expect(specOf(aCluster({ networking: 'amazonvpc', networkCIDR })).nonMasqueradeCIDR).toBe(expected);
});

test('cilium-etcd has an etcd cluster of its own', () => {
  const spec = specOf(aCluster({ networking: 'cilium-etcd' }));
  expect(spec.networking).toEqual({ cilium: { enableNodePort: true, etcdManaged: true } });
  expect(spec.etcdClusters.map(({ name }: { name: string }) => name)).toEqual(['main', 'events', 'cilium']);
});

test.each([
  ['kube-router', { kuberouter: {} }, { enabled: false }],
  ['cilium', { cilium: { enableNodePort: true } }, { enabled: false }],
  ['calico', { calico: {} }, undefined],
  ['flannel', { flannel: { backend: 'vxlan' } }, undefined],
] as const)('%s: networking and kube-proxy', (networking, expected, kubeProxy) => {
  const spec = specOf(aCluster({ networking }));
  expect([spec.networking, spec.kubeProxy]).toEqual([expected, kubeProxy]);
});

test('networking in full is the same as its name', () => {
  expect(specOf(aCluster({ networking: { cilium: { enableNodePort: true } } }))).toEqual(
    specOf(aCluster({ networking: 'cilium' })),
  );
  expect(specOf(aCluster({ networking: { calico: { bpfEnabled: true } } })).kubeProxy).toEqual({
    enabled: false,
  });
});

test('gossip keeps its DNS type private and has no names', () => {
  const spec = specOf(aCluster({ dns: 'gossip' }, 'g.k8s.local'));
  expect(spec.topology.dns.type).toBe('Private');
  expect(spec.masterPublicName).toBeUndefined();
});

test('public DNS, private topology, a bastion: names for the API and the bastion, and a load balancer', () => {
  const cluster = aCluster({ dnsZone: 'example.com', topology: 'private', bastion: true }, 'c.example.com');
  const spec = specOf(cluster);
  expect(spec.dnsZone).toBe('example.com');
  expect(spec.masterPublicName).toBe('api.c.example.com');
  expect(spec.topology).toEqual({
    bastion: { bastionPublicName: 'bastion.c.example.com' },
    dns: { type: 'Public' },
  });
  expect(spec.api).toEqual({ loadBalancer: { class: 'Network', type: 'Public' } });
  expect(groupsOf(cluster).bastions).toMatchObject({ machineType: 't3.micro', role: 'Bastion', maxSize: 1 });
});

test('with a DNS zone and a public topology, records suffice for the API', () => {
  expect(specOf(aCluster({ dns: 'public' }, 'c.example.com')).api).toEqual({ dns: {} });
  expect(specOf(aCluster({ dns: 'private' }, 'c.example.com')).api).toEqual({ dns: {} });
  expect(specOf(aCluster({ dns: 'public', api: 'public' }, 'c.example.com')).api.loadBalancer.type).toBe(
    'Public',
  );
});

test('an internal API', () => {
  const spec = specOf(aCluster({ topology: 'private', api: 'internal' }));
  expect(spec.api.loadBalancer).toEqual({ class: 'Network', type: 'Internal' });
});

test('IAM roles for service accounts: a folder a cluster', () => {
  const spec = specOf(aCluster({ discoveryStore: 's3://acme-oidc/' }));
  expect(spec.iam).toEqual({
    allowContainerRegistry: true,
    legacy: false,
    useServiceAccountExternalPermissions: true,
  });
  expect(spec.serviceAccountIssuerDiscovery).toEqual({
    discoveryStore: 's3://acme-oidc/c.k8s.local',
    enableAWSOIDCProvider: true,
  });
});

test('additional networks become subnets for nodes, zone after zone', () => {
  const cluster = aCluster({
    zones: ABC.slice(0, 2),
    topology: 'private',
    additionalNetworkCIDRs: ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16'],
    bastion: true,
  });
  expect(ranges(specOf(cluster))).toMatchObject({
    'eu-central-1a': '172.20.64.0/18',
    'eu-central-1a-1': '10.1.0.0/16',
    'eu-central-1b-2': '10.2.0.0/16',
    'eu-central-1a-3': '10.3.0.0/16',
  });
  const groups = groupsOf(cluster);
  expect(groups['nodes-eu-central-1a'].subnets).toEqual(['eu-central-1a-1', 'eu-central-1a-3']);
  expect(groups['control-plane-eu-central-1a'].subnets).toEqual(['eu-central-1a']);
});

describe('who may reach what', () => {
  const ADMINS = ['192.0.2.0/24'];
  const ANYWHERE = ['0.0.0.0/0', '::/0'];

  test.each([
    ['nothing given', {}, ANYWHERE, undefined],
    ['the API given', { kubernetesApiAccess: ADMINS }, ADMINS, undefined],
    ['SSH given', { sshAccess: ADMINS }, ANYWHERE, ADMINS],
    ['nothing given, kOps', { defaults: 'kops' }, ANYWHERE, ANYWHERE],
    ['the API given, kOps', { defaults: 'kops', kubernetesApiAccess: ADMINS }, ADMINS, ADMINS],
  ] as const)('%s', (_what, props, api, ssh) => {
    const spec = specOf(aCluster(props));
    expect([spec.kubernetesApiAccess, spec.sshAccess]).toEqual([api, ssh]);
  });
});

test('a bastion that nobody may reach is a warning', () => {
  const warnings = (props: object) =>
    aCluster({ topology: 'private', bastion: true, ...props }).manifest().findings;
  expect(warnings({})).toEqual([expect.objectContaining({ field: 'sshAccess', severity: 'warning' })]);
  expect(warnings({ sshAccess: ['192.0.2.0/24'] })).toEqual([]);
  expect(warnings({ defaults: 'kops' })).toEqual([]);
});

test('a bastion declared in the cluster is the same as the prop', () => {
  const cluster = aCluster({ topology: 'private' });
  new Bastion(cluster);
  expect(groupsOf(cluster)).toEqual(groupsOf(aCluster({ topology: 'private', bastion: true })));
});
