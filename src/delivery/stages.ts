import type { Wave } from './wave';
import { hasOpen, isChained, type WaveDelivery } from './wave-delivery';

/** A step that clusters go through. */
export type Step = 'dryrun' | 'update' | 'roll' | 'prune' | 'drift' | 'retire' | 'delete';

/** Steps that each wave goes through by itself. */
const OF_A_WAVE: readonly Step[] = ['dryrun', 'update', 'roll', 'prune'];

/** A job of a wave as a whole. */
export type GateStep = 'soak' | 'rolled' | 'open';

/** The stage of a step, of which each wave has its own: jobs without `needs` wait for all stages before theirs. */
export function stageOf(step: Step | GateStep, wave: Wave | undefined): string | undefined {
  // What becomes of a retired cluster holds no wave up.
  if (step === 'retire') return 'delete';
  if (step === 'drift' || step === 'delete') return step;
  if (!wave) return undefined;
  // No job may need one of a later stage, and there an update needs the roll of another cluster.
  return `${step === 'roll' && isOrdered(wave) ? 'update' : step}:${wave.name}`;
}

/** Whether clusters of a wave wait for each other. */
function isOrdered(wave: Wave): boolean {
  return wave.canary !== undefined || isChained(wave);
}

/**
 * The stages of a pipeline: wave by wave, and between two of them whether the first has been rolled out. A wave waits before
 * that is asked, so that it is true when the next one opens.
 */
export function stagesOf(waves: readonly WaveDelivery[]): string[] {
  const stages = ['verify'];
  for (const [index, { wave }] of waves.entries()) {
    const before = waves[index - 1]?.wave;
    if (before && wave.soakSeconds > 0) stages.push(`soak:${wave.name}`);
    if (before) stages.push(`rolled:${before.name}`);
    if (hasOpen(wave)) stages.push(`open:${wave.name}`);
    stages.push(...OF_A_WAVE.map((step) => `${step}:${wave.name}`));
  }
  return [...stages, 'drift', 'delete'];
}
