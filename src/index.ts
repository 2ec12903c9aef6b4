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
  Fleet,
  type FleetPipelineOptions,
  type FleetProps,
  type JobSettings,
  type SharedSettings,
  Wave,
  type WaveProps,
} from './delivery';
export * from './kops';
