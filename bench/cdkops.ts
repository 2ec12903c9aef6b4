/** cdkops: from the first construct to the last rename, validation included. */
import { Cluster, Fleet, StateStore, Wave } from '../src';
import { carryOut, planDisk, synthesise } from '../src/synth';
import { input, measure, ZONES } from './measure';

const { folder, clusters } = input();
measure(() => {
  const fleet = new Fleet({
    stateStore: StateStore.s3('bench'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.1',
    topology: 'private',
    pipeline: false,
  });
  const wave = new Wave(fleet, 'all');
  for (let index = 0; index < clusters; index++) {
    new Cluster(wave, `c${index}.k8s.example.com`, {
      zones: ZONES,
      controlPlane: { count: 3 },
      nodes: { count: 6 },
    });
  }
  const synthesis = synthesise(fleet);
  const plan = planDisk(folder, synthesis.files);
  if (plan.writes.length !== clusters) throw new Error(JSON.stringify(synthesis.findings.slice(0, 3)));
  carryOut(folder, plan);
});
