import { Construct } from 'constructs';
import { merge, type Override, type Problem } from '../core';
import type { ClusterSpec, ClusterSubnetSpec, KopsRelease } from './api';
import { Bastion, type BastionProps } from './bastion';
import { type ClusterLayout, provideLayout } from './cluster-layout';
import { ControlPlane, type ControlPlaneProps } from './control-plane';
import { defaultClusterSpec } from './default-cluster-spec';
import type { EtcdVolume } from './etcd';
import { channelImage } from './images';
import type { CommonInstanceGroupProps } from './instance-group';
import { KopsCluster } from './kops-cluster';
import type { KopsObjectOptions } from './kops-object';
import { NodeGroup } from './node-group';
import type { ClusterSettings } from './settings';
import { SshCredential } from './ssh-credential';
import { assignCidrs, planSubnets } from './subnets';

/** The worker nodes that a cluster gets without a `NodeGroup` of its own: one group a zone. */
export interface DefaultNodesProps extends CommonInstanceGroupProps {
  /**
   * How many nodes in all, shared out over the zones.
   * @default - one a zone
   */
  readonly count?: number;
}

/** Fields of kOps's spec that a cluster takes as they are. */
type SpecFields = Pick<
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
export interface ClusterProps extends ClusterSettings, KopsObjectOptions, SpecFields {
  /** The availability zones of the nodes, for instance `['eu-central-1a', 'eu-central-1b']`; all of one region. */
  readonly zones: readonly string[];

  /**
   * The range of the cluster's network.
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

/**
 * A cluster on AWS, with the defaults of `kops create cluster`:
 * `new Cluster(wave, 'dev.k8s.example.com', { zones: ['eu-central-1a'] })`.
 */
export class Cluster extends KopsCluster {
  private readonly props: ClusterProps;
  private readonly layout: LazyLayout;
  /** Holds what the props and kOps's defaults give, so that it comes before what is declared in the cluster. */
  private readonly defaults: Construct;
  private prepared = false;

  constructor(scope: Construct, name: string, props: ClusterProps) {
    super(scope, name, { ...props, spec: {} });
    this.props = { ...props, zones: props.zones ?? [] };
    this.layout = new LazyLayout(this, this.props);
    provideLayout(this, this.layout);
    this.defaults = new Construct(this, 'defaults');
  }

  /**
   * The groups that the props ask for, and those that `kops create cluster` would make where the cluster has none for a
   * role. Only now is it known what else was declared.
   */
  protected override prepare(): void {
    if (this.prepared) return;
    this.prepared = true;
    const { controlPlane, nodes, bastion, sshPublicKey } = this.props;
    const roles = new Set(this.groups.map(({ role }) => role));
    if (controlPlane || !roles.has('ControlPlane')) new ControlPlane(this.defaults, undefined, controlPlane);
    if (nodes || (nodes === undefined && !roles.has('Node'))) this.addNodes(nodes ?? {});
    if (bastion) new Bastion(this.defaults, undefined, bastion === true ? {} : bastion);
    if (sshPublicKey !== undefined) new SshCredential(this.defaults, 'admin', { publicKey: sshPublicKey });
  }

  private addNodes({ count, ...common }: DefaultNodesProps): void {
    const { zones } = this.props;
    const nodes = count ?? zones.length;
    zones.forEach((zone, index) => {
      const size = Math.floor(nodes / zones.length) + (index < nodes % zones.length ? 1 : 0);
      new NodeGroup(this.defaults, `nodes-${zone}`, {
        ...common,
        zones: [zone],
        minSize: size,
        maxSize: size,
      });
    });
  }

  protected override renderSpec(
    release: KopsRelease,
    problems: Problem[],
  ): Readonly<Record<string, unknown>> {
    const { props, layout } = this;
    problems.push(...layout.problems);
    const controlPlaneGroups = this.groups
      .filter(({ role }) => role === 'ControlPlane')
      .map(({ name }) => name);
    const roles = new Set(this.groups.map(({ role }) => role));
    const spec = defaultClusterSpec({
      name: this.name,
      release,
      setting: (name) => this.setting(name),
      layout,
      networkCIDR: layout.networkCIDR,
      isDefaultNetwork: props.networkCIDR === undefined,
      controlPlaneGroups,
      hasBastion: roles.has('Bastion'),
      etcdVolume: props.etcdVolume,
      problems,
    });
    const fields: SpecFields = {
      additionalNetworkCIDRs: props.additionalNetworkCIDRs,
      additionalPolicies: props.additionalPolicies,
      encryptionConfig: props.encryptionConfig,
      masterPublicName: props.masterPublicName,
      networkID: props.networkID,
      sshKeyName: props.sshKeyName,
      updatePolicy: props.updatePolicy,
    };
    const given = merge(merge(spec, fields), props.spec) as ClusterSpec;
    return merge(this.settingsSpec(release, given, problems), given) as Record<string, unknown>;
  }
}

const DEFAULT_NETWORK = '172.20.0.0/16';

/** The layout, worked out when it is first asked for: until then, constructs that count may still be added. */
class LazyLayout implements ClusterLayout {
  public readonly zones: readonly string[];
  public readonly ipv6: boolean;
  public readonly networkCIDR: string;
  private plan?: ReturnType<typeof assignCidrs>;

  constructor(
    private readonly cluster: Cluster,
    private readonly props: ClusterProps,
  ) {
    this.zones = props.zones;
    this.ipv6 = props.ipv6 ?? false;
    this.networkCIDR = props.networkCIDR ?? DEFAULT_NETWORK;
  }

  public get topology(): 'public' | 'private' {
    return this.cluster.setting('topology') ?? (this.ipv6 ? 'private' : 'public');
  }

  public get defaults(): 'secure' | 'kops' {
    return this.cluster.setting('defaults') ?? 'secure';
  }

  public get subnets(): readonly ClusterSubnetSpec[] {
    return this.planned.subnets;
  }

  public get problems(): readonly Problem[] {
    return this.planned.problems;
  }

  public image(machineType: string | undefined): string | undefined {
    return (
      this.cluster.setting('image') ?? channelImage(this.cluster.setting('kubernetesVersion'), machineType)
    );
  }

  private get planned() {
    this.plan ??= assignCidrs(this.props.subnets ?? this.drafts(), this.networkCIDR);
    return this.plan;
  }

  private drafts(): ClusterSubnetSpec[] {
    const { zones, props, topology, ipv6, networkCIDR } = this;
    const controlPlanes = this.cluster.node
      .findAll()
      .filter((construct) => construct instanceof ControlPlane);
    return planSubnets({
      zones,
      controlPlaneZones: controlPlanes.flatMap((controlPlane) => controlPlane.zones),
      topology,
      ipv6,
      networkCIDR,
      additionalNetworkCIDRs: props.additionalNetworkCIDRs,
      egress: props.egress,
    });
  }
}
