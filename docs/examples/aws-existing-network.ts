import { Cluster, type ClusterSubnetSpec, Fleet, NodeGroup, StateStore, Wave } from 'cdkops';

/** A cluster in a network that exists already: kOps uses its subnets and NAT gateways, and makes none. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const prod = new Wave(fleet, 'prod', { topology: 'private' });

/**
 * Nodes live in the private subnets, load balancers in the utility ones. The ranges are those that AWS shows: left out,
 * kOps looks them up when it first sees the cluster, and a later `kops replace` takes them away again.
 */
const subnets: ClusterSubnetSpec[] = [
  { type: 'Private', zone: 'eu-central-1a', id: 'subnet-0a1', cidr: '10.20.0.0/18', egress: 'nat-0a1' },
  { type: 'Private', zone: 'eu-central-1b', id: 'subnet-0b1', cidr: '10.20.64.0/18', egress: 'nat-0b1' },
  { type: 'Utility', zone: 'eu-central-1a', id: 'subnet-0a2', cidr: '10.20.128.0/24' },
  { type: 'Utility', zone: 'eu-central-1b', id: 'subnet-0b2', cidr: '10.20.129.0/24' },
];

const shared = new Cluster(prod, 'shared.k8s.acme.example', {
  zones: ['eu-central-1a', 'eu-central-1b'],
  networkID: 'vpc-0c0ffee',
  networkCIDR: '10.20.0.0/16',
  subnets: subnets.map((subnet) => ({
    ...subnet,
    name: subnet.type === 'Utility' ? `utility-${subnet.zone}` : subnet.zone,
  })),
  api: 'internal',
});
new NodeGroup(shared, 'nodes', { machineType: 'm7i.large', minSize: 2, maxSize: 6 });
