/**
 * cdkops: from the first construct to the last rename, validation included. With `+pipeline` as third argument also each
 * cluster's jobs and what they share; without, manifests alone, as the peers write them.
 */
import { carryOut, planDisk, synthesise } from '../src/synth';
import { fleetOf } from './fleet';
import { input, measure } from './measure';

const { folder, clusters, variant } = input();
const hasPipeline = variant === '+pipeline';
measure(() => {
  const { fleet } = fleetOf(clusters, { hasPipeline });
  const { files, findings } = synthesise(fleet);
  if (findings.length > 0) throw new Error(JSON.stringify(findings.slice(0, 3)));
  const plan = planDisk(folder, files);
  const isWhole = hasPipeline ? plan.writes.length > 2 * clusters : plan.writes.length === clusters;
  if (!isWhole) throw new Error(`${plan.writes.length} files for ${clusters} clusters`);
  carryOut(folder, plan);
});
