import type { Construct } from 'constructs';
import { Annotations, shape } from '../core';
import { isDeliverable } from './deliverable';
import {
  CLUSTER_DELIVERY_MEMBERS,
  type ClusterDeliverySettings,
  DELIVERY_MEMBERS,
  giveDeliverySettings,
} from './settings';

/** Of many clusters at once nobody means it: one line would end them all. */
const OF_ONE_CLUSTER: shape.Shape = {
  expected: 'nothing',
  fits: () => false,
  remedy: () => '; only a cluster can be retired: set it on each that is to end',
};

const SHARED_MEMBERS: shape.Members<ClusterDeliverySettings> = {
  ...DELIVERY_MEMBERS,
  retired: OF_ONE_CLUSTER,
};

/**
 * How clusters get to the cloud, for constructs that do not take these settings as props, such as `KopsCluster`, and for
 * what is decided after a construct was made: `Delivery.of(cluster).set({ afterRoll: ['./smoke-test.sh'] })`.
 */
export class Delivery {
  /** The delivery of a cluster, or of all clusters below a construct. */
  public static of(construct: Construct): Delivery {
    return new Delivery(construct);
  }

  private constructor(private readonly construct: Construct) {}

  /**
   * Adds settings to those that the construct was given before, and wins over them. What cannot be used becomes a finding
   * of the construct: so does `retired` on anything but a cluster, and every setting on a part of a cluster.
   */
  public set(settings: ClusterDeliverySettings): this {
    const { construct } = this;
    const report = (field: string, message: string) =>
      Annotations.of(construct).addError(message, field === '' ? undefined : field);
    const [cluster] = construct.node.scopes.slice(0, -1).filter(isDeliverable);
    if (cluster) {
      const message = `delivery settings mean nothing for a part of ${cluster.name}: set them on the cluster, Delivery.of(cluster).set({ … })`;
      report('', message);
      return this;
    }
    const members = isDeliverable(construct) ? CLUSTER_DELIVERY_MEMBERS : SHARED_MEMBERS;
    const read = shape.read(shape.object(members), settings, '', report);
    giveDeliverySettings(construct, (read ?? {}) as ClusterDeliverySettings);
    return this;
  }
}
