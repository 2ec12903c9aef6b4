import { isMap, merge, type Override, type Problem } from '../core';
import type { ClusterSpec, EtcdClusterSpec, KopsRelease, NetworkingSpec, TopologySpec } from './api';
import type { ClusterLayout } from './cluster-layout';
import { type EtcdVolume, etcdClusters } from './etcd';
import { planNetworking } from './networking';
import type { ClusterSettings } from './settings';

/** What the spec of a new cluster is made from. */
export interface DefaultClusterSpecOptions {
  /** The cluster's name. */
  readonly name: string;
  readonly release: KopsRelease;
  /** The setting that holds for the cluster. */
  readonly setting: <K extends keyof ClusterSettings>(name: K) => ClusterSettings[K];
  readonly layout: ClusterLayout;
  readonly networkCIDR: string;
  /** Whether that is kOps's default. */
  readonly isDefaultNetwork: boolean;
  /** What the spec lays over the networking that the settings give. */
  readonly networkingOverride?: Override<NetworkingSpec> | null;
  /** Names of the control-plane groups, in order. */
  readonly controlPlaneGroups: readonly string[];
  readonly hasBastion: boolean;
  readonly etcdVolume?: EtcdVolume;
  /** Those of kOps's defaults are not wanted then. */
  readonly etcdClusters?: readonly EtcdClusterSpec[];
  /** Takes what is wrong with the settings. */
  readonly problems: Problem[];
}

const ANYWHERE = ['0.0.0.0/0', '::/0'];

/**
 * The spec that `kops create cluster` would write, as far as the props are silent; without `configBase` and
 * `kubernetesVersion`.
 * @see https://kops.sigs.k8s.io/cli/kops_create_cluster/
 */
export function defaultClusterSpec(options: DefaultClusterSpecOptions): ClusterSpec {
  const { name, setting, layout, networkCIDR, problems } = options;
  // A spec that names a plugin, where no setting does, means that plugin and not kOps's default beside it. What follows
  // from the plugin must follow from the one that the spec has in the end.
  const override = isMap(options.networkingOverride) ? options.networkingOverride : undefined;
  const asked = planNetworking(setting('networking') ?? (override ? {} : 'cilium'));
  const plan = override ? planNetworking(merge(asked.networking, override)) : asked;
  const dns = setting('dns') ?? (setting('dnsZone') ? 'public' : 'none');
  checkDns(name, dns, problems);
  const access = setting('kubernetesApiAccess');
  return {
    api: api(options, dns),
    authorization: { rbac: {} },
    channel: setting('channel') ?? 'stable',
    cloudControllerManager: layout.ipv6 ? {} : undefined,
    cloudLabels: setting('cloudLabels'),
    cloudProvider: 'aws',
    dnsZone: setting('dnsZone'),
    etcdClusters:
      options.etcdClusters ??
      etcdClusters(
        options.controlPlaneGroups,
        options.etcdVolume,
        plan.networking.cilium?.etcdManaged === true,
        options.release !== '1.26',
      ),
    iam: { allowContainerRegistry: true, legacy: false, ...irsa(setting('discoveryStore')) },
    kubeProxy: plan.kubeProxy,
    kubelet: { anonymousAuth: false },
    kubernetesApiAccess: access ?? ANYWHERE,
    masterPublicName: dns === 'public' ? `api.${name}` : undefined,
    networkCIDR,
    networking: plan.networking,
    nonMasqueradeCIDR: nonMasqueradeCIDR(options, plan.networking.amazonvpc !== undefined),
    serviceAccountIssuerDiscovery: discovery(name, setting('discoveryStore')),
    // Left out, nobody can; kOps would drop an empty list.
    sshAccess: setting('sshAccess') ?? (layout.defaults === 'secure' ? undefined : (access ?? ANYWHERE)),
    subnets: layout.subnets,
    topology: topology(options, dns),
  };
}

/**
 * The network that pods are not masqueraded in. With the Amazon VPC plugin pods have addresses of the network itself, but
 * kOps says so for its default network alone (PerformAssignments in upup/pkg/fi/cloudup/defaults.go).
 */
function nonMasqueradeCIDR(
  { layout, networkCIDR, isDefaultNetwork }: DefaultClusterSpecOptions,
  podsInNetwork: boolean,
) {
  if (layout.ipv6) return '::/0';
  return podsInNetwork && isDefaultNetwork ? networkCIDR : '100.64.0.0/10';
}

function api(
  { setting, layout }: DefaultClusterSpecOptions,
  dns: NonNullable<ClusterSettings['dns']>,
): ClusterSpec['api'] {
  const recordsSuffice = layout.topology === 'public' && (dns === 'public' || dns === 'private');
  const way = setting('api') ?? (recordsSuffice ? 'dns' : 'public');
  if (way === 'dns') return { dns: {} };
  return { loadBalancer: { class: 'Network', type: way === 'internal' ? 'Internal' : 'Public' } };
}

function topology(
  { name, hasBastion }: DefaultClusterSpecOptions,
  dns: NonNullable<ClusterSettings['dns']>,
): TopologySpec {
  const hasRecords = dns === 'public' || dns === 'private';
  const types = { public: 'Public', private: 'Private', none: 'None', gossip: 'Private' } as const;
  return {
    ...(hasBastion && hasRecords && { bastion: { bastionPublicName: `bastion.${name}` } }),
    dns: { type: types[dns] },
  };
}

/** A cluster whose name ends so finds its machines by gossip, unless DNS is none. */
const GOSSIP = '.k8s.local';

function checkDns(name: string, dns: NonNullable<ClusterSettings['dns']>, problems: Problem[]): void {
  const field = 'dns';
  if (dns === 'gossip' && !name.endsWith(GOSSIP)) {
    const message = `gossip needs a cluster name that ends in ${GOSSIP}, got "${name}": rename the cluster or choose another dns`;
    problems.push({ field, message });
  } else if ((dns === 'public' || dns === 'private') && name.endsWith(GOSSIP)) {
    const message = `a cluster whose name ends in ${GOSSIP} has no DNS zone: expected 'none' or 'gossip', got '${dns}'`;
    problems.push({ field, message });
  }
}

function irsa(discoveryStore: string | undefined): ClusterSpec['iam'] {
  return discoveryStore === undefined ? {} : { useServiceAccountExternalPermissions: true };
}

function discovery(
  name: string,
  discoveryStore: string | undefined,
): ClusterSpec['serviceAccountIssuerDiscovery'] {
  if (discoveryStore === undefined) return undefined;
  return { discoveryStore: `${discoveryStore.replace(/\/+$/, '')}/${name}`, enableAWSOIDCProvider: true };
}
