import { Construct } from 'constructs';
import { Annotations, captureSource, childId, given } from '../core';
import { KopsCluster } from '../kops';
import { readSharedSettings, SHARED_SETTING_MEMBERS, type SharedSettings } from './settings';

/** Props of a wave: everything that holds for its clusters unless one says otherwise. */
export interface WaveProps extends SharedSettings {}

/**
 * Names that sort as they were declared: the tree keeps its children in a plain object, where numbers come first. They
 * also become parts of GitLab's job names.
 */
const NAME = /^[a-z][a-z0-9-]*$/;

/**
 * Clusters that share settings: `new Wave(fleet, 'prod')`. A wave is meant to be rolled out after those before it; for
 * now the pipeline leaves that order to the people who start its jobs.
 */
export class Wave extends Construct {
  /** Whether `value` is a wave, also one of another copy of this package. */
  public static isWave(value: unknown): value is Wave {
    return typeof value === 'object' && value !== null && WAVE in value;
  }

  /** The wave's name. */
  public readonly name: string;

  constructor(fleet: Construct, name: string, props: WaveProps = {}) {
    super(fleet, childId(fleet, name));
    Object.defineProperty(this, WAVE, { value: true });
    captureSource(this);
    this.name = typeof name === 'string' ? name : '';
    if (!NAME.test(this.name)) {
      const message = `expected a name of small letters, digits and dashes that begins with a letter, got ${given(name)}`;
      Annotations.of(this).addError(message);
    } else if (this.node.id !== this.name) {
      Annotations.of(this).addError(
        `the fleet has the wave "${this.name}" twice: names of waves must differ`,
      );
    }
    if (this.node.scope !== this.node.root) {
      Annotations.of(this).addError('a wave must be in the fleet itself: new Wave(fleet, …)');
    }
    readSharedSettings(this, props, SHARED_SETTING_MEMBERS);
  }

  /** The wave's clusters, as declared. */
  public get clusters(): KopsCluster[] {
    return this.node.findAll().filter(KopsCluster.isKopsCluster);
  }
}

const WAVE = Symbol.for('cdkops.Wave');
