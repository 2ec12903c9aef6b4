import { fromByteArray } from 'ipaddr.js';
import { isMap } from '../../core';
import { parseCidr } from '../../kops/cidr';
import { type ManifestDocument, manifestDocuments } from './manifest';
import { sameToKops } from './same-to-kops';

type Data = Readonly<Record<string, unknown>>;

/** A document of kOps's own; those of addons may be anything. */
const OF_KOPS = /^apiVersion: *["']?kops(?:\.k8s\.io)?\//m;

/**
 * The cluster and the instance groups of what `kops get all -o yaml` printed.
 * @param place - where it comes from, for messages
 * @throws UserError where that cannot be read.
 */
export function liveDocuments(text: string, place: string): ManifestDocument[] {
  const sections = text.replaceAll('\r\n', '\n').split('\n---\n');
  return sections
    .filter((section) => OF_KOPS.test(section))
    .flatMap((section) => manifestDocuments(section, place));
}

/** What a store has and a manifest can say; addons' objects and SSH keys are rolled out by other ways. */
const KINDS: ReadonlySet<string> = new Set(['Cluster', 'InstanceGroup']);

/** Two sides of a cluster that can be compared. */
export interface LiveAndWanted {
  readonly live: readonly ManifestDocument[];
  readonly wanted: readonly ManifestDocument[];
}

/**
 * What is live and what a manifest wants, in one spelling, and the latter with what kOps fills in by itself: so a cluster that
 * was rolled out does not differ.
 */
export function asKopsKeepsThem(
  live: readonly ManifestDocument[],
  wanted: readonly ManifestDocument[],
): LiveAndWanted {
  const old = live.filter(({ kind }) => KINDS.has(kind)).map(inOneSpelling);
  const now = wanted
    .filter(({ kind }) => KINDS.has(kind))
    .map(inOneSpelling)
    .map((document) => {
      const twin = old.find(({ kind, name }) => kind === document.kind && name === document.name);
      if (!twin) return document;
      const filled = document.kind === 'Cluster' ? withWhatKopsFillsIn(document, twin) : document;
      return { ...filled, data: sameToKops(filled.data, twin.data) as Data };
    });
  return { live: old, wanted: now };
}

/** Both names of a role and of the API's group mean one. */
function inOneSpelling(document: ManifestDocument): ManifestDocument {
  const { apiVersion, ...data } = document.data;
  const version = typeof apiVersion === 'string' ? apiVersion.replace(/^kops\//, 'kops.k8s.io/') : apiVersion;
  return { ...document, data: { apiVersion: version, ...(spelledAlike(data, '') as Data) } };
}

/** Members whose values are roles of machines. */
const ROLE = /^roles?$/;

function spelledAlike(value: unknown, member: string): unknown {
  if (Array.isArray(value)) return value.map((item) => spelledAlike(item, member));
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, spelledAlike(item, key)]));
  }
  return ROLE.test(member) && value === 'ControlPlane' ? 'Master' : value;
}

/** The network that kOps gives a cluster without one, by cloud. */
const NETWORKS: Readonly<Record<string, string>> = { aws: '172.20.0.0/16', azure: '10.0.0.0/16' };

/** How long etcd's backups are kept where nobody says it, in days. */
const BACKUP_DAYS = 90;

/**
 * A manifest's cluster with those fields that it leaves to kOps, as kOps filled them in: the values that kOps would give again,
 * and those which only a cloud or a channel could tell.
 */
function withWhatKopsFillsIn(wanted: ManifestDocument, live: ManifestDocument): ManifestDocument {
  const spec: Record<string, unknown> = { ...mapOf(wanted.data.spec) };
  const old = mapOf(live.data.spec);
  const fill = (member: string, isKopsOwn: (value: unknown) => boolean) => {
    const isLeftToKops = spec[member] === undefined || spec[member] === null;
    if (isLeftToKops && old[member] !== undefined && isKopsOwn(old[member])) spec[member] = old[member];
  };
  const { name } = wanted;
  const isOwnFolder = (base: unknown) => typeof base === 'string' && base.endsWith(`/${name}`);
  fill('configBase', isOwnFolder);
  // kOps takes the folder in which it found the cluster, and says so only in what it prints.
  if (old.configBase === undefined && isOwnFolder(spec.configBase)) spec.configBase = undefined;
  fill('kubernetesVersion', (version) => typeof version === 'string');
  fill('channel', (channel) => channel === 'stable');
  fill('masterPublicName', (host) => host === `api.${name}`);
  fill('authorization', (value) => isEqual(value, { rbac: {} }));
  fill('api', (value) => isEqual(value, {}));
  fill(
    'networkCIDR',
    (cidr) => spec.networkID !== undefined || cidr === NETWORKS[String(spec.cloudProvider)],
  );
  const pods = mapOf(spec.networking).amazonvpc === undefined ? '100.64.0.0/10' : spec.networkCIDR;
  fill('nonMasqueradeCIDR', (cidr) => cidr === pods || cidr === '100.64.0.0/10');
  spec.topology = topology(spec.topology, old.topology);
  spec.cloudConfig = cloudConfig(spec.cloudConfig, old.cloudConfig);
  spec.subnets = eachNamed(spec.subnets, old.subnets, (subnet, twin) => ({
    ...(subnet.cidr === undefined && twin.cidr !== undefined && { cidr: twin.cidr }),
  }));
  spec.etcdClusters = eachNamed(spec.etcdClusters, old.etcdClusters, (etcd, twin) => {
    const isKopsOwn = mapOf(twin.manager).backupRetentionDays === BACKUP_DAYS;
    const isLeftToKops = mapOf(etcd.manager).backupRetentionDays === undefined;
    return isKopsOwn && isLeftToKops
      ? { manager: { ...mapOf(etcd.manager), backupRetentionDays: BACKUP_DAYS } }
      : {};
  });
  spec.egressProxy = proxy(spec.egressProxy, old.egressProxy, addressesOf(name, spec));
  return { ...wanted, data: { ...wanted.data, spec } };
}

/** kOps writes how a cluster finds its API where nobody says it: by public names. */
function topology(wanted: unknown, live: unknown): unknown {
  const isKopsOwn = isEqual(mapOf(live).dns, { type: 'Public' });
  if (!isKopsOwn || mapOf(wanted).dns !== undefined || (wanted !== undefined && !isMap(wanted)))
    return wanted;
  return { ...mapOf(wanted), dns: { type: 'Public' } };
}

/** kOps writes settings of these clouds whether or not there are some. */
function cloudConfig(wanted: unknown, live: unknown): unknown {
  const empty = ['azure', 'openstack'].filter(
    (cloud) => isEqual(mapOf(live)[cloud], {}) && mapOf(wanted)[cloud] === undefined,
  );
  return empty.length > 0
    ? { ...mapOf(wanted), ...Object.fromEntries(empty.map((cloud) => [cloud, {}])) }
    : wanted;
}

/** kOps adds the cluster's own addresses to those that are reached without the proxy, behind the manifest's. */
function proxy(wanted: unknown, live: unknown, ownAddresses: ReadonlySet<unknown>): unknown {
  if (!isMap(wanted)) return wanted;
  const { excludes } = mapOf(live);
  const [now, old] = [namesIn(wanted.excludes), namesIn(excludes)];
  const isSame =
    now.every((name, index) => name === old[index]) &&
    old.slice(now.length).every((name) => ownAddresses.has(name));
  return isSame && old.length > now.length ? { ...wanted, excludes } : wanted;
}

function namesIn(list: unknown): string[] {
  return typeof list === 'string' && list !== '' ? list.split(',') : [];
}

/** What kOps adds there (`assignProxy` in its upup/pkg/fi/cloudup/defaults.go). */
function addressesOf(name: string, spec: Data): Set<unknown> {
  const more = Array.isArray(spec.additionalNetworkCIDRs) ? spec.additionalNetworkCIDRs : [];
  const { nonMasqueradeCIDR: pods, networkCIDR, masterPublicName, clusterDNSDomain = 'cluster.local' } = spec;
  return new Set<unknown>([
    ...['127.0.0.1', 'localhost', '169.254.169.254', name, masterPublicName, clusterDNSDomain],
    ...[pods, firstAddress(pods), networkCIDR, ...more],
  ]);
}

/** The first address of a network, in which the API of Kubernetes is found. */
function firstAddress(cidr: unknown): string | undefined {
  const network = parseCidr(cidr)?.network;
  if (!network) return undefined;
  const bytes = network.toByteArray();
  // A network's own address ends in an even number.
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) + 1;
  return fromByteArray(bytes).toString();
}

/** The items of a list, each with what is added to it by what the item of its name has. */
function eachNamed(
  wanted: unknown,
  live: unknown,
  added: (item: Data, twin: Data) => Record<string, unknown>,
): unknown {
  if (!Array.isArray(wanted) || !Array.isArray(live)) return wanted;
  return wanted.map((item: unknown) => {
    const twin: unknown = live.find((one) => isMap(one) && isMap(item) && one.name === item.name);
    return isMap(item) && isMap(twin) ? { ...item, ...added(item, twin) } : item;
  });
}

function mapOf(value: unknown): Data {
  return isMap(value) ? value : {};
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
