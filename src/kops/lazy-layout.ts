import type { Problem } from '../core';
import type { ClusterSubnetSpec } from './api';
import type { ClusterLayout } from './cluster-layout';
import type { ClusterProps } from './cluster-props';
import { ControlPlane } from './control-plane';
import { channelImage } from './images';
import type { KopsCluster } from './kops-cluster';
import { assignCidrs, planSubnets, type SubnetPlanOptions } from './subnets';

const DEFAULT_NETWORK = '172.20.0.0/16';

/** The layout, worked out when it is first asked for: until then, constructs that count may still be added. */
export class LazyLayout implements ClusterLayout {
  public readonly zones: readonly string[];
  public readonly ipv6: boolean;
  public readonly networkCIDR: string;
  private found?: readonly ControlPlane[];
  private plan?: SubnetPlan;

  constructor(
    private readonly cluster: KopsCluster,
    private readonly props: ClusterProps,
  ) {
    this.zones = props.zones;
    this.ipv6 = props.ipv6 ?? false;
    this.networkCIDR = props.networkCIDR ?? DEFAULT_NETWORK;
  }

  public get topology(): 'public' | 'private' {
    const { subnets } = this.props;
    const isPrivate = subnets ? subnets.some(({ type }) => type === 'Private') : this.ipv6;
    return this.cluster.setting('topology') ?? (isPrivate ? 'private' : 'public');
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
    const version = this.props.spec?.kubernetesVersion ?? this.cluster.setting('kubernetesVersion');
    return this.cluster.setting('image') ?? channelImage(version, machineType);
  }

  /** All of the cluster's control planes; more than one is a mistake. */
  public get controlPlanes(): readonly ControlPlane[] {
    this.found ??= this.cluster.node.findAll().filter((construct) => construct instanceof ControlPlane);
    return this.found;
  }

  private get planned(): SubnetPlan {
    this.plan ??= this.props.subnets ? assignCidrs(this.props.subnets, this.networkCIDR) : this.usualPlan();
    return this.plan;
  }

  private usualPlan(): SubnetPlan {
    const { zones, props, topology, ipv6, networkCIDR, controlPlanes } = this;
    const options: SubnetPlanOptions = {
      zones,
      controlPlaneZones: controlPlanes.flatMap((controlPlane) => controlPlane.zones),
      topology,
      ipv6,
      networkCIDR,
      additionalNetworkCIDRs: props.additionalNetworkCIDRs,
      egress: props.egress,
    };
    const key = JSON.stringify(options);
    const known = usualPlans.get(key);
    if (known) return known;
    const plan = assignCidrs(planSubnets(options), networkCIDR);
    if (usualPlans.size < MOST_PLANS) usualPlans.set(key, plan);
    return plan;
  }
}

type SubnetPlan = ReturnType<typeof assignCidrs>;

/** Most clusters of a fleet are laid out like another one. */
const usualPlans = new Map<string, SubnetPlan>();
const MOST_PLANS = 1000;
