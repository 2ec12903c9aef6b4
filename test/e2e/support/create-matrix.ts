import type { ClusterProps, NetworkingName } from '../../../src';

/**
 * What the oracle test compares: settings, each said twice, as flags of `kops create cluster` and as properties of
 * our Cluster. A case is a sum of settings, so that a new setting meets all the others by one line here.
 */

export interface Setting {
  readonly flags: readonly string[];
  readonly properties: Partial<ClusterProps>;
}

export interface CreateCase {
  /** Stands in the test's name. */
  readonly name: string;
  readonly clusterName: string;
  readonly flags: readonly string[];
  readonly properties: ClusterProps;
}

/** The network plugins that kops takes for Kubernetes of today: kubenet knows no private topology. */
const CNIS = [
  'amazonvpc',
  'calico',
  'cilium',
  'cilium-etcd',
  'cilium-eni',
  'cni',
  'flannel',
  'flannel-udp',
  'kindnet',
  'kube-router',
] as const satisfies readonly NetworkingName[];

/** Zones that the emulator has, in the order in which cases take them. */
const ZONES = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `us-east-1${letter}`);

export const IMAGE = 'ami-03cf127a';
export const MACHINE_TYPE = 'm5.large';
/** Hosted zones that setup makes: kops takes the longest one that fits a cluster's name, and refuses without any. */
export const DNS_ZONE = 'example.com';
export const PRIVATE_DNS_ZONE = 'example.org';

const setting = (flags: string, properties: Partial<ClusterProps>): Setting => ({
  flags: flags === '' ? [] : flags.split(' '),
  properties,
});

const zones = (...names: string[]) => setting(`--zones ${names.join(',')}`, { zones: names });
const firstZones = (count: number) => zones(...ZONES.slice(0, count));
const dns = (type: 'none' | 'public' | 'private') => setting(`--dns ${type}`, { dns: type });
/** With a name that ends in k8s.local, kops takes private DNS for gossip. */
const peers = setting('--dns private', { dns: 'gossip' });
/** Nothing said. */
const unsaid = setting('', {});
const dnsZone = setting(`--dns-zone ${DNS_ZONE}`, { dnsZone: DNS_ZONE });
const networking = (name: NetworkingName) => setting(`--networking ${name}`, { networking: name });
const topology = (name: 'public' | 'private') => setting(`--topology ${name}`, { topology: name });
const ipv6 = setting('--ipv6', { ipv6: true });
const bastion = setting('--bastion', { bastion: true });
const image = setting(`--image ${IMAGE}`, { image: IMAGE });
const controlPlaneSize = setting(`--control-plane-size ${MACHINE_TYPE}`, {
  controlPlane: { machineType: MACHINE_TYPE },
});
const nodeSize = setting(`--node-size ${MACHINE_TYPE}`, { nodes: { machineType: MACHINE_TYPE } });
const controlPlaneCount = (count: number) =>
  setting(`--control-plane-count ${count}`, { controlPlane: { count } });
const controlPlaneZones = (...names: string[]) =>
  setting(`--control-plane-zones ${names.join(',')}`, { controlPlane: { zones: names } });
const nodeCount = (count: number) => setting(`--node-count ${count}`, { nodes: { count } });
const controlPlaneVolume = (size: number) =>
  setting(`--control-plane-volume-size ${size}`, { controlPlane: { rootVolumeSize: size } });
const nodeVolume = (size: number) =>
  setting(`--node-volume-size ${size}`, { nodes: { rootVolumeSize: size } });
const api = (type: 'public' | 'internal') => setting(`--api-loadbalancer-type ${type}`, { api: type });
const adminAccess = (...cidrs: string[]) =>
  setting(`--admin-access ${cidrs.join(',')}`, { kubernetesApiAccess: cidrs });
const sshAccess = (...cidrs: string[]) => setting(`--ssh-access ${cidrs.join(',')}`, { sshAccess: cidrs });
const networkCidr = (cidr: string) => setting(`--network-cidr ${cidr}`, { networkCIDR: cidr });
const discoveryStore = setting('--discovery-store s3://discovery/clusters', {
  discoveryStore: 's3://discovery/clusters',
});
const cloudLabels: Setting = {
  flags: ['--cloud-labels', 'Owner=team a,Env=prod'],
  properties: { cloudLabels: { Owner: 'team a', Env: 'prod' } },
};

/** The parts of a cluster that several settings add to; all else is said once in a case. */
const PARTS = ['controlPlane', 'nodes'] as const;

function sum(settings: readonly Setting[]): Setting {
  const all = settings.map(({ properties }) => properties);
  const parts = PARTS.flatMap((part) => {
    const given = all.map((properties) => properties[part] || undefined);
    return given.some(Boolean) ? [[part, Object.assign({}, ...given)]] : [];
  });
  return {
    flags: settings.flatMap(({ flags }) => flags),
    properties: Object.assign({}, ...all, Object.fromEntries(parts)),
  };
}

function caseOf(name: string, clusterName: string, settings: readonly Setting[]): CreateCase {
  const { flags, properties } = sum(settings);
  return { name, clusterName, flags, properties: { zones: [], ...properties } };
}

/** A case that kops refuses, with words of its error. */
export interface RefusedCase extends CreateCase {
  readonly refusal: string;
}

const cases: CreateCase[] = [];
const refused: RefusedCase[] = [];

function addWith(name: string, clusterName: string, settings: readonly Setting[]): void {
  if (cases.some((other) => other.name === name)) throw new Error(`two cases named ${name}`);
  cases.push(caseOf(name, clusterName, settings));
}

const sized = [image, controlPlaneSize, nodeSize];

/** A case without DNS, with image and machine types given: most differ in one or two things from there. */
const add = (name: string, ...settings: Setting[]) =>
  addWith(name, `${name}.k8s.local`, [...sized, dns('none'), ...settings]);

/** One that kops refuses. */
function addRefused(name: string, refusal: string, ...settings: Setting[]): void {
  refused.push({ ...caseOf(name, `${name}.k8s.local`, [...sized, dns('none'), ...settings]), refusal });
}

const cilium = networking('cilium');
const [a = '', b = '', c = '', d = '', e = '', f = ''] = ZONES;

// Networking
for (const cni of CNIS) {
  add(`cni-${cni}`, firstZones(1), networking(cni));
  add(`cni-${cni}-private`, firstZones(3), networking(cni), topology('private'));
}
add('cni-default', firstZones(1));
add('cni-kubenet', firstZones(1), networking('kubenet'));
add('cni-calico-ipv6', firstZones(3), networking('calico'), ipv6);
add('cni-kindnet-ipv6', firstZones(3), networking('kindnet'), ipv6);

// Zones and topology
for (const count of [1, 2, 3, 4, 5, 6]) {
  add(`public-${count}z`, firstZones(count), cilium);
  add(`public-explicit-${count}z`, firstZones(count), cilium, topology('public'));
  add(`private-${count}z`, firstZones(count), cilium, topology('private'));
  add(`ipv6-${count}z`, firstZones(count), cilium, ipv6);
  add(`ipv6-private-${count}z`, firstZones(count), cilium, ipv6, topology('private'));
  add(`ipv6-public-${count}z`, firstZones(count), cilium, ipv6, topology('public'));
}
add('zones-cab', zones(c, a, b), cilium);
add('zones-cab-private', zones(c, a, b), cilium, topology('private'));
add('zones-fbd', zones(f, b, d), cilium, controlPlaneCount(3));

// Control plane
for (const zoneCount of [1, 2, 3, 4]) {
  for (const count of [1, 3, 5, 7]) {
    add(`cp${count}-${zoneCount}z`, firstZones(zoneCount), cilium, controlPlaneCount(count));
  }
}
add('cpz-a', firstZones(3), cilium, controlPlaneZones(a));
add('cpz-c', firstZones(3), cilium, controlPlaneZones(c));
add('cpz-abc', firstZones(3), cilium, controlPlaneZones(a, b, c));
add('cpz-acb', firstZones(3), cilium, controlPlaneZones(a, c, b));
add('cpz-bac', firstZones(3), cilium, controlPlaneZones(b, a, c));
add('cpz-bca', firstZones(3), cilium, controlPlaneZones(b, c, a));
add('cpz-cab', firstZones(3), cilium, controlPlaneZones(c, a, b));
add('cpz-cba', firstZones(3), cilium, controlPlaneZones(c, b, a));
add('cpz-abc-private', firstZones(3), cilium, controlPlaneZones(a, b, c), topology('private'));
add('cpz-cab-cab', zones(c, a, b), cilium, controlPlaneZones(b, c, a));
add('cpz-abcde', firstZones(5), cilium, controlPlaneZones(a, b, c, d, e));
add('cpz-edcba', firstZones(6), cilium, controlPlaneZones(e, d, c, b, a), topology('private'));
add('cpz-outside', firstZones(1), cilium, controlPlaneZones(d, e, f));
add('cpz-a-count3', firstZones(3), cilium, controlPlaneZones(a), controlPlaneCount(3));
add('cpz-ab-count3', firstZones(3), cilium, controlPlaneZones(a, b), controlPlaneCount(3));
add('cpz-ba-count3', firstZones(3), cilium, controlPlaneZones(b, a), controlPlaneCount(3));
add('cpz-ab-count5', firstZones(3), cilium, controlPlaneZones(a, b), controlPlaneCount(5));
add('cpz-abc-count3', firstZones(3), cilium, controlPlaneZones(a, b, c), controlPlaneCount(3));
add('cpz-cba-count5', firstZones(3), cilium, controlPlaneZones(c, b, a), controlPlaneCount(5));
add('cp3-3z-private-bastion', firstZones(3), cilium, controlPlaneCount(3), topology('private'), bastion);
add('cp3-3z-ipv6', firstZones(3), cilium, controlPlaneCount(3), ipv6);
add('cp3-1z-cilium-etcd', firstZones(1), networking('cilium-etcd'), controlPlaneCount(3));
add('cp3-3z-cilium-etcd', firstZones(3), networking('cilium-etcd'), controlPlaneCount(3));
add('cp3-3z-calico', firstZones(3), networking('calico'), controlPlaneCount(3));

// Nodes
for (const zoneCount of [1, 2, 3]) {
  for (const count of [1, 2, 3, 4, 5, 6, 7]) {
    add(`nodes${count}-${zoneCount}z`, firstZones(zoneCount), cilium, nodeCount(count));
  }
}
add('nodes7-3z-private', firstZones(3), cilium, nodeCount(7), topology('private'));
add('nodes5-cab', zones(c, a, b), cilium, nodeCount(5));

// Names and the API
for (const zoneCount of [1, 3]) {
  const at = firstZones(zoneCount);
  const named = (name: string, ...settings: Setting[]) =>
    addWith(`${name}-${zoneCount}z`, `${name}-${zoneCount}z.${DNS_ZONE}`, [
      ...sized,
      at,
      cilium,
      ...settings,
    ]);
  const gossiping = (name: string, ...settings: Setting[]) =>
    addWith(`${name}-${zoneCount}z`, `${name}-${zoneCount}z.k8s.local`, [...sized, at, cilium, ...settings]);
  named('dns-default');
  named('dns-default-zone', dnsZone);
  named('dns-public', dns('public'));
  named('dns-public-zone', dns('public'), dnsZone);
  named('dns-public-zone-private', dns('public'), dnsZone, topology('private'));
  named('dns-public-zone-cp3', dns('public'), dnsZone, controlPlaneCount(3));
  named('dns-public-zone-cp3-private', dns('public'), dnsZone, controlPlaneCount(3), topology('private'));
  named('dns-public-zone-api-public', dns('public'), dnsZone, api('public'));
  named('dns-public-zone-api-internal', dns('public'), dnsZone, topology('private'), api('internal'));
  named('dns-public-zone-ipv6', dns('public'), dnsZone, ipv6);
  named('dns-public-zone-bastion', dns('public'), dnsZone, topology('private'), bastion);
  addWith(`dns-private-${zoneCount}z`, `dns-private-${zoneCount}z.${PRIVATE_DNS_ZONE}`, [
    ...sized,
    at,
    cilium,
    dns('private'),
  ]);
  named('dns-private-zone', dns('private'), dnsZone);
  named('dns-private-zone-private', dns('private'), dnsZone, topology('private'));
  named('dns-private-zone-cp3', dns('private'), dnsZone, controlPlaneCount(3));
  named('dns-private-zone-api-internal', dns('private'), dnsZone, topology('private'), api('internal'));
  named('dns-none-name', dns('none'));
  named('dns-none-name-private', dns('none'), topology('private'));
  gossiping('gossip');
  gossiping('gossip-private', topology('private'));
  gossiping('gossip-cp3', controlPlaneCount(3));
  gossiping('gossip-cp3-private', controlPlaneCount(3), topology('private'));
  gossiping('gossip-bastion', topology('private'), bastion);
  gossiping('gossip-ipv6', ipv6);
  gossiping('gossip-api-internal', topology('private'), api('internal'));
  gossiping('gossip-peers', peers);
  gossiping('gossip-peers-private', peers, topology('private'));
  add(`api-public-${zoneCount}z`, at, cilium, api('public'));
  add(`api-public-private-${zoneCount}z`, at, cilium, api('public'), topology('private'));
  add(`api-internal-private-${zoneCount}z`, at, cilium, api('internal'), topology('private'));
  add(
    `api-internal-private-bastion-${zoneCount}z`,
    at,
    cilium,
    api('internal'),
    topology('private'),
    bastion,
  );
  add(`api-internal-ipv6-${zoneCount}z`, at, cilium, api('internal'), ipv6);
}
add('bastion-2z', firstZones(2), cilium, topology('private'), bastion);
add('bastion-ipv6', firstZones(3), cilium, ipv6, bastion);
add('bastion-calico', firstZones(3), networking('calico'), topology('private'), bastion);

// Access
add('admin-access', firstZones(1), cilium, adminAccess('10.0.0.0/8'));
add('admin-access-two', firstZones(1), cilium, adminAccess('192.0.2.0/24', '10.0.0.0/8'));
add('admin-access-v6', firstZones(1), cilium, adminAccess('2001:db8::/32'));
add('ssh-access', firstZones(1), cilium, sshAccess('10.1.0.0/16'));
add('ssh-access-two', firstZones(1), cilium, sshAccess('203.0.113.0/24', '10.1.0.0/16'));
add('admin-and-ssh-access', firstZones(1), cilium, adminAccess('10.0.0.0/8'), sshAccess('10.1.0.0/16'));
add('admin-access-bastion', firstZones(3), cilium, topology('private'), bastion, adminAccess('10.0.0.0/8'));

// Volumes, labels, stores
add('cp-volume', firstZones(1), cilium, controlPlaneVolume(100));
add('cp-volume-3', firstZones(3), cilium, controlPlaneCount(3), controlPlaneVolume(64));
add('node-volume', firstZones(1), cilium, nodeVolume(200));
add('both-volumes', firstZones(3), cilium, controlPlaneVolume(100), nodeVolume(200));
add(
  'volumes-bastion',
  firstZones(1),
  cilium,
  topology('private'),
  bastion,
  controlPlaneVolume(80),
  nodeVolume(90),
);
add('cloud-labels', firstZones(1), cilium, cloudLabels);
add('cloud-labels-3z', firstZones(3), cilium, cloudLabels, topology('private'), bastion);
add('discovery-store', firstZones(1), cilium, discoveryStore);
add('discovery-store-private', firstZones(3), cilium, discoveryStore, topology('private'));
add('discovery-store-amazonvpc', firstZones(1), networking('amazonvpc'), discoveryStore);
addWith('discovery-store-dns', 'discovery-store-dns.example.com', [
  ...sized,
  firstZones(1),
  cilium,
  dns('public'),
  dnsZone,
  discoveryStore,
]);

// The network's addresses
for (const cidr of ['10.40.0.0/16', '10.0.0.0/16', '172.20.0.0/18', '192.168.0.0/20', '10.1.2.0/24']) {
  const tag = cidr.replace(/[./]/g, '-');
  add(`cidr-${tag}-1z`, firstZones(1), cilium, networkCidr(cidr));
  add(`cidr-${tag}-3z`, firstZones(3), cilium, networkCidr(cidr));
  add(`cidr-${tag}-3z-private`, firstZones(3), cilium, networkCidr(cidr), topology('private'));
  add(`cidr-${tag}-5z-private`, firstZones(5), cilium, networkCidr(cidr), topology('private'));
}
add('cidr-ipv6', firstZones(3), cilium, networkCidr('10.40.0.0/16'), ipv6);
add('cidr-8', firstZones(3), cilium, networkCidr('10.0.0.0/8'));
add('cidr-27', firstZones(3), cilium, networkCidr('10.0.0.0/27'), topology('private'));

// What kops refuses
const QUORUM = 'Should be an odd number of control-plane-zones for quorum';
addRefused('cp2-1z', QUORUM, firstZones(1), cilium, controlPlaneCount(2));
addRefused('cp4-3z', QUORUM, firstZones(3), cilium, controlPlaneCount(4));
addRefused('cpz-ab', QUORUM, firstZones(3), cilium, controlPlaneZones(a, b));
addRefused(
  'cpz-abc-count1',
  'the count should match',
  firstZones(3),
  cilium,
  controlPlaneZones(a, b, c),
  controlPlaneCount(1),
);
addRefused(
  'api-internal-public',
  'at least one subnet of type Private',
  firstZones(1),
  cilium,
  api('internal'),
);
addRefused('bastion-public', "bastion supports --topology='private' only", firstZones(1), cilium, bastion);
addRefused(
  'cidr-of-pods',
  'cannot overlap with networkCIDR',
  firstZones(1),
  cilium,
  networkCidr('100.64.0.0/16'),
);
addRefused(
  'kubenet-private',
  'does not support private topology',
  firstZones(1),
  networking('kubenet'),
  topology('private'),
);
for (const cni of ['amazonvpc', 'flannel', 'kube-router'] as const) {
  addRefused(`${cni}-ipv6`, 'not support IPv6', firstZones(3), networking(cni), ipv6);
}

// What kops takes for machine types when none is said
const unsized = (name: string, ...settings: Setting[]) =>
  addWith(name, `${name}.k8s.local`, [image, dns('none'), cilium, ...settings]);
unsized('types-default', firstZones(1));
unsized('types-default-private', firstZones(3), topology('private'), bastion, controlPlaneCount(3));
unsized('types-default-ipv6', firstZones(3), ipv6);
unsized('types-default-nodes', firstZones(1), controlPlaneSize);
unsized('types-default-cp', firstZones(1), nodeSize);

export const CREATE_CASES: readonly CreateCase[] = cases;
export const REFUSED_CASES: readonly RefusedCase[] = refused;

/** Settings that may meet in any mix, one of each row: what the random cases are drawn from. */
export const DIMENSIONS: readonly (readonly Setting[])[] = [
  [1, 2, 3, 4, 5, 6].map(firstZones).concat([zones(c, a, b), zones(d, f)]),
  [unsaid, dns('none')],
  CNIS.map((name) => networking(name)),
  [
    unsaid,
    topology('public'),
    topology('private'),
    sum([topology('private'), bastion]),
    sum([topology('private'), api('internal')]),
    sum([topology('private'), bastion, api('internal')]),
    api('public'),
    ipv6,
    sum([ipv6, bastion]),
    sum([ipv6, api('internal')]),
  ],
  [unsaid, controlPlaneCount(1), controlPlaneCount(3), controlPlaneCount(5), controlPlaneZones(c, a, b)],
  [unsaid, nodeCount(1), nodeCount(4), nodeCount(7)],
  [unsaid, adminAccess('192.0.2.0/24', '10.0.0.0/8')],
  [unsaid, sshAccess('10.1.0.0/16')],
  [unsaid, networkCidr('10.40.0.0/16'), networkCidr('192.168.0.0/20')],
  [unsaid, controlPlaneVolume(100)],
  [unsaid, nodeVolume(200)],
  [unsaid, cloudLabels],
  [unsaid, discoveryStore],
  [unsaid, controlPlaneSize],
  [unsaid, nodeSize],
];

/** A case of one setting from each dimension, as `pick` chooses. */
export function mixedCase(name: string, pick: (count: number) => number): CreateCase {
  const settings = DIMENSIONS.flatMap((dimension) => dimension[pick(dimension.length)] ?? []);
  return caseOf(name, `${name}.k8s.local`, [image, ...settings]);
}
