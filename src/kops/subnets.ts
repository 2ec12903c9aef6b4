import type { Problem } from '../core';
import type { ClusterSubnetSpec } from './api';
import { beginsIn, type Cidr, formatCidr, overlaps, parseCidr, split } from './cidr';

/** What a subnet plan is made from. */
export interface SubnetPlanOptions {
  /** Availability zones of the nodes. */
  readonly zones: readonly string[];
  /**
   * Availability zones of the control plane.
   * @default - `zones`
   */
  readonly controlPlaneZones?: readonly string[];
  readonly topology: 'public' | 'private';
  /** Whether the pods get IPv6 addresses. */
  readonly ipv6: boolean;
  /** The network that the subnets share out, for instance `172.20.0.0/16`. */
  readonly networkCIDR: string;
  /** Further ranges of the network; each becomes a subnet for worker nodes, zone after zone. */
  readonly additionalNetworkCIDRs?: readonly string[];
  /** Where traffic to the outside goes, kOps's `egress` of each subnet. */
  readonly egress?: string;
}

/** A subnet while its CIDR is being found. */
type Draft = { -readonly [Key in keyof ClusterSubnetSpec]: ClusterSubnetSpec[Key] };

/**
 * The subnets that `kops create cluster` would make: one for each zone, and for a private topology a utility subnet
 * beside each (load balancers, NAT gateways), for private IPv6 a dual-stack one too.
 * @see https://kops.sigs.k8s.io/topology/
 */
export function planSubnets(options: SubnetPlanOptions): ClusterSubnetSpec[] {
  const { topology, ipv6, egress } = options;
  const zones = [...new Set([...options.zones, ...(options.controlPlaneZones ?? [])])].sort();
  const type = topology === 'private' ? 'Private' : 'Public';
  const main: Draft[] = zones.map((zone) => ({ name: zone, zone, type, egress }));
  options.additionalNetworkCIDRs?.forEach((cidr, index) => {
    const zone = options.zones[index % options.zones.length] ?? '';
    main.push({ name: `${zone}-${index + 1}`, zone, type, cidr, egress });
  });
  const beside = (prefix: string, besideType: 'DualStack' | 'Utility'): Draft[] =>
    topology === 'private'
      ? main.map(({ name, zone }) => ({ name: `${prefix}-${name}`, zone, type: besideType }))
      : [];
  const subnets = [
    ...main,
    ...(ipv6 ? beside('dualstack', 'DualStack') : []),
    ...beside('utility', 'Utility'),
  ];
  if (ipv6) {
    // kOps replaces `/64#n` by the nth /64 of the range that the network gets from AWS.
    subnets.forEach((subnet, index) => {
      subnet.ipv6CIDR = `/64#${index.toString(16)}`;
    });
  }
  return subnets;
}

/**
 * Gives each subnet without a CIDR the one that kOps would: the network is cut into 1, 2, 4 or 8 parts; the first part
 * is cut again into 8 for the utility subnets, the others go to the rest, by zone. Subnets that have a CIDR, that exist
 * already (`id`), or that are private and IPv6 alone stay as they are.
 */
export function assignCidrs(
  subnets: readonly ClusterSubnetSpec[],
  networkCIDR: string,
): { subnets: ClusterSubnetSpec[]; problems: Problem[] } {
  const drafts: Draft[] = subnets.map((subnet) => ({ ...subnet }));
  const network = parseCidr(networkCIDR);
  if (!drafts.some(needsCidr)) return { subnets: drafts, problems: [] };
  if (network?.network.kind() !== 'ipv4') {
    const message = `"${networkCIDR}" is no IPv4 range such as 172.20.0.0/16, so the subnets cannot be laid out in it`;
    return { subnets: drafts, problems: [{ field: 'spec.networkCIDR', message }] };
  }

  const inNetwork = drafts.filter(({ cidr }) => {
    const range = parseCidr(cidr);
    return cidr === undefined || (range !== undefined && beginsIn(network, range));
  });
  const reserved = inNetwork.map(({ cidr }) => parseCidr(cidr)).filter((range) => range !== undefined);
  const byZone = (a: Draft, b: Draft) => compare(a.zone ?? '', b.zone ?? '');
  const little = inNetwork.filter(({ type }) => type === 'Utility').sort(byZone);
  const big = inNetwork.filter(({ type }) => type !== 'Utility').sort(byZone);

  const parts = big.length + (little.length > 0 ? 1 : 0);
  const extraBits = parts <= 1 ? 0 : parts <= 2 ? 1 : parts <= 4 ? 2 : 3;
  const free = split(network, extraBits).filter((range) => !reserved.some((taken) => overlaps(taken, range)));
  const littleRanges: Cidr[] = little.length > 0 && free[0] ? split(free[0], 3) : [];
  if (little.length > 0) free.shift();

  const problems: Problem[] = [];
  const assign = (to: Draft[], ranges: Cidr[]) => {
    for (const subnet of to.filter(needsCidr)) {
      const range = ranges.shift();
      if (range) subnet.cidr = formatCidr(range);
      else problems.push(noRoom(subnet, networkCIDR));
    }
  };
  assign(little, littleRanges);
  assign(big, free);
  return { subnets: drafts, problems };
}

function needsCidr(subnet: ClusterSubnetSpec): boolean {
  if (subnet.cidr !== undefined || subnet.id !== undefined) return false;
  return !(subnet.ipv6CIDR !== undefined && subnet.type === 'Private');
}

function noRoom(subnet: ClusterSubnetSpec, networkCIDR: string): Problem {
  return {
    field: `spec.subnets[${subnet.name}].cidr`,
    message: `kOps's layout of ${networkCIDR} has no range left for this subnet: give the subnets a cidr of their own, or use fewer zones`,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
