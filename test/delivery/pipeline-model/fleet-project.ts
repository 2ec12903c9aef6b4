import type { Fleet } from '../../../src';
import { type FleetPipelineContext, fleetPipeline } from '../../../src/delivery';
import { deliver } from '../../../src/delivery/deliverable';
import type { Data, Files } from './data';

/** The files of a fleet's pipeline as GitLab reads them: plain data, without what is not written. */
export function filesOf(fleet: Fleet, context: FleetPipelineContext = {}): Files {
  const clusters = fleet.waves.flatMap((wave) => wave.clusters);
  const deliveries = clusters.flatMap((cluster) => deliver(cluster, __dirname).delivery ?? []);
  const { files, findings } = fleetPipeline(fleet, deliveries, context);
  const errors = findings.filter(({ severity }) => severity !== 'warning');
  if (errors.length > 0)
    throw new Error(`the fleet is wrong: ${errors.map(({ message }) => message).join('; ')}`);
  return new Map(
    files.map(({ path, pipeline }) => [path, JSON.parse(JSON.stringify(pipeline.render())) as Data]),
  );
}
