import { Bastion, type Credentials, Fleet, NodeGroup, StateStore, Wave } from 'cdkops';
import { AcmeCluster, zonesOf } from './acme-cluster';

/** All clusters of ACME, development first. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
  cloudLabels: { owner: 'platform' },
});

const dev = new Wave(fleet, 'dev', { credentials: rolesOf('dev') });
const prod = new Wave(fleet, 'prod', {
  cloudLabels: { environment: 'prod' },
  credentials: rolesOf('prod'),
  // Whoever can plan can read the clusters' keys: that is not for everybody who opens a merge request.
  plansInMergeRequests: false,
});

new AcmeCluster(dev, 'dev.k8s.acme.example', { zones: zonesOf('eu-central-1', 'a') });

const eu = new AcmeCluster(prod, 'eu.k8s.acme.example', {
  zones: zonesOf('eu-central-1', 'abc'),
  topology: 'private',
  networking: { cilium: { enableNodePort: true, hubble: { enabled: true } } },
  controlPlane: { count: 3, machineType: 'm6i.large' },
  spec: { certManager: { enabled: true }, kubeAPIServer: { auditLogMaxAge: 30 } },
});
new NodeGroup(eu, 'spot', { machineType: ['m6i.xlarge', 'm5.xlarge', 'm6a.xlarge'], maxSize: 6, spot: true });
new Bastion(eu);

// The runners of the office: small, and its machines find each other without DNS.
new AcmeCluster(prod, 'office.k8s.local', { zones: zonesOf('eu-west-1', 'a'), dns: 'gossip' });

// cdkops import: new clusters go above this line.

/** The roles of AWS that the jobs of a wave take; `npx cdkops roles` prints what they have to be. */
function rolesOf(wave: string): Credentials {
  const role = (purpose: string) => `arn:aws:iam::123456789012:role/kops-${wave}-${purpose}`;
  return { aws: { planRole: role('plan'), changeRole: role('change') } };
}
