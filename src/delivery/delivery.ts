import type { Construct } from 'constructs';
import { Annotations, shape } from '../core';
import { Fleet } from './fleet';
import {
  CLUSTER_DELIVERY_MEMBERS,
  type ClusterDeliverySettings,
  DELIVERY_MEMBERS,
  giveDeliverySettings,
} from './settings';
import { Wave } from './wave';

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
   * of the construct.
   */
  public set(settings: ClusterDeliverySettings): this {
    const { construct } = this;
    const isShared = Fleet.isFleet(construct) || Wave.isWave(construct);
    const members = isShared ? DELIVERY_MEMBERS : CLUSTER_DELIVERY_MEMBERS;
    const read = shape.read(shape.object(members), settings, '', (field, message) =>
      Annotations.of(construct).addError(message, field === '' ? undefined : field),
    );
    giveDeliverySettings(construct, (read ?? {}) as ClusterDeliverySettings);
    return this;
  }
}
