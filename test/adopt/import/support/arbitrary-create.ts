import * as fc from 'fast-check';
import {
  Bastion,
  Cluster,
  type ClusterProps,
  ControlPlane,
  Fleet,
  type FleetProps,
  InstanceGroup,
  type KopsDocument,
  NodeGroup,
  SshCredential,
  StateStore,
  Wave,
} from '../../../../src';
import type { KopsRelease } from '../../../../src/kops/api';
import { arbitraryObject, fieldsOf } from './arbitrary-document';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOpbL6WXGkcmWcqGJCBuFgtzooPDBVvmCflLn2ivrSVs a';

const LETTERS = ['a', 'b', 'c'];
const NETWORKING = ['amazonvpc', 'calico', 'cilium', 'cilium-etcd', 'cilium-eni', 'cni', 'flannel'] as const;

/** For records: any of the members may be missing. */
const some = { requiredKeys: [] as never[], noNullPrototype: true };

const zones = fc
  .tuple(fc.constantFrom('us-east-1', 'eu-central-1'), fc.subarray(LETTERS, { minLength: 1 }))
  .map(([region, letters]) => letters.map((letter) => `${region}${letter}`));

const settings = {
  defaults: fc.constantFrom('secure', 'kops'),
  networking: fc.constantFrom(...NETWORKING),
  topology: fc.constantFrom('public', 'private'),
  dns: fc.constantFrom('none', 'gossip', 'public', 'private'),
  api: fc.constantFrom('public', 'internal', 'dns'),
  channel: fc.constantFrom('stable', 'alpha'),
  image: fc.constantFrom('ami-0123456789abcdef0', 'debian/debian-12'),
  kubernetesApiAccess: fc.subarray(['10.0.0.0/8', '192.0.2.0/24']),
  sshAccess: fc.subarray(['10.0.0.0/8', '192.0.2.0/24']),
  cloudLabels: fc.dictionary(fc.constantFrom('owner', 'env', 'a b'), fc.constantFrom('a', 'b')),
  discoveryStore: fc.constantFrom('s3://acme-oidc', 's3://acme-oidc/sub'),
};

/** What may hold in a fleet: some of it, any of it. */
export const arbitrarySettings: fc.Arbitrary<FleetProps> = fc.record(settings, some).map((given) => ({
  stateStore: StateStore.s3('fleet-state'),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
  ...(given as FleetProps),
}));

const common = {
  machineType: fc.oneof(fc.constantFrom('m5.large', 't3.medium'), fc.constant(['m5.large', 'm5a.large'])),
  image: fc.constant('ami-0fedcba9876543210'),
  rootVolumeSize: fc.constantFrom(20, 64),
  nodeLabels: fc.dictionary(
    fc.constantFrom('a', 'pool', 'kops.k8s.io/instancegroup'),
    fc.constantFrom('x', 'y'),
  ),
  taints: fc.constant(['a=b:NoSchedule']),
  cloudLabels: fc.dictionary(fc.constantFrom('env', 'team'), fc.constantFrom('x', 'y')),
  instanceMetadata: fc.constantFrom({ httpTokens: 'optional' }, { httpPutResponseHopLimit: 2 }),
};
const sized = {
  ...common,
  minSize: fc.nat(3),
  maxSize: fc.integer({ min: 3, max: 9 }),
  spot: fc.oneof(fc.boolean(), fc.constant({ onDemandBase: 1, onDemandAboveBase: 50 })),
};

const clusterProps = fc.record(
  {
    ...settings,
    networkCIDR: fc.constantFrom('10.0.0.0/16', '172.20.0.0/16', '192.168.0.0/20'),
    egress: fc.constantFrom('nat-0123456789abcdef0', 'External'),
    ipv6: fc.boolean(),
    controlPlane: fc.record({ ...common, count: fc.constantFrom(1, 3, 5) }, some),
    nodes: fc.oneof(fc.constant(false), fc.record({ ...common, count: fc.constantFrom(1, 2, 6) }, some)),
    bastion: fc.oneof(fc.boolean(), fc.record({ ...common, maxSize: fc.constantFrom(1, 2) }, some)),
    etcdVolume: fc.record({ volumeSize: fc.constant(30), encryptedVolume: fc.boolean() }, some),
    sshPublicKey: fc.constant(KEY),
    labels: fc.constant({ team: 'a' }),
    updatePolicy: fc.constant('external'),
    spec: fc.constantFrom({}, { kubeAPIServer: { auditLogMaxAge: 30 } }, { kubeProxy: { enabled: true } }),
  },
  some,
);

const members = fc.record({
  controlPlane: fc.option(fc.record({ count: fc.constantFrom(1, 3) }, some), { freq: 3, nil: undefined }),
  nodes: fc.array(fc.record(sized, some), { maxLength: 2 }),
  apiServers: fc.option(fc.record(sized, some), { freq: 4, nil: undefined }),
  bastion: fc.option(fc.record(common, some), { freq: 4, nil: undefined }),
  key: fc.boolean(),
});

/** What L2 constructs give, and whether they say that something is wrong with it. */
export interface Created {
  readonly documents: readonly KopsDocument[];
  readonly isRight: boolean;
}

/** What `kops create cluster` and people who know its flags would write. */
export const arbitraryCreated: fc.Arbitrary<Created> = fc
  .tuple(arbitrarySettings, zones, clusterProps, members, fc.constantFrom('c.k8s.local', 'c.example.com'))
  .map(([fleetProps, zoneNames, props, more, name]) => {
    const wave = new Wave(new Fleet({ pipeline: false, ...fleetProps }), 'wave');
    const { controlPlane, ...rest } = props;
    const cluster = new Cluster(wave, name, {
      ...(rest as Partial<ClusterProps>),
      ...(more.controlPlane === undefined && controlPlane && { controlPlane: controlPlane as object }),
      zones: zoneNames,
    });
    if (more.controlPlane) new ControlPlane(cluster, 'control-plane', more.controlPlane);
    more.nodes.forEach((nodes, index) => {
      new NodeGroup(cluster, index === 0 ? 'nodes' : 'gpu', nodes as object);
    });
    if (more.apiServers)
      new InstanceGroup(cluster, 'api', { role: 'APIServer', ...(more.apiServers as object) });
    if (more.bastion) new Bastion(cluster, 'door', more.bastion as object);
    if (more.key && props.sshPublicKey === undefined)
      new SshCredential(cluster, 'admin-2', { publicKey: KEY });
    const { objects, findings } = cluster.manifest();
    const documents = JSON.parse(JSON.stringify(objects.map(({ document }) => document)));
    return { documents, isRight: findings.every(({ severity }) => severity !== 'error') };
  });

/** A change at one place: a number leads there. */
export interface Mutation {
  readonly what: 'remove' | 'replace' | 'copy' | 'add' | 'drop-object';
  readonly where: number;
  readonly value: unknown;
}

/** Changes such as people make, and such as nobody would. */
export function arbitraryMutations(release: KopsRelease): fc.Arbitrary<Mutation[]> {
  const value = fc.oneof(
    fc.constantFrom('a', 'us-east-1a', 'nodes-us-east-1a', '10.0.0.0/16', '', 0, 1, 3, true, false),
    fc.constantFrom<unknown>([], {}, ['us-east-1a'], { a: 'b' }),
  );
  const added = fc.oneof(
    arbitraryObject('ClusterSpec', release),
    arbitraryObject('InstanceGroupSpec', release),
  );
  const mutation = fc.oneof(
    fc.record({ what: fc.constantFrom('remove', 'replace', 'copy', 'drop-object'), where: fc.nat(), value }),
    fc.record({ what: fc.constant('add'), where: fc.nat(), value: added }),
  );
  return fc.array(mutation as fc.Arbitrary<Mutation>, { maxLength: 4 });
}

/** The documents with changes carried out in turn; the cluster keeps its name, and groups theirs. */
export function mutated(
  documents: readonly KopsDocument[],
  mutations: readonly Mutation[],
  release: KopsRelease,
): KopsDocument[] {
  const result = structuredClone(documents) as KopsDocument[];
  for (const { what, where, value } of mutations) {
    if (what === 'drop-object') {
      if (result.length > 1) result.splice(1 + (where % (result.length - 1)), 1);
      continue;
    }
    const places = result.flatMap(({ spec }) => placesIn(spec as Record<string, unknown>));
    const [parent, key] = places[where % places.length] ?? [{}, ''];
    const target = parent as Record<string | number, unknown>;
    if (what === 'add') add(result[where % result.length], value as Record<string, unknown>, release);
    else if (what === 'replace' && typeof value === typeof target[key]) target[key] = value;
    else if (what === 'remove' && Array.isArray(parent)) parent.splice(key as number, 1);
    else if (what === 'remove') delete target[key];
    else if (what === 'copy' && Array.isArray(parent)) parent.push(structuredClone(parent[key as number]));
  }
  return result;
}

/** Fields that an object can have, from another one's. */
function add(
  document: KopsDocument | undefined,
  fields: Record<string, unknown>,
  release: KopsRelease,
): void {
  if (!document) return;
  const known = new Map(fieldsOf(`${document.kind}Spec`, release));
  for (const [field, value] of Object.entries(fields)) {
    if (known.has(field)) Object.assign(document.spec, { [field]: value });
  }
}

type Place = readonly [Record<string, unknown> | unknown[], string | number];

/** Everything in a spec that can be changed. */
function placesIn(value: Record<string, unknown> | unknown[]): Place[] {
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  return [...keys].flatMap((key): Place[] => {
    const member = (value as Record<string | number, unknown>)[key];
    const inner =
      typeof member === 'object' && member !== null ? placesIn(member as Record<string, unknown>) : [];
    return [[value, key], ...inner];
  });
}
