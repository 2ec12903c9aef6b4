import { Construct } from 'constructs';
import { captureSource, UserError } from '../core';
import { layoutOf } from './cluster-layout';
import { type CommonInstanceGroupProps, InstanceGroup } from './instance-group';

/** Props of a control plane; none is needed. */
export interface ControlPlaneProps extends CommonInstanceGroupProps {
  /**
   * How many machines run the control plane: 1, 3 or 5.
   * @default - one for each of `zones`, where those are given; else 1
   */
  readonly count?: number;

  /**
   * The availability zones of the machines, in turn.
   * @default - the cluster's zones
   */
  readonly zones?: readonly string[];
}

/** A cluster has no more of them; also what keeps a mistyped count from making a million groups. */
const MOST_MEMBERS = 9;

/**
 * The control plane of a cluster: one instance group of one machine for each member, each with its own etcd volumes.
 * @see https://kops.sigs.k8s.io/operations/high_availability/
 */
export class ControlPlane extends Construct {
  /** The availability zones of the members. */
  public readonly zones: readonly string[];

  constructor(scope: Construct, id = 'control-plane', props: ControlPlaneProps = {}) {
    super(scope, id);
    captureSource(this);
    const { count: given, zones: own, ...common } = props;
    this.zones = own ?? layoutOf(this).zones;
    const { zones } = this;
    const count = given ?? own?.length ?? 1;
    if (!Number.isInteger(count) || count < 1 || count > MOST_MEMBERS) {
      throw new UserError(`a control plane has 1, 3 or 5 members, got count: ${JSON.stringify(count)}`);
    }
    if (own && count < own.length) {
      throw new UserError(
        `a control plane of ${count} in ${own.length} zones (${own.join(', ')}): give at most as many zones as members`,
      );
    }
    for (let index = 0; index < count && zones.length > 0; index++) {
      const zone = zones[index % zones.length] ?? '';
      const suffix = count > zones.length ? `-${1 + Math.floor(index / zones.length)}` : '';
      new InstanceGroup(this, `control-plane-${zone}${suffix}`, {
        ...common,
        role: 'ControlPlane',
        zones: [zone],
        minSize: 1,
        maxSize: 1,
      });
    }
  }
}
