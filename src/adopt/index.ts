export { type ClusterFiles, documentsOf, findClusters, type TextFiles } from './cluster-files';
export { differencesAsMarkdown, differencesAsText, type Paint } from './describe-difference';
export {
  type ClusterDifference,
  compareDocuments,
  type Difference,
  type Fate,
  type FileDifference,
  type ObjectDifference,
} from './difference';
export type { FieldChange } from './field-changes';
export { findFleetFiles, fleetDocuments } from './fleet-files';
export { type ManifestDocument, manifestDocuments } from './manifest';
