/** The folder that has one folder a cluster. */
export const CLUSTERS_FOLDER = 'clusters';
/** The manifest in a cluster's folder. */
export const MANIFEST_FILE = 'kops.yaml';
/** The jobs in a cluster's folder. */
export const PIPELINE_FILE = 'pipeline.yml';
/** The file of the pipeline where a fleet does not name another. */
export const ROOT_FILE = '.gitlab-ci.yml';
/** What the jobs do, in plain shell: they call it in a line or two. */
export const SCRIPT_FILE = '.gitlab/cdkops.sh';

/** The path of a cluster's folder, relative to the project, with forward slashes as in GitLab. */
export function clusterFolder(cluster: string): string {
  return `${CLUSTERS_FOLDER}/${cluster}`;
}

/** The path of a cluster's file, relative to the project, with forward slashes as in GitLab. */
export function clusterFile(cluster: string, file: typeof MANIFEST_FILE | typeof PIPELINE_FILE): string {
  return `${clusterFolder(cluster)}/${file}`;
}
