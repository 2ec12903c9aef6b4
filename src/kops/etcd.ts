import type { EtcdClusterName, EtcdClusterSpec, EtcdMemberSpec } from './api';

/** What the volumes of etcd are. */
export type EtcdVolume = Pick<
  EtcdMemberSpec,
  'encryptedVolume' | 'kmsKeyId' | 'volumeIops' | 'volumeSize' | 'volumeThroughput' | 'volumeType'
>;

/**
 * The etcd clusters of `kops create cluster`: `main` and `events`, with Cilium on etcd also `cilium`, each with a member
 * in every control-plane group.
 * @param knowsRetention - whether the kOps release can be told how long to keep backups (1.27 and later)
 * @see https://kops.sigs.k8s.io/cluster_spec/#etcdclusters
 */
export function etcdClusters(
  controlPlaneGroups: readonly string[],
  volume: EtcdVolume = {},
  withCilium = false,
  knowsRetention = true,
): EtcdClusterSpec[] {
  const names: EtcdClusterName[] = withCilium ? ['main', 'events', 'cilium'] : ['main', 'events'];
  const members = memberNames(controlPlaneGroups);
  return names.map((name) => ({
    cpuRequest: name === 'main' ? '200m' : '100m',
    etcdMembers: controlPlaneGroups.map((instanceGroup, index) => ({
      encryptedVolume: true,
      ...volume,
      instanceGroup,
      name: members[index],
    })),
    manager: knowsRetention ? { backupRetentionDays: 90 } : undefined,
    memoryRequest: '100Mi',
    name,
  }));
}

/**
 * kOps's names for the members: what differs between the groups' names, so that `control-plane-us-east-1a` is `a`. They
 * name the volumes, so changing them would give a running cluster new, empty ones.
 */
function memberNames(groups: readonly string[]): string[] {
  let names = groups.map((group) => group.replace(/^control-plane-/, '').replace(/^master-/, ''));
  const first = names[0] ?? '';
  let shared = 0;
  while (shared < first.length - 1 && names.every((name) => name[shared] === first[shared])) shared++;
  names = names.map((name) => name.slice(shared));
  return names.map((name) => (/^\d/.test(name) ? `etcd-${name}` : name));
}
