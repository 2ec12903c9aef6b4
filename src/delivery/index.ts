export { CLUSTERS_FOLDER, clusterFile, MANIFEST_FILE, PIPELINE_FILE } from './files';
export { Fleet, type FleetPipelineOptions, type FleetProps } from './fleet';
export { type FleetPipeline, fleetPipeline } from './pipeline';
export type { JobSettings, SharedSettings } from './settings';
export { Wave, type WaveProps } from './wave';
