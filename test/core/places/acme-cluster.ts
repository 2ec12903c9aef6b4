import { Cluster, type ClusterProps, NodeGroup, type Wave } from '../../../src';

/** A subclass in a file of its own, as users have it: findings name the lines that use it, not this super(). */
export class AcmeCluster extends Cluster {
  constructor(wave: Wave, name: string, props: ClusterProps) {
    super(wave, name, { topology: 'private', ...props });
    new NodeGroup(this, 'made-inside', { minSize: 2, maxSize: 1 }); // made-inside
  }
}
