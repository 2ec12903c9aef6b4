import type { Pipeline } from '../gitlab';
import {
  askedAgain,
  askedTemplate,
  behindTemplateName,
  type Gate,
  gatesOf,
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
  const before: Gate[][] = [];
  const addRolled = (gates: readonly Gate[], template: string, next: WaveDelivery) => {
    const stage = stageOf('rolled', waves[waves.indexOf(next) - 1]?.wave);
    for (const gate of gates) root.addJob(rolledJobName(gate), rolledJob(gate, template, stage));
  };
  // Where all clusters of a wave are to end, nothing opens it, and nobody asks for it.
  const filled = waves.filter(({ clusters }) => clusters.length > 0);
  for (const [index, delivery] of filled.entries()) {
    const again = before.slice(0, -1).flatMap((gates) => askedAgain(gates, delivery));
    if (again.length > 0) root.addJob(turnTemplateName(delivery), askedTemplate(delivery.clusters));
    addRolled(again, turnTemplateName(delivery), delivery);
    if (index > 0 && delivery.wave.soakSeconds > 0) root.addJob(soakJobName(delivery), soakJob(delivery));
    const asked = [...again, ...(before.at(-1) ?? [])];
    if (delivery.hasOpen) root.addJob(openJobName(delivery), openJob(delivery, asked));
    const [next, ...others] = filled.slice(index + 1);
    if (!next) continue;
    const behind = [next, ...others].flatMap(({ clusters }) => clusters);
    root.addJob(behindTemplateName(delivery), askedTemplate(behind));
    before.push(gatesOf(delivery));
    addRolled(before.at(-1) ?? [], behindTemplateName(delivery), next);
  }
}
