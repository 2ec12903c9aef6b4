import { Cluster, Fleet, type KopsDocument, StateStore, Wave } from '../src';
import { ZONES } from './measure';

/** The documents that cdkops writes for the bench's clusters, for the peers to write as well. */
export function documents(clusters: number): KopsDocument[][] {
  const fleet = new Fleet({
    stateStore: StateStore.s3('bench'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.1',
    topology: 'private',
    pipeline: false,
  });
  const wave = new Wave(fleet, 'all');
  return Array.from({ length: clusters }, (_, index) =>
    new Cluster(wave, `c${index}.k8s.example.com`, {
      zones: ZONES,
      controlPlane: { count: 3 },
      nodes: { count: 6 },
    })
      .manifest()
      .objects.map(({ document }) => structuredClone(document)),
  );
}
