import { Cluster, type ClusterProps, NodeGroup, type Wave } from 'cdkops';

/** The office's addresses. */
const OFFICE = '198.51.100.0/24';

/** What all clusters of ACME share: who may reach them, and a group of nodes that can grow. */
export class AcmeCluster extends Cluster {
  constructor(wave: Wave, name: string, props: ClusterProps) {
    super(wave, name, { kubernetesApiAccess: [OFFICE], sshAccess: [OFFICE], ...props });
    new NodeGroup(this, 'nodes', { machineType: 'm6i.large', minSize: 2, maxSize: 5 });
  }
}

/** `zonesOf('eu-central-1', 'ab')` are eu-central-1a and eu-central-1b. */
export function zonesOf(region: string, letters: string): string[] {
  return [...letters].map((letter) => region + letter);
}
