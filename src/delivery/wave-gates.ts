import type { Pipeline } from '../gitlab';
import {
  askedAgain,
  type Gate,
  gatesOf,
  gateTemplate,
  gateTemplateName,
  openJob,
  openJobName,
  rolledJob,
  rolledJobName,
  soakJob,
  soakJobName,
  turnTemplateName,
} from './gates';
import { stageOf } from './stages';
import type { WaveDelivery } from './wave-delivery';

/** Adds what stands between the waves: whether those before have been rolled out, time, and what opens the next. */
export function addGates(root: Pipeline, waves: readonly WaveDelivery[]): void {
  // Where all clusters of a wave are to end, nothing opens it, and nobody asks for it.
  const filled = waves.filter(({ clusters }) => clusters.length > 0);
  const gatesBefore: Gate[][] = [];
  for (const [index, delivery] of filled.entries()) {
    const [last] = gatesBefore.slice(-1);
    const stage = stageOf('rolled', waves[waves.indexOf(delivery) - 1]?.wave);
    const again = gatesBefore.slice(0, -1).flatMap((gates) => askedAgain(gates, delivery));
    if (again.length > 0) {
      root.addJob(turnTemplateName(delivery), gateTemplate(delivery.clusters));
      for (const gate of again) {
        root.addJob(rolledJobName(gate), rolledJob(gate, turnTemplateName(delivery), stage));
      }
    }
    if (last && delivery.wave.soakSeconds > 0) root.addJob(soakJobName(delivery), soakJob(delivery));
    if (delivery.hasOpen) root.addJob(openJobName(delivery), openJob(delivery, [...again, ...(last ?? [])]));
    const later = filled.slice(index + 1);
    const [next] = later;
    if (!next) continue;
    root.addJob(gateTemplateName(delivery), gateTemplate(later.flatMap(({ clusters }) => clusters)));
    const nextStage = stageOf('rolled', waves[waves.indexOf(next) - 1]?.wave);
    gatesBefore.push(gatesOf(delivery));
    for (const gate of gatesBefore.at(-1) ?? []) {
      root.addJob(rolledJobName(gate), rolledJob(gate, gateTemplateName(delivery), nextStage));
    }
  }
}
