import { Cluster, Fleet, StateStore, Wave } from 'cdkops';

/** What holds where nothing is set: kOps's defaults to the letter for one wave, cdkops' own for all others. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const sandbox = new Wave(fleet, 'sandbox', { defaults: 'kops' });
new Cluster(sandbox, 'sandbox.k8s.acme.example', { zones: ['eu-central-1a'] });

const prod = new Wave(fleet, 'prod', {
  // SSH for the office alone.
  sshAccess: ['203.0.113.0/24'],
  // An image of your own choice: it changes when you change it.
  image: '099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218',
});
new Cluster(prod, 'eu.k8s.acme.example', { zones: ['eu-central-1a', 'eu-central-1b'] });
