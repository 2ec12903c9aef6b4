/**
 * cdkops: CD for kOps. Clusters are construct trees; `npx projen synth` turns them into kOps manifests and a GitLab
 * pipeline.
 */
export * from './core';
export {
  type DeliverySettings,
  Fleet,
  type FleetPipelineOptions,
  type FleetProps,
  Wave,
  type WaveProps,
} from './delivery';
export * as gitlab from './gitlab';
export * from './kops';
