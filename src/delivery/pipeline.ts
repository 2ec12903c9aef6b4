import { type Finding, findingAt } from '../core';
import { checkPipeline, Pipeline, type PipelineFile } from '../gitlab';
import type { KopsCluster } from '../kops';
import { clusterPipeline } from './cluster-pipeline';
import { CLUSTERS_FOLDER, clusterFile, PIPELINE_FILE } from './files';
import type { Fleet } from './fleet';
import { STAGES, templates } from './templates';

/** The files of the fleet's pipeline, and what GitLab would reject in them. */
export interface FleetPipeline {
  /** The root file last: it includes the others. */
  readonly files: readonly PipelineFile[];
  readonly findings: readonly Finding[];
}

/** The file of the pipeline where a fleet does not name another. */
const DEFAULT_FILE = '.gitlab-ci.yml';

/**
 * The pipeline of kOps's guide for several clusters: for each a dry run, then, by hand, the update and the roll.
 * @see https://kops.sigs.k8s.io/continuous_integration/
 */
export function fleetPipeline(fleet: Fleet, clusters: readonly KopsCluster[]): FleetPipeline {
  if (fleet.pipeline === false) return { files: [], findings: [] };
  const root = new Pipeline({
    // Nothing else, so that no branch gets two pipelines.
    workflow: {
      rules: [
        // To a schedule everything counts as changed, and it has the default branch, too.
        { if: '$CI_PIPELINE_SOURCE == "schedule"', when: 'never' },
        { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' },
      ],
    },
    stages: STAGES,
  });
  for (const [name, template] of templates(fleet)) root.addJob(name, template);
  const files: PipelineFile[] = [];
  const makers = new Map<string, KopsCluster>();
  for (const cluster of clusters) {
    const path = clusterFile(cluster.name, PIPELINE_FILE);
    root.addInclude({ local: `/${path}` });
    files.push({ path, pipeline: clusterPipeline(cluster) });
    makers.set(path, cluster);
  }
  const { file = DEFAULT_FILE } = fleet.pipeline;
  const rootFile = { path: file, pipeline: root };
  const findings = checkPipeline([rootFile, ...files]).map(({ file, job, keyword, message, severity }) => {
    const place = [file, job, keyword].filter((part) => part !== undefined).join(' › ');
    return findingAt(makers.get(file) ?? fleet, { field: place, message, severity });
  });
  if (!isPipelinePath(file)) {
    const message = `expected the path of a .yml file in the project, outside ${CLUSTERS_FOLDER}/, got ${JSON.stringify(file)}`;
    return { files: [], findings: [...findings, findingAt(fleet, { field: 'pipeline.file', message })] };
  }
  return { files: [...files, rootFile], findings };
}

function isPipelinePath(file: unknown): boolean {
  if (typeof file !== 'string' || !/^[\w.-]+(\/[\w.-]+)*\.ya?ml$/.test(file)) return false;
  const parts = file.split('/');
  return !parts.includes('..') && !parts.includes('.') && parts[0] !== CLUSTERS_FOLDER;
}
