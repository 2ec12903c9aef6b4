import { Cluster, Fleet, type KopsCluster, StateStore, Wave } from '../src';

/** Three members of the control plane and three groups of nodes: with the cluster seven objects. */
const ZONES = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'] as const;

/** The fleet of the bench. */
export function fleetOf(
  count: number,
  options: { readonly hasPipeline?: boolean } = {},
): { readonly fleet: Fleet; readonly clusters: readonly KopsCluster[] } {
  const fleet = new Fleet({
    stateStore: StateStore.s3('bench'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.1',
    topology: 'private',
    pipeline: options.hasPipeline ? {} : false,
  });
  const wave = new Wave(fleet, 'all');
  const clusters = Array.from({ length: count }, (_, index) => {
    const props = { zones: ZONES, controlPlane: { count: 3 }, nodes: { count: 6 } };
    return new Cluster(wave, `c${index}.k8s.example.com`, props);
  });
  return { fleet, clusters };
}
