import { Cluster, Fleet, StateStore, Wave } from 'cdkops';

/** Pods with IPv6 addresses. The topology is private; the control plane sits in subnets that have IPv4 as well. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const dev = new Wave(fleet, 'dev');
new Cluster(dev, 'ipv6.k8s.acme.example', {
  zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
  ipv6: true,
  controlPlane: { count: 3 },
  // Machines with AWS's own processors get the image for them.
  nodes: { count: 3, machineType: 'm7g.large' },
});
