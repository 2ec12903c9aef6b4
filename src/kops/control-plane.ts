import { Construct } from 'constructs';
import { captureSource, childId, readProps, reportMisuse, shape } from '../core';
import { layoutOf } from './cluster-layout';
import { InstanceGroup } from './instance-group';
import { COMMON_MEMBERS, type CommonInstanceGroupProps } from './instance-group-props';

/** Props of a control plane; none is needed. */
export interface ControlPlaneProps extends CommonInstanceGroupProps {
  /**
   * How many machines run the control plane: 1, 3 or 5. To be chosen before the cluster is made: as with
   * `kops create cluster`, another count can give groups and etcd members other names, and so new, empty volumes.
   * @default - one for each of `zones`, where those are given; else 1
   */
  readonly count?: number;

  /**
   * The availability zones of the machines, in turn.
   * @default - the cluster's zones
   */
  readonly zones?: readonly string[];
}

/** What those look like; the bound keeps a mistyped count from making a million groups. */
export const CONTROL_PLANE_MEMBERS: shape.Members<ControlPlaneProps> = {
  ...COMMON_MEMBERS,
  count: shape.integer(1, 9),
  zones: shape.distinct(shape.text),
};

/**
 * The control plane of a cluster: one instance group of one machine for each member, each with its own etcd volumes.
 * @see https://kops.sigs.k8s.io/operations/high_availability/
 */
export class ControlPlane extends Construct {
  /** The availability zones of the members. */
  public readonly zones: readonly string[];

  constructor(scope: Construct, id = 'control-plane', props: ControlPlaneProps = {}) {
    super(scope, childId(scope, id));
    captureSource(this);
    const { count: given, zones: own, ...common } = readProps(this, props, CONTROL_PLANE_MEMBERS);
    this.zones = own ?? layoutOf(this).zones;
    const { zones } = this;
    const count = given ?? own?.length ?? 1;
    if (own && count < own.length) {
      const message = `${own.length} zones (${own.join(', ')}) for ${count} members: give at most as many zones as members`;
      reportMisuse(this, message, 'zones');
    }
    for (let index = 0; index < count && zones.length > 0; index++) {
      new InstanceGroup(this, memberGroupName(zones, count, index), {
        ...common,
        role: 'ControlPlane',
        zones: [zones[index % zones.length] ?? ''],
        minSize: 1,
        maxSize: 1,
      });
    }
  }
}

/** The name of the group of a member: its zone, and a number where there are more members than zones. */
export function memberGroupName(zones: readonly string[], count: number, index: number): string {
  const suffix = count > zones.length ? `-${1 + Math.floor(index / zones.length)}` : '';
  return `control-plane-${zones[index % zones.length]}${suffix}`;
}
