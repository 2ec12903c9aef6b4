import type { ClusterDocuments, RuleProblem } from './rule';

/**
 * Members of the etcd clusters.
 * Source: validateEtcdClusterSpec and ValidateControlPlaneInstanceGroup in kOps's pkg/apis/kops/validation.
 */
export function* etcd({ cluster: object, spec, groups }: ClusterDocuments): Iterable<RuleProblem> {
  const controlPlane = groups.filter(({ spec: { role } }) => role === 'Master' || role === 'ControlPlane');
  // Said by the rule for groups, and what would follow from it.
  if (controlPlane.length === 0) return;
  const names = new Set(controlPlane.map(({ document }) => document.metadata.name));
  for (const { name, etcdMembers = [] } of spec.etcdClusters ?? []) {
    const field = `spec.etcdClusters[${name}].etcdMembers`;
    if (etcdMembers.length % 2 === 0) {
      const message = `${etcdMembers.length} members: expected an odd number, since etcd decides by majority`;
      yield { object, field, message };
    }
    const groupsOfMembers = new Set(etcdMembers.map(({ instanceGroup }) => instanceGroup));
    for (const group of groupsOfMembers) {
      if (group !== undefined && names.has(group)) continue;
      const message = `a member names the instance group "${group ?? ''}": expected one of ${[...names].join(', ')}`;
      yield { object, field, message };
    }
    for (const group of controlPlane) {
      if (groupsOfMembers.has(group.document.metadata.name)) continue;
      yield {
        object: group,
        message: `the etcd cluster "${name}" has no member in this control-plane group`,
      };
    }
  }
}
