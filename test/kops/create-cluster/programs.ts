import { Cluster, ControlPlane, type Wave } from '../../../src';

const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
const CILIUM = { networking: 'cilium', nodes: { machineType: 'm5.large' } } as const;

/**
 * For each manifest of `kops create cluster` in fixtures/ (the flags are in flags.txt) the program that gives the same.
 * What all of them share (state store, versions, image, machine type) is said once, in the test's fleet.
 */
export const PROGRAMS: Readonly<Record<string, (wave: Wave) => Cluster>> = {
  'public-1cp-cilium': (wave) =>
    new Cluster(wave, 'a.k8s.local', {
      ...CILIUM,
      zones: ['us-east-1a'],
      controlPlane: { machineType: 'm5.large' },
    }),

  'public-3cp-calico': (wave) =>
    new Cluster(wave, 'b.k8s.local', {
      zones: ZONES,
      networking: 'calico',
      controlPlane: { machineType: 'm5.large', zones: ZONES },
      nodes: { machineType: 'm5.large', count: 3 },
    }),

  'private-3cp-cilium-bastion': (wave) =>
    new Cluster(wave, 'c.k8s.local', {
      zones: ZONES,
      topology: 'private',
      controlPlane: { machineType: 'm5.large', count: 3 },
      nodes: { machineType: 'm5.large', count: 6 },
      bastion: true,
    }),

  'private-1cp-amazonvpc': (wave) =>
    new Cluster(wave, 'd.k8s.local', {
      zones: ZONES,
      topology: 'private',
      networking: 'amazonvpc',
      controlPlane: { machineType: 'm5.large' },
      nodes: { machineType: 'm5.large' },
    }),

  'ipv6-cilium': (wave) => {
    const cluster = new Cluster(wave, 'j.k8s.local', { ...CILIUM, zones: ZONES, ipv6: true });
    new ControlPlane(cluster, 'control-plane', { machineType: 'm5.large', count: 3 });
    return cluster;
  },

  'internal-api': (wave) =>
    new Cluster(wave, 'k.k8s.local', {
      ...CILIUM,
      zones: ZONES,
      topology: 'private',
      api: 'internal',
      controlPlane: { machineType: 'm5.large' },
    }),

  'network-cidr': (wave) =>
    new Cluster(wave, 'm.k8s.local', {
      ...CILIUM,
      zones: ZONES,
      topology: 'private',
      networkCIDR: '10.40.0.0/16',
      controlPlane: { machineType: 'm5.large' },
    }),

  gossip: (wave) =>
    new Cluster(wave, 'q.k8s.local', {
      ...CILIUM,
      zones: ['us-east-1a'],
      controlPlane: { machineType: 'm5.large' },
    }),

  labels: (wave) =>
    new Cluster(wave, 'r.k8s.local', {
      ...CILIUM,
      zones: ['us-east-1a'],
      cloudLabels: { Owner: 'team a', Env: 'prod' },
      controlPlane: { machineType: 'm5.large' },
    }),
};
