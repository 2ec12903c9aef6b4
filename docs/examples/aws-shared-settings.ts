import { Cluster, type ClusterProps, Fleet, merge, NodeGroup, StateStore, Wave } from 'cdkops';

/** What clusters share: settings of the fleet and its waves, a constant, a class, a function and a list. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
  cloudLabels: { owner: 'platform' },
});

/** A constant: what kOps installs into every cluster of ACME. */
const addons: NonNullable<ClusterProps['spec']> = {
  certManager: { enabled: true },
  clusterAutoscaler: { enabled: true },
  metricsServer: { enabled: true },
};

/** A class: every cluster of ACME has these add-ons and these worker nodes. */
class AcmeCluster extends Cluster {
  constructor(wave: Wave, name: string, props: ClusterProps) {
    // Merged, so that a cluster with a spec of its own keeps the add-ons.
    super(wave, name, { ...props, spec: merge(addons, props.spec) });
    new NodeGroup(this, 'nodes', { machineType: 'm7i.large', minSize: 2, maxSize: 8 });
  }
}

/** A function: adds to a cluster what only some of them have. */
function addGpuNodes(cluster: Cluster, zone: string): void {
  new NodeGroup(cluster, 'gpu', {
    machineType: 'g5.xlarge',
    zones: [zone],
    minSize: 0,
    maxSize: 4,
    taints: ['nvidia.com/gpu=:NoSchedule'],
  });
}

/** A list, which may as well be a JSON file: `import regions from './regions.json'`. */
const regions = [
  { name: 'eu', zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'], gpuZone: 'eu-central-1a' },
  { name: 'us', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] },
];

const dev = new Wave(fleet, 'dev');
new AcmeCluster(dev, 'dev.k8s.acme.example', { zones: ['eu-central-1a'] });

// The nearest setting wins: a cluster's own, then its wave's, then the fleet's.
const prod = new Wave(fleet, 'prod', { topology: 'private', kubernetesVersion: '1.34.8' });
for (const { name, zones, gpuZone } of regions) {
  const cluster = new AcmeCluster(prod, `${name}.k8s.acme.example`, { zones, controlPlane: { count: 3 } });
  if (gpuZone) addGpuNodes(cluster, gpuZone);
}
