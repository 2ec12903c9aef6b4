/** cdkops: from the first construct to the last rename, validation included. */
import { carryOut, planDisk, synthesise } from '../src/synth';
import { fleetOf } from './fleet';
import { input, measure } from './measure';

const { folder, clusters } = input();
measure(() => {
  const { fleet } = fleetOf(clusters);
  const synthesis = synthesise(fleet);
  const plan = planDisk(folder, synthesis.files);
  if (plan.writes.length !== clusters) throw new Error(JSON.stringify(synthesis.findings.slice(0, 3)));
  carryOut(folder, plan);
});
