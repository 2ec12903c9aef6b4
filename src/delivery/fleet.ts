import { RootConstruct } from 'constructs';
import { captureSource, shape } from '../core';
import { forget } from './forgotten';
import { readSharedSettings, SHARED_SETTING_MEMBERS, type SharedSettings } from './settings';
import { VERIFY_MEMBERS, type VerifyOptions } from './verify';
import { Wave } from './wave';

/** How the pipeline of a fleet is written. */
export interface FleetPipelineOptions {
  /**
   * The file of the pipeline, relative to the project; the clusters' files are beside their manifests. A project that has
   * a `.gitlab-ci.yml` of its own names another here and includes it.
   * @default '.gitlab-ci.yml'
   */
  readonly file?: string;

  /**
   * The job that says whether the files are what the code gives; every `update` waits for it. `false`: there is none.
   * @default - in a Node image, on any runner
   */
  readonly verify?: VerifyOptions | false;
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

  readonly #forgotten = new Map<string, string>();

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

  /** Clusters that run on and are no longer looked after: why, by name. */
  public get forgotten(): ReadonlyMap<string, string> {
    return this.#forgotten;
  }

  /**
   * Lets a cluster go that was taken out of the code and not retired: it runs on, unmanaged, and its files are removed.
   * To name one that is gone already is no error.
   * @param reason - why: for those who read the code later
   */
  public forget(name: string, reason: string): void {
    forget(this, this.#forgotten, name, reason);
  }
}

const MEMBERS: shape.Members<FleetProps> = {
  ...SHARED_SETTING_MEMBERS,
  pipeline: shape.either(
    shape.no,
    shape.object<FleetPipelineOptions>({
      file: shape.text,
      verify: shape.either(shape.no, shape.object<VerifyOptions>(VERIFY_MEMBERS)),
    }),
  ),
};

const FLEET = Symbol.for('cdkops.Fleet');
