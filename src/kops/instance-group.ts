import type { Construct } from 'constructs';
import { merge, type Problem, type shape } from '../core';
import type { InstanceGroupSpec, KopsRelease } from './api';
import { type ClusterLayout, layoutOf, subnetsForInstances } from './cluster-layout';
import { INSTANCE_GROUP_MEMBERS, type InstanceGroupProps, type SpotOptions } from './instance-group-props';
import { KopsInstanceGroup } from './kops-instance-group';
import type { KopsObjectOptions } from './kops-object';

/** The label by which nodes can be found by their group. */
export const GROUP_LABEL = 'kops.k8s.io/instancegroup';

/**
 * A group of equal machines, with the defaults of `kops create cluster`. `ControlPlane`, `NodeGroup` and `Bastion` are
 * shorter to write for the common roles.
 * @see https://kops.sigs.k8s.io/instance_groups/
 */
export class InstanceGroup extends KopsInstanceGroup {
  constructor(scope: Construct, name: string, props: InstanceGroupProps) {
    super(scope, name, props as never);
    // Told here, where the stack still leads to the administrator's line.
    layoutOf(this);
  }

  /** What the group's machines do. */
  public override get role(): InstanceGroupProps['role'] | undefined {
    return this.given.role;
  }

  private get given(): InstanceGroupProps {
    return this.givenProps as InstanceGroupProps;
  }

  protected override propMembers(): shape.Members<KopsObjectOptions> {
    return INSTANCE_GROUP_MEMBERS;
  }

  protected override renderSpec(
    _release: KopsRelease,
    problems: Problem[],
  ): Readonly<Record<string, unknown>> {
    const props = this.given;
    const {
      role,
      machineType: given,
      zones,
      spot,
      spec,
      labels,
      annotations,
      unknownFields,
      patches,
      ...fields
    } = props;
    const layout = layoutOf(this);
    // What follows from the machine type must follow from the one that the spec has in the end.
    const types = spec?.machineType ? [spec.machineType] : typeof given === 'string' ? [given] : given;
    const machineType = types?.[0] ?? (role === 'Bastion' ? 't3.micro' : 't3.medium');
    const rendered = {
      image: layout.image(machineType),
      machineType,
      ...sizes(props),
      mixedInstancesPolicy: mixedInstancesPolicy(types ?? [machineType], spot),
      // kOps 1.36 still writes the older word, and all releases read it.
      role: role === 'ControlPlane' ? 'Master' : role,
      ...withoutUndefined(fields),
      // kOps leaves the older, unauthenticated metadata service open in some releases.
      instanceMetadata:
        layout.defaults === 'secure'
          ? { httpTokens: 'required', ...fields.instanceMetadata }
          : fields.instanceMetadata,
      nodeLabels: { [GROUP_LABEL]: this.name, ...fields.nodeLabels },
      subnets: fields.subnets ?? this.placement(layout, problems),
    };
    return merge(rendered, spec) as Record<string, unknown>;
  }

  /** The subnets of the group's zones. */
  private placement(layout: ClusterLayout, problems: Problem[]): readonly string[] {
    const { zones, role } = this.given;
    const use = role === 'ControlPlane' || role === 'Bastion' ? 'dualstack' : 'nodes';
    if (zones === undefined) return subnetsForInstances(layout, use);
    return zones.flatMap((zone) => {
      const [main, ...further] = subnetsForInstances(layout, use, zone);
      if (main === undefined) {
        const known = [...new Set(layout.subnets.map((subnet) => subnet.zone))].join(', ');
        const message = `the cluster has no subnet for instances in zone "${zone}": its zones are ${known}`;
        problems.push({ field: 'zones', message });
        return [];
      }
      // kOps keeps the main subnet, which may be small, for the control plane where there are others.
      return use === 'nodes' && further.length > 0 ? further : [main];
    });
  }
}

/** One size given holds for both ends; none is one machine. */
function sizes({
  minSize,
  maxSize,
  spec,
}: InstanceGroupProps): Pick<InstanceGroupSpec, 'maxSize' | 'minSize'> {
  if (spec?.manager === 'Karpenter') return { minSize, maxSize };
  const min = minSize ?? Math.min(maxSize ?? 1, 1);
  return { minSize: min, maxSize: maxSize ?? min };
}

function mixedInstancesPolicy(types: readonly string[], spot: boolean | SpotOptions | undefined) {
  if (!spot) return types.length > 1 ? { instances: types } : undefined;
  const options = spot === true ? {} : spot;
  return {
    instances: types,
    onDemandBase: options.onDemandBase ?? 0,
    onDemandAboveBase: options.onDemandAboveBase ?? 0,
    spotAllocationStrategy: options.spotAllocationStrategy ?? 'capacity-optimized',
  };
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  const result: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) {
    if (value[key] !== undefined) result[key] = value[key];
  }
  return result;
}
