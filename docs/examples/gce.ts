import { Fleet, KopsCluster, KopsInstanceGroup, StateStore, Wave } from 'cdkops';

/** Google Compute Engine, with a control plane over three zones. kOps takes Google's default credentials. */
export const fleet = new Fleet({
  stateStore: StateStore.gs('acme-kops-state'),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const dev = new Wave(fleet, 'dev');

/** Subnets span the region; only instance groups name zones. */
const region = 'europe-west3';
const zones = ['a', 'b', 'c'].map((letter) => ({ letter, zone: `${region}-${letter}` }));
const image = 'ubuntu-os-cloud/ubuntu-2404-noble-amd64-v20250606';

const cluster = new KopsCluster(dev, 'gce.k8s.acme.example', {
  spec: {
    api: { loadBalancer: { type: 'Public' } },
    authorization: { rbac: {} },
    channel: 'stable',
    cloudConfig: {},
    cloudProvider: 'gce',
    etcdClusters: (['main', 'events'] as const).map((name) => ({
      name,
      cpuRequest: name === 'main' ? '200m' : '100m',
      memoryRequest: '100Mi',
      etcdMembers: zones.map(({ letter, zone }) => ({
        name: letter,
        instanceGroup: `control-plane-${zone}`,
      })),
      manager: { backupRetentionDays: 90 },
    })),
    iam: { allowContainerRegistry: true, legacy: false },
    kubeProxy: { enabled: false },
    kubelet: { anonymousAuth: false },
    kubernetesApiAccess: ['0.0.0.0/0'],
    networking: { cilium: { enableNodePort: true } },
    nonMasqueradeCIDR: '100.64.0.0/10',
    project: 'acme-clusters',
    sshAccess: ['203.0.113.0/24'],
    subnets: [{ name: region, region, type: 'Public', cidr: '10.0.16.0/20' }],
    topology: { dns: { type: 'None' } },
  },
});

for (const { zone } of zones) {
  new KopsInstanceGroup(cluster, `control-plane-${zone}`, {
    spec: {
      role: 'Master',
      image,
      machineType: 'e2-medium',
      minSize: 1,
      maxSize: 1,
      nodeLabels: { 'kops.k8s.io/instancegroup': `control-plane-${zone}` },
      subnets: [region],
      zones: [zone],
    },
  });
}

new KopsInstanceGroup(cluster, 'nodes', {
  spec: {
    role: 'Node',
    image,
    machineType: 'e2-standard-4',
    minSize: 3,
    maxSize: 3,
    nodeLabels: { 'kops.k8s.io/instancegroup': 'nodes' },
    subnets: [region],
    zones: zones.map(({ zone }) => zone),
  },
});
