import type { NetworkingSpec } from '../api';
import { overlaps, parseCidr } from '../cidr';
import type { ClusterDocuments, RuleProblem } from './rule';

/** Network plugins that know no IPv6. */
const WITHOUT_IPV6 = [
  'amazonvpc',
  'flannel',
  'kubenet',
  'kuberouter',
] as const satisfies readonly (keyof NetworkingSpec)[];

/**
 * What does not go together in a cluster's network.
 * Source: validateNetworking, validateClusterSpec in kOps's pkg/apis/kops/validation.
 */
export function* network({ cluster: object, spec }: ClusterDocuments): Iterable<RuleProblem> {
  const { networking = {}, nonMasqueradeCIDR } = spec;
  const plugins = Object.entries(networking).flatMap(([name, value]) => (value == null ? [] : [name]));
  if (plugins.length > 1) {
    const message = `has ${plugins.join(' and ')}: kOps takes one network plugin`;
    yield { object, field: 'spec.networking', message };
  }
  const isIpv6 = nonMasqueradeCIDR === '::/0';
  for (const plugin of WITHOUT_IPV6) {
    if (!isIpv6 || !networking[plugin]) continue;
    const message = 'does not support IPv6: choose another plugin, for instance cilium';
    yield { object, field: `spec.networking.${plugin}`, message };
  }
  if (isIpv6 && networking.cilium?.ipam === 'eni') {
    yield { object, field: 'spec.networking.cilium.ipam', message: 'eni does not support IPv6' };
  }

  // With these, pods have addresses of the network itself.
  const podsInNetwork = networking.amazonvpc || networking.cilium?.ipam === 'eni';
  const pods = parseCidr(nonMasqueradeCIDR);
  for (const text of [spec.networkCIDR, ...(spec.additionalNetworkCIDRs ?? [])]) {
    const range = parseCidr(text);
    if (podsInNetwork || !pods || !range || !overlaps(pods, range)) continue;
    const message = `${nonMasqueradeCIDR} overlaps the cluster's network ${text}: give another networkCIDR`;
    yield { object, field: 'spec.nonMasqueradeCIDR', message };
  }

  const isInternal = spec.api?.loadBalancer?.type === 'Internal';
  if (isInternal && !spec.subnets?.some(({ type }) => type === 'Private')) {
    const message = 'an internal load balancer needs a private subnet: write topology: "private"';
    yield { object, field: 'spec.api.loadBalancer.type', message };
  }
}
