import { isMap } from '../../core';
import { groupRolls } from './by-role';
import { areKnown, type ChangeOfField, clusterSpecs, type Data, roleOf, specs, valueAt } from './change';
import type { FieldEffect } from './effect';
import { says } from './rule';

/**
 * Other subnets of an instance group. The volumes of etcd are in the zone of their group, and stay there (kOps's
 * pkg/model/master_volumes.go); of other machines the launch template says whether they have a public address,
 * and one of IPv6 (pkg/model/awsmodel/autoscalinggroup.go).
 */
export function subnetsOfGroup(change: ChangeOfField): FieldEffect {
  if (roleOf(change) === 'ControlPlane') {
    return says('unknown', 'in another zone the volumes of etcd cannot follow, and kOps refuses');
  }
  const [groups, clusters] = [specs(change), clusterSpecs(change)];
  const [was, is] = [
    areKnown(groups) && areKnown(clusters) ? addressesIn(groups.before, clusters.before) : undefined,
    areKnown(groups) && areKnown(clusters) ? addressesIn(groups.after, clusters.after) : undefined,
  ];
  if (was === undefined || is === undefined) {
    return says('unknown', 'machines roll where the other subnets are public or private, or have IPv6');
  }
  return was === is
    ? says('no-restart', 'machines that start from now on are in these subnets: kOps rolls none for it')
    : { ...groupRolls(change), why: 'machines have other kinds of addresses in these subnets' };
}

/** The kinds of addresses that machines of a group have, undefined where a subnet is not known. */
function addressesIn(group: Data, cluster: Data): string | undefined {
  const names = Array.isArray(group.subnets) ? group.subnets : [];
  const all: unknown[] = Array.isArray(cluster.subnets) ? cluster.subnets : [];
  const subnets = names.map((name) => all.find((one) => isMap(one) && one.name === name)).filter(isMap);
  const [first] = subnets;
  if (!first || subnets.length < names.length) return undefined;
  const isOutside = first.type === 'Public' || first.type === 'Utility';
  const isPublic = isOutside && (valueAt(group, 'associatePublicIp') ?? true);
  const hasIpv6 = subnets.some(({ ipv6CIDR }) => typeof ipv6CIDR === 'string' && ipv6CIDR !== '');
  return JSON.stringify([isPublic, hasIpv6]);
}
