import { Cluster, InstanceGroup, NodeGroup, type Wave } from 'cdkops';

/** Imported from shop.k8s.acme.example.yaml. */
export function addShopK8sAcmeExample(wave: Wave): Cluster {
  const cluster = new Cluster(wave, 'shop.k8s.acme.example', {
    defaults: 'kops',
    zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
    topology: 'private',
    networking: 'calico',
    image: 'ami-0a1b2c3d4e5f60718',
    spec: {
      kubeAPIServer: {
        auditLogMaxAge: 30, // as the auditors want it
      },
    },
  });
  for (const zone of ['eu-central-1a', 'eu-central-1b', 'eu-central-1c']) {
    new InstanceGroup(cluster, `master-${zone}`, {
      role: 'ControlPlane',
      zones: [zone],
      machineType: 'm6i.large',
    });
  }
  new NodeGroup(cluster, 'workers', {
    machineType: 'm6i.xlarge',
    minSize: 3,
    maxSize: 20, // December needs all of them
  });
  return cluster;
}
