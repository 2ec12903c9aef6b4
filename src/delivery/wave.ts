import { Construct } from 'constructs';
import { Annotations, captureSource, childId, given, shape } from '../core';
import { parseDuration } from '../gitlab';
import { type Deliverable, deliverablesOf } from './deliverable';
import { RETIRED_CHILD } from './files';
import { type Approval, rolloutSettings } from './rollout';
import { readSharedSettings, SHARED_SETTING_MEMBERS, type SharedSettings } from './settings';

/** Props of a wave: everything that holds for its clusters unless one says otherwise. */
export interface WaveProps extends SharedSettings {
  /**
   * The name of the cluster of this wave that goes first: the others' `update` waits until it has been rolled out. Its
   * jobs are there whenever one of the wave's clusters has jobs, and end at once where it is up to date.
   * @default - none: all may begin together
   */
  readonly canary?: string;
}

/**
 * Names that sort as they were declared: the tree keeps its children in a plain object, where numbers come first. They
 * also become parts of GitLab's job names.
 */
export const WAVE_NAME = /^[a-z][a-z0-9-]*$/;

/** Names that jobs have for something else. */
const TAKEN: readonly string[] = [RETIRED_CHILD];

/**
 * Clusters that are rolled out together, after those of the waves before: `new Wave(fleet, 'prod')`. A wave opens when each
 * cluster of the waves before has been rolled out as this commit has it, whichever pipeline did that.
 */
export class Wave extends Construct {
  /** Whether `value` is a wave, also one of another copy of this package. */
  public static isWave(value: unknown): value is Wave {
    return typeof value === 'object' && value !== null && WAVE in value;
  }

  /** The wave's name. */
  public readonly name: string;

  /** The name of the cluster that goes first, where there is one. */
  public readonly canary: string | undefined;

  constructor(fleet: Construct, name: string, props: WaveProps = {}) {
    super(fleet, childId(fleet, name));
    Object.defineProperty(this, WAVE, { value: true });
    captureSource(this);
    this.name = typeof name === 'string' ? name : '';
    if (!WAVE_NAME.test(this.name)) {
      const message = `expected a name of small letters, digits and dashes that begins with a letter, got ${given(name)}`;
      Annotations.of(this).addError(message);
    } else if (TAKEN.includes(this.name)) {
      Annotations.of(this).addError(
        `"${this.name}" is what the pipeline calls clusters that are to end: give the wave another name`,
      );
    } else if (this.node.id !== this.name) {
      Annotations.of(this).addError(
        `the fleet has the wave "${this.name}" twice: names of waves must differ`,
      );
    }
    if (this.node.scope !== this.node.root) {
      Annotations.of(this).addError('a wave must be in the fleet itself: new Wave(fleet, …)');
    }
    this.canary = readSharedSettings(this, props, MEMBERS).canary;
  }

  /** The wave's clusters, wherever their manifests come from, as declared. */
  public get clusters(): Deliverable[] {
    return deliverablesOf(this);
  }

  /** What a person starts. */
  public get approval(): Approval {
    return rolloutSettings.get(this, 'approval') ?? 'every-step';
  }

  /** How many clusters change at once; `undefined`: as many as there are. */
  public get maxParallel(): number | undefined {
    return rolloutSettings.get(this, 'maxParallel');
  }

  /** How long the waves before must have been rolled out before this one opens, as it was given; `undefined`: no time. */
  public get soak(): string | undefined {
    return rolloutSettings.get(this, 'soak');
  }

  /** The same in whole seconds. */
  public get soakSeconds(): number {
    return Math.round(parseDuration(this.soak ?? '') ?? 0);
  }

  /** Whether that was given to this wave, and not to the fleet. */
  public get soakIsOwn(): boolean {
    return rolloutSettings.origin(this, 'soak')?.construct === this;
  }
}

const MEMBERS: shape.Members<WaveProps> = { ...SHARED_SETTING_MEMBERS, canary: shape.text };

const WAVE = Symbol.for('cdkops.Wave');
