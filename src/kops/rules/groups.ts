import type { ClusterDocuments, RuleProblem } from './rule';

/**
 * Sizes of instance groups, and which groups a cluster must have.
 * Source: ValidateInstanceGroup and DeepValidate in kOps's pkg/apis/kops/validation; kOps accepts a negative minSize, AWS
 * does not.
 */
export function* groups({ cluster, groups: all }: ClusterDocuments): Iterable<RuleProblem> {
  let hasControlPlane = false;
  let hasNodes = false;
  for (const object of all) {
    const { role, minSize, maxSize } = object.spec;
    const isControlPlane = role === 'Master' || role === 'ControlPlane';
    if (isControlPlane) hasControlPlane = true;
    else hasNodes = true;
    if (!role)
      yield { object, field: 'spec.role', message: 'is missing: write ControlPlane, Node or Bastion' };
    if (minSize !== undefined && minSize < 0) {
      yield { object, field: 'spec.minSize', message: `is ${minSize}: expected 0 or more` };
    }
    if (minSize !== undefined && maxSize !== undefined && maxSize < minSize) {
      const message = `${maxSize} is less than minSize ${minSize}: a group cannot shrink below its minimum`;
      yield { object, field: 'spec.maxSize', message };
    }
    if (isControlPlane && Math.max(minSize ?? 1, maxSize ?? 1) > 1) {
      const message = 'a control-plane group has one machine: for more members, declare more groups';
      yield { object, field: 'spec.maxSize', message };
    }
  }
  if (!hasControlPlane) {
    yield { object: cluster, message: 'the cluster has no control plane: add a ControlPlane' };
  }
  if (!hasNodes) yield { object: cluster, message: 'the cluster has no nodes: add a NodeGroup' };
}
