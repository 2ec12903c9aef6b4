import { Fleet, KopsCluster, KopsInstanceGroup, StateStore, Wave } from 'cdkops';

/** OpenStack, with its state in Swift. kOps takes the cloud and its key from the `OS_…` variables of an RC file. */
export const fleet = new Fleet({
  stateStore: StateStore.swift('acme-kops-state'),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const dev = new Wave(fleet, 'dev');
const name = 'openstack.k8s.acme.example';
const zone = 'nova';
const members = [1, 2, 3].map((member) => `control-plane-${zone}-${member}`);
/** Images and flavors have the names that your OpenStack gives them. */
const image = 'ubuntu-24.04';

const cluster = new KopsCluster(dev, name, {
  spec: {
    api: { loadBalancer: { type: 'Public' } },
    authorization: { rbac: {} },
    channel: 'stable',
    cloudConfig: {
      openstack: {
        blockStorage: { 'bs-version': 'v3', clusterName: name, 'ignore-volume-az': false },
        loadbalancer: {
          floatingNetwork: 'public',
          // Left out, kOps looks it up on each run and writes it into the state.
          floatingNetworkID: '22222222-2222-2222-2222-222222222222',
          method: 'ROUND_ROBIN',
          provider: 'octavia',
          useOctavia: true,
        },
        monitor: { delay: '15s', maxRetries: 3, timeout: '10s' },
        router: { dnsServers: '9.9.9.9', externalNetwork: 'public' },
      },
    },
    cloudControllerManager: { clusterName: name },
    cloudProvider: 'openstack',
    etcdClusters: (['main', 'events'] as const).map((etcd) => ({
      name: etcd,
      cpuRequest: etcd === 'main' ? '200m' : '100m',
      memoryRequest: '100Mi',
      etcdMembers: members.map((instanceGroup, index) => ({ name: `etcd-${index + 1}`, instanceGroup })),
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
    subnets: [
      { name: zone, type: 'Private', zone, cidr: '10.0.128.0/17' },
      { name: `utility-${zone}`, type: 'Utility', zone, cidr: '10.0.0.0/20' },
    ],
    topology: { dns: { type: 'None' } },
  },
});

for (const member of members) {
  new KopsInstanceGroup(cluster, member, {
    spec: {
      role: 'Master',
      image,
      machineType: 'm1.medium',
      minSize: 1,
      maxSize: 1,
      nodeLabels: { 'kops.k8s.io/instancegroup': member },
      subnets: [zone],
    },
  });
}

new KopsInstanceGroup(cluster, `nodes-${zone}`, {
  spec: {
    role: 'Node',
    image,
    machineType: 'm1.large',
    minSize: 2,
    maxSize: 2,
    nodeLabels: { 'kops.k8s.io/instancegroup': `nodes-${zone}` },
    subnets: [zone],
  },
});
