import { Fleet, KopsCluster, KopsInstanceGroup, StateStore, Wave } from 'cdkops';

/**
 * Azure. kOps takes the cloud's credentials from `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET` (or a
 * managed identity), and the jobs need `KOPS_FEATURE_FLAGS=Azure`.
 */
export const fleet = new Fleet({
  // The storage account, then the container: from kOps 1.36 both are in the URL.
  stateStore: StateStore.azureblob('acmekopsstate', 'clusters'),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const dev = new Wave(fleet, 'dev');
const name = 'azure.k8s.acme.example';
const region = 'westeurope';
/** Zones have numbers; only instance groups name them. */
const zone = `${region}-1`;
const controlPlane = `control-plane-${zone}`;
const image = 'Canonical:ubuntu-24_04-lts:server:24.04.202507010';
const subscription = '00000000-0000-0000-0000-000000000000';
const storageAccounts = `/subscriptions/${subscription}/resourceGroups/acme/providers/Microsoft.Storage/storageAccounts`;

const cluster = new KopsCluster(dev, name, {
  spec: {
    api: { loadBalancer: { type: 'Public' } },
    authorization: { rbac: {} },
    channel: 'stable',
    cloudConfig: {
      azure: {
        adminUser: 'kops',
        subscriptionId: subscription,
        tenantId: '11111111-1111-1111-1111-111111111111',
        // Left out, kOps looks it up when it first sees the cluster, and a later `replace` takes it away again.
        storageAccountID: `${storageAccounts}/acmekopsstate`,
      },
    },
    cloudProvider: 'azure',
    etcdClusters: (['main', 'events'] as const).map((etcd) => ({
      name: etcd,
      cpuRequest: etcd === 'main' ? '200m' : '100m',
      memoryRequest: '100Mi',
      etcdMembers: [{ name: 'etcd-1', instanceGroup: controlPlane }],
      manager: { backupRetentionDays: 90 },
    })),
    iam: { allowContainerRegistry: true, legacy: false },
    kubeProxy: { enabled: false },
    kubelet: { anonymousAuth: false },
    kubernetesApiAccess: ['0.0.0.0/0', '::/0'],
    networkCIDR: '10.0.0.0/16',
    networking: { cilium: { enableNodePort: true } },
    nonMasqueradeCIDR: '100.64.0.0/10',
    sshAccess: ['203.0.113.0/24'],
    // kOps names the one subnet after the cluster.
    subnets: [{ name, region, type: 'Public', cidr: '10.0.0.0/16' }],
    topology: { dns: { type: 'None' } },
  },
});

new KopsInstanceGroup(cluster, controlPlane, {
  spec: {
    role: 'Master',
    image,
    machineType: 'Standard_B2s',
    minSize: 1,
    maxSize: 1,
    nodeLabels: { 'kops.k8s.io/instancegroup': controlPlane },
    subnets: [name],
    zones: [zone],
  },
});

new KopsInstanceGroup(cluster, `nodes-${zone}`, {
  spec: {
    role: 'Node',
    image,
    machineType: 'Standard_D2s_v5',
    minSize: 2,
    maxSize: 2,
    nodeLabels: { 'kops.k8s.io/instancegroup': `nodes-${zone}` },
    subnets: [name],
    zones: [zone],
  },
});
