import { type Finding, findingAt } from '../core';
import { checkPipeline, Pipeline, type PipelineFile } from '../gitlab';
import type { ClusterDelivery } from './cluster-delivery';
import { clusterPipeline } from './cluster-pipeline';
import { BY_HAND, MERGE_REQUEST, MERGED, SCHEDULED } from './events';
import { CLUSTERS_FOLDER, clusterFile, PIPELINE_FILE, ROOT_FILE } from './files';
import type { Fleet } from './fleet';
import type { KopsLock } from './kops-lock';
import { COMMON_TEMPLATE, commonJob, STAGES, STEP_NAMES, stepJob, templateName } from './templates';
import { VERIFY_JOB, verifyJob } from './verify';

/** The files of the fleet's pipeline, and what is wrong with them. */
export interface FleetPipeline {
  /** The root file last: it includes the others. */
  readonly files: readonly PipelineFile[];
  readonly findings: readonly Finding[];
}

/** What the pipeline depends on beside the fleet. */
export interface FleetPipelineContext {
  /**
   * Digests of the kOps binaries that jobs may download.
   * @default - none is known: jobs that download are errors
   */
  readonly lock?: KopsLock;
  /**
   * The file that defines the fleet, where it is not the usual one.
   * @default - clusters/fleet.ts
   */
  readonly app?: string;
}

/**
 * The pipeline of kOps's guide for several clusters, without its holes: for each a dry run, then, by hand, update, roll
 * and prune; on a schedule drift; for one that is retired its end.
 * @see https://kops.sigs.k8s.io/continuous_integration/
 */
export function fleetPipeline(
  fleet: Fleet,
  clusters: readonly ClusterDelivery[],
  { lock, app }: FleetPipelineContext = {},
): FleetPipeline {
  if (fleet.pipeline === false) return { files: [], findings: [] };
  const { file = ROOT_FILE, verify = {} } = fleet.pipeline;
  const root = rootOf(fleet);
  if (verify !== false) root.addJob(VERIFY_JOB, verifyJob(verify, file, app));
  const files: PipelineFile[] = [];
  const findings: Finding[] = [];
  const makers = new Map<string, ClusterDelivery>();
  for (const cluster of clusters) {
    const path = clusterFile(cluster.name, PIPELINE_FILE);
    const { pipeline, problems } = clusterPipeline(cluster, {
      root,
      lock,
    });
    root.addInclude({ local: `/${path}` });
    files.push({ path, pipeline });
    findings.push(...problems.map((problem) => findingAt(cluster.construct, problem)));
    makers.set(path, cluster);
  }
  const rootFile = { path: file, pipeline: root };
  for (const { file: path, job, keyword, message, severity } of checkPipeline([rootFile, ...files])) {
    const place = [path, job, keyword].filter((part) => part !== undefined).join(' › ');
    findings.push(findingAt(makers.get(path)?.construct ?? fleet, { field: place, message, severity }));
  }
  if (!isPipelinePath(file)) {
    const message = `expected the path of a .yml file in the project, outside ${CLUSTERS_FOLDER}/, got ${JSON.stringify(file)}`;
    return { files: [], findings: [...findings, findingAt(fleet, { field: 'pipeline.file', message })] };
  }
  return { files: [...files, rootFile], findings };
}

/** What all clusters share. */
function rootOf(fleet: Fleet): Pipeline {
  const root = new Pipeline({
    workflow: {
      // What has begun to change a cluster is not to be cut off, nor what is next forgotten.
      auto_cancel: { on_new_commit: 'none' },
      // Nothing else, so that no branch gets two pipelines.
      rules: [
        { if: MERGE_REQUEST, auto_cancel: { on_new_commit: 'interruptible' } },
        { if: SCHEDULED },
        { if: BY_HAND },
        { if: MERGED },
      ],
    },
    stages: STAGES,
  });
  root.addJob(COMMON_TEMPLATE, commonJob(fleet));
  for (const step of STEP_NAMES) root.addJob(templateName(step), stepJob(step, fleet));
  return root;
}

function isPipelinePath(file: unknown): boolean {
  if (typeof file !== 'string' || !/^[\w.-]+(\/[\w.-]+)*\.ya?ml$/.test(file)) return false;
  const parts = file.split('/');
  return !parts.includes('..') && !parts.includes('.') && parts[0] !== CLUSTERS_FOLDER;
}
