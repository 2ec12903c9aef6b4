import type { Construct } from 'constructs';
import { type Problem, shape, UserError } from '../core';
import type { InstanceGroupRole, InstanceGroupSpec, KopsRelease } from './api';
import { CLUSTER_LABEL, type Kind } from './document';
import { KOPS_OBJECT_MEMBERS, KopsObject, type KopsObjectOptions } from './kops-object';

/** Props of an instance group that is written down field by field. */
export interface KopsInstanceGroupProps extends KopsObjectOptions {
  /** The group's spec. */
  readonly spec: InstanceGroupSpec;
}

const MEMBERS: shape.Members<KopsInstanceGroupProps> = {
  ...KOPS_OBJECT_MEMBERS,
  spec: shape.required(shape.dataMap),
};

/**
 * An instance group written down field by field (L1): one kOps `InstanceGroup` object, inside a cluster.
 * @see https://kops.sigs.k8s.io/instance_groups/
 */
export class KopsInstanceGroup extends KopsObject {
  /** Whether `construct` is an instance group. */
  public static isKopsInstanceGroup(construct: unknown): construct is KopsInstanceGroup {
    return KopsObject.isKopsObject(construct) && construct.kind === 'InstanceGroup';
  }

  public readonly kind: Kind = 'InstanceGroup';

  constructor(scope: Construct, name: string, props: KopsInstanceGroupProps) {
    super(scope, name, props);
    if (!KopsObject.clusterOf(this)) {
      throw new UserError(
        `the instance group "${name}" must be inside a cluster: new …(cluster, '${name}', …)`,
      );
    }
  }

  /** What the group's machines do; `Master`, the older word, is told as `ControlPlane`. */
  public get role(): Exclude<InstanceGroupRole, 'Master'> | undefined {
    const { role } = this.givenSpec;
    return role === 'Master' ? 'ControlPlane' : role;
  }

  /** The spec, as far as it was given. */
  private get givenSpec(): InstanceGroupSpec {
    return (this.givenProps as KopsInstanceGroupProps).spec ?? {};
  }

  protected propMembers(): shape.Members<KopsObjectOptions> {
    return MEMBERS;
  }

  protected override get requiredLabels() {
    return { [CLUSTER_LABEL]: KopsObject.clusterOf(this)?.name ?? '' };
  }

  protected renderSpec(_release: KopsRelease, _problems: Problem[]): Readonly<Record<string, unknown>> {
    const { role, ...spec } = this.givenSpec;
    // All releases read `Master`, and kOps gives no other word back.
    return { ...spec, role: role === 'ControlPlane' ? 'Master' : role };
  }
}
