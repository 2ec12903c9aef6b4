import { Construct } from 'constructs';
import { captureSource, UserError } from '../core';
import { type ClusterSettings, clusterSettings, KopsCluster, pickClusterSettings } from '../kops';
import { type DeliverySettings, deliverySettings, pickDeliverySettings } from './settings';

/** Props of a wave: everything that holds for its clusters unless one says otherwise. */
export interface WaveProps extends ClusterSettings, DeliverySettings {}

/** Clusters that are rolled out together, after those of the waves before it: `new Wave(fleet, 'prod')`. */
export class Wave extends Construct {
  /** Whether `value` is a wave, also one of another copy of this package. */
  public static isWave(value: unknown): value is Wave {
    return typeof value === 'object' && value !== null && WAVE in value;
  }

  /** The wave's name. */
  public readonly name: string;

  constructor(fleet: Construct, name: string, props: WaveProps = {}) {
    if (fleet?.node?.tryFindChild(String(name))) {
      throw new UserError(`the fleet has the wave "${name}" twice: names of waves must differ`);
    }
    super(fleet, String(name));
    Object.defineProperty(this, WAVE, { value: true });
    captureSource(this);
    clusterSettings.set(this, pickClusterSettings(props));
    deliverySettings.set(this, pickDeliverySettings(props));
    this.name = String(name);
  }

  /** The wave's clusters, as declared. */
  public get clusters(): KopsCluster[] {
    return this.node.findAll().filter(KopsCluster.isKopsCluster);
  }
}

const WAVE = Symbol.for('cdkops.Wave');
