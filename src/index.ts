/**
 * cdkops: CD for kOps. Clusters are construct trees; `npx projen synth` turns them into kOps manifests and a GitLab
 * pipeline.
 */
export {
  Annotations,
  type Finding,
  formatFinding,
  type JsonPatch,
  merge,
  type Override,
  type Problem,
  type Severity,
  type SourceLocation,
  UserError,
} from './core';
export {
  type Acknowledgement,
  type Approval,
  type AwsCredentials,
  type AwsRoles,
  Cluster,
  type ClusterDeliverySettings,
  type ClusterProps,
  type Credentials,
  Delivery,
  type DeliverySettings,
  type EnvironmentSettings,
  Fleet,
  type FleetPipelineOptions,
  type FleetProps,
  type InstanceGroupRoleName,
  type JobSettings,
  type JobTimeouts,
  ManifestCluster,
  type ManifestClusterProps,
  type PruneOptions,
  type RollingUpdateOptions,
  type RolloutSettings,
  type SharedSettings,
  TemplateCluster,
  type TemplateClusterProps,
  type ValidationOptions,
  type VerifyOptions,
  Wave,
  type WaveProps,
} from './delivery';
export type { Cache, CacheKey, DeploymentTier } from './gitlab';
export * from './kops';
