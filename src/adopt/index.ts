export { type ClusterFiles, documentsOf, findClusters, type TextFiles } from './cluster-files';
export { differencesAsMarkdown, differencesAsText, type Paint } from './describe-difference';
export { type ClusterDifference, compareClusters, type Fate, type ObjectDifference } from './difference';
export type { FieldChange } from './field-changes';
export { type ManifestDocument, manifestDocuments } from './manifest';
