import { Cluster, Fleet, StateStore, Wave } from 'cdkops';

/** The smallest fleet: one cluster in one zone, with one control-plane machine and one node. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const dev = new Wave(fleet, 'dev');
new Cluster(dev, 'dev.k8s.acme.example', { zones: ['eu-central-1a'] });
