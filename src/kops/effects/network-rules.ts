import { isMap } from '../../core';
import { overlaps, parseCidr } from '../cidr';
import { areKnown, type ChangeOfField, type Data, type Sides, specs, valueAt } from './change';
import type { FieldEffect } from './effect';
import { itemOf } from './field';
import { applied, each, onAws, type Rule, type Rules, says } from './rule';

const NONE = says('no-restart');
const SECURITY_GROUPS = says('no-restart', 'rules of security groups');

/**
 * The network that the cluster stands in (kOps's pkg/model/awsmodel/network.go; what cannot be changed is in
 * `CheckChanges` of awstasks/vpc.go, subnet.go, natgateway.go).
 */
export const NETWORK_RULES: Rules = {
  'spec.networkCIDR': onAws(unlessLeftToKops(says('immutable', 'the VPC keeps its address block'))),
  'spec.networkID': onAws(says('immutable', 'the machines and their subnets stand in the VPC')),
  'spec.additionalNetworkCIDRs': onAws(addressBlocks),
  'spec.sshAccess': onAws(SECURITY_GROUPS),
  'spec.nodePortAccess': onAws(SECURITY_GROUPS),
  'spec.DisableSubnetTags': onAws(says('no-restart', 'tags of subnets')),
  ...each(
    ['spec.nonMasqueradeCIDR', 'spec.podCIDR', 'spec.serviceClusterIPRange'],
    says('rolls-all', 'what runs keeps its old addresses: kOps moves no pods and no services'),
  ),
  'spec.subnets': onAws(subnetsOfCluster),
  'spec.subnets.cidr': onAws(addressesOfSubnet),
  'spec.subnets.ipv6CIDR': onAws(ipv6OfSubnet),
  'spec.subnets.zone': onAws(unlessNew(says('immutable', 'a subnet stays in its zone'))),
  'spec.subnets.region': onAws(unlessNew(says('immutable', 'a subnet stays in its region'))),
  'spec.subnets.id': onAws(unlessNew(says('immutable', 'the machines stand in the subnet'))),
  'spec.subnets.type': onAws(
    unlessNew(
      says('unknown', 'routes, load balancers and public addresses depend on it, and on the other subnets'),
    ),
  ),
  'spec.subnets.egress': onAws(
    unlessNew(
      says('unknown', 'kOps changes routes and NAT gateways, and refuses what AWS cannot change in place'),
    ),
  ),
  'spec.subnets.publicIP': onAws(
    unlessNew(
      says('unknown', 'a NAT gateway keeps its address: kOps refuses another one for the same gateway'),
    ),
  ),
  'spec.subnets.additionalRoutes': onAws(unlessNew(says('no-restart', 'routes of the subnet'))),
  'spec.topology.dns': says(
    'unknown',
    'machines find the API in another way: which ones roll, and what they lose meanwhile, depends on the load balancer',
  ),
  ...each(
    ['spec.topology.masters', 'spec.topology.nodes'],
    says('no-restart', 'kOps goes by the type of the subnets'),
  ),
  'spec.topology.bastion': onAws(says('no-restart', 'the load balancer of the bastions')),
  'spec.topology.bastion.loadBalancer.type': onAws(
    says('immutable', 'AWS makes no public load balancer internal, nor the other way round: delete it first'),
  ),
  'spec.dnsZone': says('rolls-control-plane', 'records are made in the other zone'),
};

/** Blocks of a VPC are added at once, and given up with `--prune` (`deleteVPCCIDRBlock`). */
function addressBlocks({ from }: ChangeOfField): FieldEffect {
  return from === undefined
    ? says('no-restart', 'the VPC gets a further address block')
    : says('no-restart', 'the VPC keeps the address block until prune');
}

/**
 * The rule for a subnet that is on both sides; what belongs to a subnet that came or went is told of that.
 */
function unlessNew(rule: FieldEffect): (change: ChangeOfField) => FieldEffect {
  return (change) => comesOrGoes(change) ?? rule;
}

function addressesOfSubnet(change: ChangeOfField): FieldEffect {
  const stays = unlessLeftToKops(says('immutable', 'a subnet keeps its address block'));
  return comesOrGoes(change) ?? applied(stays, change);
}

/**
 * The rule for addresses that stand on both sides. Where one leaves them to kOps, they are what it filled in
 * (upup/pkg/fi/cloudup/defaults.go, subnets.go): it is no change to write these down.
 */
function unlessLeftToKops(rule: FieldEffect): Rule {
  return (change) =>
    change.from === undefined || change.to === undefined
      ? says('unknown', 'kOps fills it in where nobody says it: nothing but these addresses will do')
      : rule;
}

/** Machines get an IPv6 address of their own with the first block (LaunchTemplate.IPv6AddressCount). */
function ipv6OfSubnet(change: ChangeOfField): FieldEffect {
  const answer = comesOrGoes(change);
  if (answer) return answer;
  if (change.from === undefined) return says('unknown', 'machines of the groups in this subnet roll');
  return says('immutable', 'a subnet keeps its address block');
}

function subnetsOfCluster(change: ChangeOfField): FieldEffect {
  const answer = comesOrGoes(change);
  if (answer) return answer;
  // The order of subnets means nothing.
  return itemOf(change.field, 'spec.subnets') === undefined ? NONE : says('unknown');
}

/** What becomes of a subnet that is on one side only. */
function comesOrGoes(change: ChangeOfField): FieldEffect | undefined {
  const name = itemOf(change.field, 'spec.subnets');
  const sides = specs(change);
  if (name === undefined || !areKnown(sides)) return undefined;
  const [was, is] = [subnetNamed(sides.before, name), subnetNamed(sides.after, name)];
  if (was && is) return undefined;
  return was ? subnetGoes(was, sides) : (takesAddresses(is, sides) ?? subnetComes(is, sides));
}

/**
 * kOps finds subnets by their names, and leaves those that the manifest does not have (`findEc2Subnet` in
 * awstasks/subnet.go): a new name is another subnet, and AWS makes none with addresses that are taken.
 */
function takesAddresses(
  subnet: Data | undefined,
  sides: Sides & { readonly before: Data; readonly after: Data },
): FieldEffect | undefined {
  // One with an ID is there already.
  if (!subnet || subnet.id) return undefined;
  const gone = subnetsOf(sides.before).filter(
    ({ name }) => typeof name === 'string' && !subnetNamed(sides.after, name),
  );
  if (gone.length === 0) return undefined;
  const blocks = (one: Data) => [one.cidr, one.ipv6CIDR].flatMap((block) => parseCidr(block) ?? []);
  const own = blocks(subnet);
  if (gone.some((one) => blocks(one).some((taken) => own.some((block) => overlaps(taken, block))))) {
    return says('immutable', 'kOps makes a subnet of that name, and another one keeps the addresses');
  }
  const isOpen = [subnet, ...gone].some(({ cidr, ipv6CIDR }) => !cidr && !ipv6CIDR);
  return isOpen
    ? says('unknown', 'kOps may give it the addresses of a subnet that goes, which keeps them')
    : undefined;
}

/**
 * Without DNS, nodes know the addresses of the load balancer in each zone
 * (`UsesLoadBalancerForKopsController`).
 */
function subnetComes(subnet: Data | undefined, sides: Sides & { readonly before: Data }): FieldEffect {
  const made = 'makes a subnet';
  if (!subnet || !isForLoadBalancer(subnet, sides.before)) return says('no-restart', made);
  if (subnetsOf(sides.before).some((other) => isForLoadBalancer(other, sides.before, subnet.zone))) {
    return says('no-restart', made);
  }
  return valueAt(sides.before, 'topology', 'dns', 'type') === 'None'
    ? says('rolls-nodes', 'makes a subnet: nodes have to know the load balancer in the new zone')
    : says('no-restart', made);
}

function subnetGoes(subnet: Data, sides: Sides & { readonly after: Data }): FieldEffect {
  const isNetwork = valueAt(sides.after, 'api', 'loadBalancer', 'class') === 'Network';
  if (isNetwork && isForLoadBalancer(subnet, sides.after)) {
    if (!subnetsOf(sides.after).some((other) => isForLoadBalancer(other, sides.after, subnet.zone))) {
      return says('immutable', 'a network load balancer gives up no subnet');
    }
  }
  return says('no-restart', 'kOps leaves the subnet in the VPC');
}

/** Whether the API's load balancer stands in such a subnet (api_loadbalancer.go): one a zone. */
function isForLoadBalancer(subnet: Data, spec: Data, zone: unknown = subnet.zone): boolean {
  const loadBalancer = valueAt(spec, 'api', 'loadBalancer');
  if (!loadBalancer || subnet.zone !== zone) return false;
  const isInternal = valueAt(loadBalancer, 'type') === 'Internal';
  const chosen = valueAt(loadBalancer, 'subnets');
  if (Array.isArray(chosen) && chosen.length > 0) {
    return chosen.some((one) => valueAt(one, 'name') === subnet.name);
  }
  return isInternal === (subnet.type === 'Private' || subnet.type === 'DualStack');
}

function subnetNamed(spec: Data, name: string): Data | undefined {
  return subnetsOf(spec).find((subnet) => subnet.name === name);
}

function subnetsOf(spec: Data): Data[] {
  return Array.isArray(spec.subnets) ? spec.subnets.filter(isMap) : [];
}
