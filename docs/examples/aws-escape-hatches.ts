import { Cluster, Fleet, NodeGroup, StateStore, Wave } from 'cdkops';

/** What to do where no prop exists: `spec`, then `patches`, then `unknownFields`. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const dev = new Wave(fleet, 'dev');
const cluster = new Cluster(dev, 'dev.k8s.acme.example', {
  zones: ['eu-central-1a'],

  // 1. Anything that kOps knows, typed, laid over what the props give. Lists whose items have names merge by name, so
  //    this adds to the etcd cluster `main` and leaves `events` alone. `null` takes a field away.
  spec: {
    clusterAutoscaler: { enabled: true, expander: 'least-waste' },
    etcdClusters: [{ name: 'main', manager: { backupRetentionDays: 30 } }],
    iam: { allowContainerRegistry: null },
  },

  // 2. JSON patches on the finished object. A path that is not there is an error, so a patch cannot go stale unseen.
  patches: [
    { op: 'test', path: '/spec/subnets/0/name', value: 'eu-central-1a' },
    { op: 'replace', path: '/spec/subnets/0/cidr', value: '172.20.0.0/20' },
  ],

  // 3. Fields that this kOps release does not have, for a kOps of your own. Synth warns of each: kOps drops what it
  //    does not know.
  unknownFields: { acmeMesh: { enabled: true } },
});

new NodeGroup(cluster, 'nodes', {
  minSize: 2,
  maxSize: 4,
  spec: {
    kubelet: { maxPods: 60, systemReserved: { cpu: '100m', memory: '256Mi' } },
    sysctlParameters: ['net.core.somaxconn = 4096'],
  },
});
