import { Fleet, KopsCluster, KopsInstanceGroup, StateStore, Wave } from 'cdkops';

/** DigitalOcean. The state lies in a Space; kOps takes the cloud's key from `DIGITALOCEAN_ACCESS_TOKEN`. */
export const fleet = new Fleet({
  stateStore: StateStore.do('acme-kops-state', {
    endpoint: 'https://fra1.digitaloceanspaces.com',
    region: 'fra1',
  }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const dev = new Wave(fleet, 'dev');

/** kOps calls it the region and the zone of the one subnet alike. */
const region = 'fra1';
const controlPlane = `control-plane-${region}-1`;

const cluster = new KopsCluster(dev, 'digitalocean.k8s.acme.example', {
  spec: {
    api: { loadBalancer: { type: 'Public' } },
    authorization: { rbac: {} },
    channel: 'stable',
    cloudProvider: 'digitalocean',
    etcdClusters: (['main', 'events'] as const).map((name) => ({
      name,
      cpuRequest: name === 'main' ? '200m' : '100m',
      memoryRequest: '100Mi',
      etcdMembers: [{ name: 'etcd-1', instanceGroup: controlPlane }],
      manager: { backupRetentionDays: 90 },
    })),
    iam: { allowContainerRegistry: true, legacy: false },
    kubeProxy: { enabled: false },
    kubelet: { anonymousAuth: false },
    kubernetesApiAccess: ['0.0.0.0/0', '::/0'],
    // With a range, kOps makes a VPC for the cluster; it must be a private one.
    networkCIDR: '10.12.0.0/16',
    networking: { cilium: { enableNodePort: true } },
    nonMasqueradeCIDR: '100.64.0.0/10',
    sshAccess: ['203.0.113.0/24'],
    subnets: [{ name: region, region, type: 'Public', zone: region }],
    topology: { dns: { type: 'None' } },
  },
});

new KopsInstanceGroup(cluster, controlPlane, {
  spec: {
    role: 'Master',
    image: 'ubuntu-24-04-x64',
    machineType: 's-2vcpu-4gb-amd',
    minSize: 1,
    maxSize: 1,
    nodeLabels: { 'kops.k8s.io/instancegroup': controlPlane },
    subnets: [region],
  },
});

new KopsInstanceGroup(cluster, `nodes-${region}`, {
  spec: {
    role: 'Node',
    image: 'ubuntu-24-04-x64',
    machineType: 's-4vcpu-8gb-amd',
    minSize: 2,
    maxSize: 2,
    nodeLabels: { 'kops.k8s.io/instancegroup': `nodes-${region}` },
    subnets: [region],
  },
});
