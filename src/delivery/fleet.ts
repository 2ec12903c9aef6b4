import { RootConstruct } from 'constructs';
import { captureSource, shape } from '../core';
import { readSharedSettings, SHARED_SETTING_MEMBERS, type SharedSettings } from './settings';
import { Wave } from './wave';

/** How the pipeline of a fleet is written. */
export interface FleetPipelineOptions {
  /**
   * The file of the pipeline, relative to the project; the clusters' files are beside their manifests.
   * @default '.gitlab-ci.yml'
   */
  readonly file?: string;
}

/** Props of a fleet: also everything that holds for all clusters unless a wave or a cluster says otherwise. */
export interface FleetProps extends SharedSettings {
  /**
   * The pipeline's options; `false` writes manifests alone.
   * @default - a pipeline in .gitlab-ci.yml
   */
  readonly pipeline?: FleetPipelineOptions | false;
}

/**
 * All clusters, in waves: the root of the tree. The file that defines it exports it:
 * `export const fleet = new Fleet({ … })`.
 */
export class Fleet extends RootConstruct {
  /** Whether `value` is a fleet, also one of another copy of this package. */
  public static isFleet(value: unknown): value is Fleet {
    return typeof value === 'object' && value !== null && FLEET in value;
  }

  /** Options of the pipeline, or `false` where none is wanted. */
  public readonly pipeline: FleetPipelineOptions | false;

  constructor(props: FleetProps = {}) {
    super('');
    Object.defineProperty(this, FLEET, { value: true });
    captureSource(this);
    this.pipeline = readSharedSettings(this, props, MEMBERS).pipeline ?? {};
  }

  /** The waves, as declared. */
  public get waves(): Wave[] {
    return this.node.children.filter(Wave.isWave);
  }
}

const MEMBERS: shape.Members<FleetProps> = {
  ...SHARED_SETTING_MEMBERS,
  pipeline: shape.either(shape.no, shape.object<FleetPipelineOptions>({ file: shape.text })),
};

const FLEET = Symbol.for('cdkops.Fleet');
