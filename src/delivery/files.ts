/** The folder that has one folder a cluster. */
export const CLUSTERS_FOLDER = 'clusters';
/** The manifest in a cluster's folder. */
export const MANIFEST_FILE = 'kops.yaml';
/** The jobs in a cluster's folder. */
export const PIPELINE_FILE = 'pipeline.yml';

/** The path of a cluster's file, relative to the project, with forward slashes as in GitLab. */
export function clusterFile(cluster: string, file: typeof MANIFEST_FILE | typeof PIPELINE_FILE): string {
  return `${CLUSTERS_FOLDER}/${cluster}/${file}`;
}
