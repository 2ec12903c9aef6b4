import { Cluster, Fleet, StateStore, Wave } from 'cdkops';

/** A cluster without a DNS zone whose machines find each other by gossip: its name ends in `.k8s.local`. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const dev = new Wave(fleet, 'dev');

// kOps calls gossip deprecated. For a new cluster leave `dns` out: it is then `none`, which needs no zone either.
new Cluster(dev, 'old.k8s.local', {
  zones: ['eu-central-1a'],
  dns: 'gossip',
});
