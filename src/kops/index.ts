export { KOPS_RELEASES } from './api';
export type * from './api/types';
export { Bastion, type BastionProps } from './bastion';
export { Cluster } from './cluster';
export type { ClusterProps, DefaultNodesProps } from './cluster-props';
export { ControlPlane, type ControlPlaneProps } from './control-plane';
export type { Kind, KopsDocument, RenderedObject } from './document';
export type { EtcdVolume } from './etcd';
export { InstanceGroup } from './instance-group';
export type {
  CommonInstanceGroupProps,
  InstanceGroupProps,
  SizedInstanceGroupProps,
  SpotOptions,
} from './instance-group-props';
export { KopsCluster, type KopsClusterProps, type RenderedCluster } from './kops-cluster';
export { KopsInstanceGroup, type KopsInstanceGroupProps } from './kops-instance-group';
export { KopsObject, type KopsObjectOptions, type Rendering } from './kops-object';
export { KopsSshCredential, type KopsSshCredentialProps } from './kops-ssh-credential';
export type { NetworkingName } from './networking';
export { NodeGroup, type NodeGroupProps } from './node-group';
export type { ClusterSettings } from './settings';
export { SshCredential, type SshCredentialProps } from './ssh-credential';
export {
  type BucketOptions,
  type EndpointBucketOptions,
  type S3StateStoreOptions,
  StateStore,
} from './state-store';
