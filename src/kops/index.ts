export * from './api';
export { Bastion, type BastionProps } from './bastion';
export { Cluster, type ClusterProps, type DefaultNodesProps } from './cluster';
export { ControlPlane, type ControlPlaneProps } from './control-plane';
export { API_VERSION, CLUSTER_LABEL, type Kind, type KopsDocument, type RenderedObject } from './document';
export type { EtcdVolume } from './etcd';
export {
  type CommonInstanceGroupProps,
  InstanceGroup,
  type InstanceGroupProps,
  type SizedInstanceGroupProps,
  type SpotOptions,
} from './instance-group';
export { KopsCluster, type KopsClusterProps, type RenderedCluster } from './kops-cluster';
export { KopsInstanceGroup, type KopsInstanceGroupProps } from './kops-instance-group';
export { KopsObject, type KopsObjectOptions } from './kops-object';
export { KopsSshCredential, type KopsSshCredentialProps } from './kops-ssh-credential';
export { NodeGroup, type NodeGroupProps } from './node-group';
export { type ClusterSettings, clusterSettings, type NetworkingName, pickClusterSettings } from './settings';
export { SshCredential, type SshCredentialProps } from './ssh-credential';
export {
  type BucketOptions,
  type EndpointBucketOptions,
  type S3StateStoreOptions,
  StateStore,
} from './state-store';
