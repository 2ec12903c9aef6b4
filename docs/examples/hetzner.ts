import { Fleet, KopsCluster, KopsInstanceGroup, StateStore, Wave } from 'cdkops';

/** Hetzner Cloud. Its object storage speaks the language of S3; kOps takes the cloud's key from `HCLOUD_TOKEN`. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', {
    endpoint: 'https://fsn1.your-objectstorage.com',
    region: 'fsn1',
  }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const dev = new Wave(fleet, 'dev');

/** A location, not an availability zone: kOps puts the whole cluster into one. */
const location = 'fsn1';
const members = [1, 2, 3].map((member) => `control-plane-${location}-${member}`);

const cluster = new KopsCluster(dev, 'hetzner.k8s.acme.example', {
  spec: {
    api: { loadBalancer: { type: 'Public' } },
    authorization: { rbac: {} },
    channel: 'stable',
    cloudProvider: 'hetzner',
    etcdClusters: (['main', 'events'] as const).map((name) => ({
      name,
      cpuRequest: name === 'main' ? '200m' : '100m',
      memoryRequest: '100Mi',
      etcdMembers: members.map((instanceGroup, index) => ({ name: `etcd-${index + 1}`, instanceGroup })),
      manager: { backupRetentionDays: 90 },
    })),
    iam: { allowContainerRegistry: true, legacy: false },
    kubeProxy: { enabled: false },
    kubelet: { anonymousAuth: false },
    kubernetesApiAccess: ['0.0.0.0/0', '::/0'],
    networkCIDR: '10.10.0.0/16',
    networking: { cilium: { enableNodePort: true } },
    nonMasqueradeCIDR: '100.64.0.0/10',
    sshAccess: ['203.0.113.0/24'],
    subnets: [{ name: location, type: 'Public', zone: location }],
    topology: { dns: { type: 'None' } },
  },
});

for (const name of members) {
  new KopsInstanceGroup(cluster, name, {
    spec: {
      role: 'Master',
      image: 'ubuntu-24.04',
      machineType: 'cx23',
      minSize: 1,
      maxSize: 1,
      nodeLabels: { 'kops.k8s.io/instancegroup': name },
      subnets: [location],
    },
  });
}

new KopsInstanceGroup(cluster, `nodes-${location}`, {
  spec: {
    role: 'Node',
    image: 'ubuntu-24.04',
    machineType: 'cx33',
    minSize: 2,
    maxSize: 2,
    nodeLabels: { 'kops.k8s.io/instancegroup': `nodes-${location}` },
    subnets: [location],
  },
});
