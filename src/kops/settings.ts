import { Settings, shape } from '../core';
import type { NetworkingSpec } from './api';
import { NETWORKING_NAMES, type NetworkingName } from './networking';
import { StateStore } from './state-store';

/** Settings of clusters that may as well be given to a wave or to the fleet: the nearest one wins. */
export interface ClusterSettings {
  /**
   * Where kOps keeps the clusters' state.
   * @default - none: a cluster needs one, its own or one of the constructs around it
   */
  readonly stateStore?: StateStore;

  /**
   * The kOps version that changes the cluster, for instance `1.36.2`. Its release decides which fields a manifest may
   * have.
   * @default - none: a cluster needs one
   */
  readonly kops?: string;

  /**
   * The Kubernetes version, for instance `1.35.1`.
   * @default - none: a cluster needs one
   */
  readonly kubernetesVersion?: string;

  /**
   * What holds where nothing is set: `kops` gives what `kops create cluster` would, to the letter; `secure` differs
   * from that where kOps is lax (see docs/defaults.md).
   * @default 'secure'
   */
  readonly defaults?: 'secure' | 'kops';

  /**
   * kOps's channel, its list of recommended versions and images.
   * @default 'stable'
   */
  readonly channel?: string;

  /**
   * The network plugin: a name as in `kops create cluster --networking`, or kOps's `spec.networking` in full.
   * @default 'cilium'
   */
  readonly networking?: NetworkingName | NetworkingSpec;

  /**
   * Whether nodes have public addresses, or sit in private subnets behind NAT gateways.
   * @default - that of the cluster's `subnets`, where those are given; else 'public', 'private' for an IPv6 cluster
   */
  readonly topology?: 'public' | 'private';

  /**
   * How the cluster's names are found: records in a public or private DNS zone, gossip (the name must end in
   * `.k8s.local`), or none at all.
   * @default - 'public' with `dnsZone`, else 'none'
   */
  readonly dns?: 'public' | 'private' | 'none' | 'gossip';

  /**
   * The DNS zone that the cluster's records go to, a name or the id of a hosted zone.
   * @default - the longest zone that fits the cluster's name
   */
  readonly dnsZone?: string;

  /**
   * How the Kubernetes API is reached: through a `public` or `internal` load balancer, or by `dns` records of the
   * control-plane nodes.
   * @default - 'public'; 'dns' for a public topology with a DNS zone
   */
  readonly api?: 'public' | 'internal' | 'dns';

  /**
   * Address ranges that may reach the Kubernetes API.
   * @default ['0.0.0.0/0', '::/0']
   */
  readonly kubernetesApiAccess?: readonly string[];

  /**
   * Address ranges that may reach SSH on the nodes.
   * @default - nobody; with kOps's defaults `kubernetesApiAccess`
   */
  readonly sshAccess?: readonly string[];

  /**
   * The machine image of all instance groups: an AMI id, `owner/name`, or `ssm:/path`.
   * @default - the image that kOps's stable channel had for the Kubernetes version when this cdkops was made
   */
  readonly image?: string;

  /**
   * The tags of everything that kOps creates in the cloud. Those of a wave or cluster are added to those above it.
   * @default - none
   */
  readonly cloudLabels?: Readonly<Record<string, string>>;

  /**
   * Where the OpenID Connect documents of the clusters are published, for instance `s3://acme-oidc`: service accounts
   * can then take IAM roles (IRSA).
   * @see https://kops.sigs.k8s.io/cluster_spec/#service-account-issuer-discovery-and-aws-iam-roles-for-service-accounts-irsa
   * @default - not published
   */
  readonly discoveryStore?: string;
}

/** What cluster settings look like. */
export const CLUSTER_SETTING_MEMBERS: shape.Members<ClusterSettings> = {
  stateStore: {
    expected: "a store such as StateStore.s3('acme-kops-state')",
    fits: StateStore.isStateStore,
  },
  kops: shape.text,
  kubernetesVersion: shape.text,
  defaults: shape.oneOf('secure', 'kops'),
  channel: shape.text,
  networking: shape.either(shape.oneOf(...NETWORKING_NAMES), shape.dataMap),
  topology: shape.oneOf('public', 'private'),
  dns: shape.oneOf('public', 'private', 'none', 'gossip'),
  dnsZone: shape.text,
  api: shape.oneOf('public', 'internal', 'dns'),
  kubernetesApiAccess: shape.list(shape.text),
  sshAccess: shape.list(shape.text),
  image: shape.text,
  cloudLabels: shape.map(shape.text),
  discoveryStore: shape.text,
};

/** Which settings hold where. */
export const clusterSettings = new Settings<ClusterSettings>();

/** The settings among the props of a fleet, wave or cluster. */
export function pickClusterSettings(props: ClusterSettings): ClusterSettings {
  const names = Object.keys(CLUSTER_SETTING_MEMBERS) as (keyof ClusterSettings)[];
  return Object.fromEntries(names.map((name) => [name, props?.[name]]));
}
