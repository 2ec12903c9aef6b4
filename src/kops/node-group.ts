import type { Construct } from 'constructs';
import { InstanceGroup, type SizedInstanceGroupProps } from './instance-group';

/** Props of a group of worker nodes; none is needed. */
export interface NodeGroupProps extends SizedInstanceGroupProps {}

/** A group of worker nodes: `new NodeGroup(cluster, 'nodes', { machineType: 'm6i.large', minSize: 3, maxSize: 10 })`. */
export class NodeGroup extends InstanceGroup {
  constructor(scope: Construct, name: string, props: NodeGroupProps = {}) {
    super(scope, name, { ...props, role: 'Node' });
  }
}
