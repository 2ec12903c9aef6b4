import { Cluster, ControlPlane, Fleet, formatFinding, NodeGroup, StateStore, Wave } from '../../../src';
import { synthesise } from '../../../src/synth';
import { AcmeCluster } from './acme-cluster';

/** Mistakes, each in a line whose comment names the construct. */
export function findings(): string[] {
  const fleet = new Fleet({ stateStore: StateStore.s3('b'), kops: '1.36.2', kubernetesVersion: '1.35.1' });
  const wave = new Wave(fleet, 'wave');

  const acme = new AcmeCluster(wave, 'acme.example.com', { zones: ['eu-central-1a', 'us-east-1a'] }); // acme
  class SpotNodes extends NodeGroup {}
  new SpotNodes(acme, 'spot', { minSize: 2, maxSize: 1 }); // spot

  new Cluster(wave, 'plain.example.com', { zones: ['eu-central-1a'], nodes: { taints: 3 as never } }); // plain

  const own = new Cluster(wave, 'own.example.com', { zones: ['eu-central-1a'] });
  new ControlPlane(own, 'cp', { taints: 3 as never }); // cp
  return synthesise(fleet).findings.map(formatFinding);
}

if (require.main === module) console.log(JSON.stringify(findings()));
