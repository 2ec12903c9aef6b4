export { Cluster, type ClusterProps } from './cluster';
export type { ClusterDelivery } from './cluster-delivery';
export type { AwsCredentials, AwsRoles, Credentials } from './credentials';
export { Delivery } from './delivery';
export {
  CLUSTERS_FOLDER,
  clusterFile,
  clusterFolder,
  MANIFEST_FILE,
  PIPELINE_FILE,
  ROOT_FILE,
  SCRIPT_FILE,
} from './files';
export { Fleet, type FleetPipelineOptions, type FleetProps } from './fleet';
export type { JobSettings } from './job-settings';
export { ManifestCluster, type ManifestClusterProps } from './manifest-cluster';
export { type FleetPipeline, type FleetPipelineContext, fleetPipeline } from './pipeline';
export type { InstanceGroupRoleName, RollingUpdateOptions, ValidationOptions } from './rolling-update';
export type { Approval, RolloutSettings } from './rollout';
export type {
  Acknowledgement,
  ClusterDeliverySettings,
  DeliverySettings,
  EnvironmentSettings,
  JobTimeouts,
  PruneOptions,
  SharedSettings,
} from './settings';
export { TemplateCluster, type TemplateClusterProps } from './template-cluster';
export type { VerifyOptions } from './verify';
export { Wave, type WaveProps } from './wave';
