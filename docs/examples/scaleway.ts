import { Fleet, KopsCluster, KopsInstanceGroup, StateStore, Wave } from 'cdkops';

/**
 * Scaleway. The state lies in Object Storage; kOps takes the cloud's keys from `SCW_ACCESS_KEY`, `SCW_SECRET_KEY` and
 * `SCW_DEFAULT_PROJECT_ID`, and the jobs need `KOPS_FEATURE_FLAGS=Scaleway`.
 */
export const fleet = new Fleet({
  stateStore: StateStore.scw('acme-kops-state', {
    endpoint: 'https://s3.fr-par.scw.cloud',
    region: 'fr-par',
  }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const dev = new Wave(fleet, 'dev');

/** kOps puts the whole cluster into one zone. */
const zone = 'fr-par-1';
const controlPlane = `control-plane-${zone}`;

const cluster = new KopsCluster(dev, 'scaleway.k8s.acme.example', {
  spec: {
    api: { loadBalancer: { type: 'Public' } },
    authorization: { rbac: {} },
    channel: 'stable',
    cloudProvider: 'scaleway',
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
    networking: { cilium: { enableNodePort: true } },
    nonMasqueradeCIDR: '100.64.0.0/10',
    sshAccess: ['203.0.113.0/24'],
    subnets: [{ name: zone, type: 'Public', zone }],
    topology: { dns: { type: 'None' } },
  },
});

new KopsInstanceGroup(cluster, controlPlane, {
  spec: {
    role: 'Master',
    image: 'ubuntu_noble',
    machineType: 'DEV1-M',
    minSize: 1,
    maxSize: 1,
    nodeLabels: { 'kops.k8s.io/instancegroup': controlPlane },
    subnets: [zone],
  },
});

new KopsInstanceGroup(cluster, `nodes-${zone}`, {
  spec: {
    role: 'Node',
    image: 'ubuntu_noble',
    machineType: 'DEV1-L',
    minSize: 2,
    maxSize: 2,
    nodeLabels: { 'kops.k8s.io/instancegroup': `nodes-${zone}` },
    subnets: [zone],
  },
});
