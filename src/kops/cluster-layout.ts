import type { IConstruct } from 'constructs';
import { UserError } from '../core';
import type { ClusterSubnetSpec } from './api';
import { KopsObject } from './kops-object';

/** What the parts of a cluster need to know of the whole. */
export interface ClusterLayout {
  /** Availability zones of the nodes, as declared. */
  readonly zones: readonly string[];
  /** Whether instance groups sit in private subnets. */
  readonly topology: 'public' | 'private';
  readonly ipv6: boolean;
  /** What holds where nothing is set. */
  readonly defaults: 'secure' | 'kops';
  /**
   * All subnets, with their CIDRs. To be read when objects are rendered, not when constructs are made: the zones of a
   * control plane that is declared later count.
   */
  readonly subnets: readonly ClusterSubnetSpec[];
  /** The image for machines of a type. */
  image(machineType: string | undefined): string | undefined;
}

const layouts = new WeakMap<IConstruct, ClusterLayout>();

/** Makes a cluster's layout known to the constructs in it. */
export function provideLayout(cluster: IConstruct, layout: ClusterLayout): void {
  layouts.set(cluster, layout);
}

/**
 * The layout of the cluster that `construct` is in.
 * @throws UserError where it is in none, or in one that is written down field by field and has no layout.
 */
export function layoutOf(construct: IConstruct): ClusterLayout {
  const cluster = KopsObject.clusterOf(construct);
  const layout = cluster && layouts.get(cluster);
  if (layout) return layout;
  const kind = construct.constructor.name;
  throw new UserError(
    cluster
      ? `"${construct.node.id}" is a ${kind} in a KopsCluster, which has no defaults: use KopsInstanceGroup there, or Cluster`
      : `"${construct.node.id}" is a ${kind}, which must be inside a cluster: new ${kind}(cluster, '${construct.node.id}', …)`,
  );
}

/**
 * The subnets that instance groups may use, as kOps fills them in where a group names none; or those of one zone: the
 * zone's own, then those of `additionalNetworkCIDRs`. `dualstack` are those that machines with a name outside the cluster
 * (control plane, bastions) take in a private IPv6 cluster.
 */
export function subnetsForInstances(
  layout: ClusterLayout,
  use: 'nodes' | 'dualstack',
  zone?: string,
): string[] {
  const dualstack = use === 'dualstack' && layout.subnets.some(({ type }) => type === 'DualStack');
  return layout.subnets
    .filter((subnet) => (zone === undefined || subnet.zone === zone) && isForInstances(subnet, dualstack))
    .map(({ name }) => name ?? '');
}

function isForInstances({ type }: ClusterSubnetSpec, dualstack: boolean): boolean {
  return dualstack ? type === 'DualStack' : type !== 'DualStack' && type !== 'Utility';
}
