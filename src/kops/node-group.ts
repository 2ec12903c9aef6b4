import type { Construct } from 'constructs';
import { InstanceGroup } from './instance-group';
import { ofRole, type SizedInstanceGroupProps } from './instance-group-props';

/** Props of a group of worker nodes; none is needed. */
export interface NodeGroupProps extends SizedInstanceGroupProps {}

/** A group of worker nodes: `new NodeGroup(cluster, 'nodes', { machineType: 'm6i.large', minSize: 3, maxSize: 10 })`. */
export class NodeGroup extends InstanceGroup {
  constructor(scope: Construct, name: string, props: NodeGroupProps = {}) {
    super(scope, name, ofRole(props, 'Node'));
  }
}
