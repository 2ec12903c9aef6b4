import type { Construct } from 'constructs';
import { type Problem, UserError } from '../core';
import type { InstanceGroupRole, InstanceGroupSpec, KopsRelease } from './api';
import { CLUSTER_LABEL, type Kind } from './document';
import { KopsObject, type KopsObjectOptions } from './kops-object';

/** Props of an instance group that is written down field by field. */
export interface KopsInstanceGroupProps extends KopsObjectOptions {
  /** The group's spec. */
  readonly spec: InstanceGroupSpec;
}

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

  /** The spec as it was given. */
  protected readonly spec: InstanceGroupSpec;

  constructor(scope: Construct, name: string, props: KopsInstanceGroupProps) {
    super(scope, name, props ?? {});
    if (!KopsObject.clusterOf(this)) {
      throw new UserError(
        `the instance group "${name}" must be inside a cluster: new …(cluster, '${name}', …)`,
      );
    }
    this.spec = props?.spec ?? {};
  }

  /** What the group's machines do; `Master`, the older word, is told as `ControlPlane`. */
  public get role(): Exclude<InstanceGroupRole, 'Master'> | undefined {
    const { role } = this.spec;
    return role === 'Master' ? 'ControlPlane' : role;
  }

  protected override get requiredLabels() {
    return { [CLUSTER_LABEL]: KopsObject.clusterOf(this)?.name ?? '' };
  }

  protected renderSpec(_release: KopsRelease, _problems: Problem[]): Readonly<Record<string, unknown>> {
    return { ...this.spec };
  }
}
