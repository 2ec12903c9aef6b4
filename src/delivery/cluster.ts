import type { Construct } from 'constructs';
import type { shape } from '../core';
import { Cluster as AwsCluster, type ClusterProps as AwsClusterProps, type KopsObjectOptions } from '../kops';
import { CLUSTER_MEMBERS } from '../kops/cluster-props';
import { CLUSTER_DELIVERY_MEMBERS, type ClusterDeliverySettings, giveDeliverySettings } from './settings';

/** Props of a cluster on AWS: what it is, and how it gets there. */
export interface ClusterProps extends AwsClusterProps, ClusterDeliverySettings {}

const MEMBERS: shape.Members<ClusterProps> = { ...CLUSTER_MEMBERS, ...CLUSTER_DELIVERY_MEMBERS };

/**
 * A cluster on AWS, with the defaults of `kops create cluster`:
 * `new Cluster(wave, 'dev.k8s.example.com', { zones: ['eu-central-1a'] })`.
 */
export class Cluster extends AwsCluster {
  constructor(scope: Construct, name: string, props: ClusterProps) {
    super(scope, name, props);
    giveDeliverySettings(this, this.givenProps as ClusterProps);
  }

  protected override propMembers(): shape.Members<KopsObjectOptions> {
    return MEMBERS;
  }
}
