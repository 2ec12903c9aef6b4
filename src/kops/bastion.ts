import type { Construct } from 'constructs';
import { InstanceGroup } from './instance-group';
import { ofRole, type SizedInstanceGroupProps } from './instance-group-props';

/** Props of a group of bastions; none is needed. */
export interface BastionProps extends SizedInstanceGroupProps {}

/**
 * Machines from which administrators reach the nodes of a private cluster by SSH: `new Bastion(cluster)`.
 * @see https://kops.sigs.k8s.io/bastion/
 */
export class Bastion extends InstanceGroup {
  constructor(scope: Construct, name = 'bastions', props: BastionProps = {}) {
    super(scope, name, ofRole(props, 'Bastion'));
  }
}
