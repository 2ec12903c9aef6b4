import { Cluster, type Credentials, Fleet, StateStore, Wave } from 'cdkops';

/** Clusters in waves: who starts them, which one goes first, how many change at once, how long a wave waits. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
  // A person starts each `update`; `roll` follows.
  approval: 'cluster',
});

// Nobody is asked: what is merged is rolled out here at once.
const dev = new Wave(fleet, 'dev', { approval: 'none', credentials: rolesOf('dev') });
new Cluster(dev, 'dev.k8s.acme.example', { zones: ['eu-central-1a'] });

// Opens when all of `dev` is rolled out.
const stage = new Wave(fleet, 'stage', { credentials: rolesOf('stage') });
new Cluster(stage, 'stage.k8s.acme.example', { zones: ['eu-central-1a'] });

// One person opens it for all of its clusters, twelve hours after the waves before are rolled out.
const prod = new Wave(fleet, 'prod', {
  approval: 'wave',
  soak: '12h',
  canary: 'office.k8s.acme.example',
  maxParallel: 2,
  plansInMergeRequests: false,
  credentials: rolesOf('prod'),
});
new Cluster(prod, 'office.k8s.acme.example', { zones: ['eu-west-1a'] });
new Cluster(prod, 'eu.k8s.acme.example', { zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'] });
new Cluster(prod, 'us.k8s.acme.example', { zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] });
new Cluster(prod, 'au.k8s.acme.example', {
  zones: ['ap-southeast-2a', 'ap-southeast-2b', 'ap-southeast-2c'],
});

/** Each wave has roles of its own; gates look with the third, which reads no key. */
function rolesOf(wave: string): Credentials {
  const role = (purpose: string) => `arn:aws:iam::123456789012:role/kops-${wave}-${purpose}`;
  return { aws: { planRole: role('plan'), changeRole: role('change'), readRole: role('read') } };
}
