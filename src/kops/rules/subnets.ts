import { type Cidr, contains, formatCidr, overlaps, parseCidr } from '../cidr';
import { type ClusterDocuments, isAws, type RuleProblem } from './rule';

/** Prefix lengths of subnets. @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const LARGEST = 16;
const SMALLEST = 28;

/**
 * The ranges of networks and subnets, and their relations.
 * Source: validateSubnets and validateNetworkCIDRs in kOps's pkg/apis/kops/validation; kOps itself accepts subnets that
 * overlap, AWS does not.
 */
export function* subnets({ cluster: object, spec }: ClusterDocuments): Iterable<RuleProblem> {
  const networks: Cidr[] = [];
  const ranges: { readonly name: string; readonly text: string; readonly range: Cidr }[] = [];
  const read = (field: string, text: string | undefined): { range?: Cidr; problem?: RuleProblem } => {
    if (text === undefined) return {};
    const range = parseCidr(text);
    if (range?.hasHostBits) {
      const message = `"${text}" has bits beyond its prefix: write ${formatCidr(range)}`;
      return { problem: { object, field, message } };
    }
    if (range) return { range };
    return {
      problem: {
        object,
        field,
        message: `"${text}" is no range of addresses: expected one such as 172.20.0.0/16`,
      },
    };
  };

  const network = read('spec.networkCIDR', spec.networkCIDR);
  if (network.problem) yield network.problem;
  if (network.range) networks.push(network.range);
  for (const [index, text] of (spec.additionalNetworkCIDRs ?? []).entries()) {
    const { range, problem } = read(`spec.additionalNetworkCIDRs[${index}]`, text);
    if (problem) yield problem;
    if (range) networks.push(range);
  }
  const pods = read('spec.nonMasqueradeCIDR', spec.nonMasqueradeCIDR);
  if (pods.problem) yield pods.problem;

  const names = new Set<string>();
  for (const subnet of spec.subnets ?? []) {
    const name = subnet.name ?? '';
    if (name === '') yield { object, field: 'spec.subnets', message: 'each subnet needs a name' };
    else if (names.has(name)) {
      yield { object, field: `spec.subnets[${name}]`, message: `the cluster has the subnet "${name}" twice` };
    }
    names.add(name);
    const { range, problem } = read(`spec.subnets[${name}].cidr`, subnet.cidr);
    if (problem) yield problem;
    if (range && subnet.cidr !== undefined) ranges.push({ name, text: subnet.cidr, range });
  }
  const onAws = isAws({ spec });
  for (const [index, { name, text, range }] of ranges.entries()) {
    const field = `spec.subnets[${name}].cidr`;
    if (onAws && range.network.kind() === 'ipv4' && (range.bits < LARGEST || range.bits > SMALLEST)) {
      const message = `${text}: AWS makes subnets from /${LARGEST} to /${SMALLEST} only`;
      yield { object, field, message, severity: 'warning' };
    }
    if (
      networks.length > 0 &&
      range.network.kind() === 'ipv4' &&
      !networks.some((parent) => contains(parent, range))
    ) {
      const all = [spec.networkCIDR, ...(spec.additionalNetworkCIDRs ?? [])].join(', ');
      yield { object, field, message: `${text} does not lie in the cluster's network ${all}` };
    }
    const other = onAws && ranges.slice(0, index).find((earlier) => overlaps(earlier.range, range));
    if (other) yield { object, field, message: `${text} overlaps ${other.text} of subnet "${other.name}"` };
  }
}
