import { type Override, shape } from '../core';
import type { ClusterSpec, ClusterSubnetSpec, EtcdClusterSpec } from './api';
import type { BastionProps } from './bastion';
import { CONTROL_PLANE_MEMBERS, type ControlPlaneProps } from './control-plane';
import type { EtcdVolume } from './etcd';
import { COMMON_MEMBERS, type CommonInstanceGroupProps, SIZED_MEMBERS } from './instance-group-props';
import { KOPS_OBJECT_MEMBERS, type KopsObjectOptions } from './kops-object';
import { CLUSTER_SETTING_MEMBERS, type ClusterSettings } from './settings';

/** The worker nodes that a cluster gets without a `NodeGroup` of its own: one group a zone. */
export interface DefaultNodesProps extends CommonInstanceGroupProps {
  /**
   * How many nodes in all, shared out over the zones.
   * @default - one a zone
   */
  readonly count?: number;
}

/** Fields of kOps's spec that a cluster takes as they are. */
export type ClusterSpecFields = Pick<
  ClusterSpec,
  | 'additionalNetworkCIDRs'
  | 'additionalPolicies'
  | 'encryptionConfig'
  | 'masterPublicName'
  | 'networkID'
  | 'sshKeyName'
  | 'updatePolicy'
>;

/** Props of a cluster on AWS. */
export interface ClusterProps extends ClusterSettings, KopsObjectOptions, ClusterSpecFields {
  /** The availability zones of the nodes, for instance `['eu-central-1a', 'eu-central-1b']`; all of one region. */
  readonly zones: readonly string[];

  /**
   * The range of the cluster's network; for one that exists already (`networkID`), the range that it has.
   * @default '172.20.0.0/16'
   */
  readonly networkCIDR?: string;

  /**
   * The subnets, where those that `kops create cluster` would lay out do not fit; a subnet without `cidr` and `id`
   * gets the range that kOps would give it.
   * @default - one a zone; for a private topology with utility subnets beside them
   */
  readonly subnets?: readonly ClusterSubnetSpec[];

  /**
   * Where traffic from private subnets leaves: the id of a NAT gateway, instance, elastic IP or transit gateway, or
   * `External`.
   * @default - a NAT gateway a zone, made by kOps
   */
  readonly egress?: string;

  /**
   * Whether pods get IPv6 addresses.
   * @default false
   */
  readonly ipv6?: boolean;

  /**
   * The control plane, where no `ControlPlane` is declared in the cluster.
   * @default - one machine in the first zone
   */
  readonly controlPlane?: ControlPlaneProps;

  /**
   * The worker nodes; `false` for none.
   * @default - one group of one node a zone, unless the cluster has a `NodeGroup` of its own
   */
  readonly nodes?: DefaultNodesProps | false;

  /**
   * A bastion, for a private topology.
   * @default false
   */
  readonly bastion?: boolean | BastionProps;

  /**
   * What the volumes of etcd are.
   * @default - encrypted, of kOps's size and type
   */
  readonly etcdVolume?: EtcdVolume;

  /**
   * The etcd clusters, where those of `kops create cluster` do not fit: a running cluster keeps the names that its
   * members were given, since etcd's volumes are found by them.
   * @default - `main` and `events`, with a member in every control-plane group
   */
  readonly etcdClusters?: readonly EtcdClusterSpec[];

  /**
   * The public SSH key of the administrators, one line as in `id_ed25519.pub`.
   * @default - none
   */
  readonly sshPublicKey?: string;

  /**
   * Anything else that kOps knows of clusters, laid over what the props give: maps merge, lists with names (subnets,
   * etcd clusters…) merge by name, other lists are replaced, `null` takes a field away.
   * @default - nothing else
   */
  readonly spec?: Override<ClusterSpec>;
}

/** What those look like. */
export const CLUSTER_MEMBERS: shape.Members<ClusterProps> = {
  ...CLUSTER_SETTING_MEMBERS,
  ...KOPS_OBJECT_MEMBERS,
  additionalNetworkCIDRs: shape.list(shape.text),
  additionalPolicies: shape.data,
  bastion: shape.either(shape.flag, shape.object<BastionProps>(SIZED_MEMBERS)),
  controlPlane: shape.object<ControlPlaneProps>(CONTROL_PLANE_MEMBERS),
  egress: shape.text,
  encryptionConfig: shape.data,
  etcdClusters: shape.list(shape.dataMap),
  etcdVolume: shape.dataMap,
  ipv6: shape.flag,
  masterPublicName: shape.data,
  networkCIDR: shape.text,
  networkID: shape.text,
  nodes: shape.either(
    shape.no,
    shape.object<DefaultNodesProps>({ ...COMMON_MEMBERS, count: shape.integer(0) }),
  ),
  spec: shape.dataMap,
  sshKeyName: shape.data,
  sshPublicKey: shape.text,
  subnets: shape.list(shape.dataMap),
  updatePolicy: shape.data,
  zones: shape.required(shape.distinct(shape.text)),
};
