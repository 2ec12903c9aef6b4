import { Bastion, Cluster, ControlPlane, Fleet, NodeGroup, StateStore, Wave } from 'cdkops';

/** A cluster for production: private, spread over three zones, with spot nodes and IAM roles for service accounts. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const prod = new Wave(fleet, 'prod', {
  topology: 'private',
  // The bucket is public: AWS reads the cluster's OpenID Connect documents there, so its name has no dots.
  discoveryStore: 's3://acme-oidc',
  cloudLabels: { team: 'platform', stage: 'prod' },
});

const eu = new Cluster(prod, 'eu.k8s.acme.example', {
  zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
  // Who reaches the API, and who the bastion: unless it is said, nobody reaches SSH.
  kubernetesApiAccess: ['203.0.113.0/24'],
  sshAccess: ['203.0.113.0/24'],
  networking: {
    cilium: {
      enableNodePort: true,
      hubble: { enabled: true, metrics: ['drop', 'tcp', 'dns'] },
    },
  },
  etcdVolume: { volumeType: 'gp3', volumeSize: 40 },
  // Hubble takes its certificates from cert-manager.
  spec: { certManager: { enabled: true } },
});

// Three members, one a zone: etcd outlives the loss of any one of them.
new ControlPlane(eu, 'control-plane', { count: 3, machineType: 'm7i.large' });

new NodeGroup(eu, 'nodes', { machineType: 'm7i.xlarge', minSize: 3, maxSize: 9 });

// Several machine types of one size give AWS more to choose from, so that fewer machines are taken back.
new NodeGroup(eu, 'spot', {
  machineType: ['m7i.xlarge', 'm6i.xlarge', 'm5.xlarge'],
  minSize: 0,
  maxSize: 20,
  spot: true,
  taints: ['acme.example/spot=true:NoSchedule'],
});

new Bastion(eu);
