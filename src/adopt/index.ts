export type { ClusterEffects } from './diff/cluster-effects';
export { type ClusterFiles, documentsOf, findClusters, type TextFiles } from './diff/cluster-files';
export {
  type ClusterDifference,
  compareDocuments,
  type Difference,
  type Fate,
  type FileDifference,
  type ObjectDifference,
} from './diff/difference';
export { differencesAsMarkdown } from './diff/difference-as-markdown';
export { differencesAsText, type Paint } from './diff/difference-as-text';
export { effectPhrases } from './diff/effect-words';
export { withEffects } from './diff/effects';
export type { FieldChange } from './diff/field-changes';
export { findFleetFiles, fleetDocuments } from './diff/fleet-files';
export { asKopsKeepsThem, liveDocuments } from './diff/live-documents';
export { type StateOfCluster, stateOf } from './diff/live-store';
export { type ManifestDocument, manifestDocuments } from './diff/manifest';
