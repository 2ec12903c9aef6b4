import { type Finding, findingAt } from '../core';
import { checkPipeline, Pipeline, type PipelineFile } from '../gitlab';
import { addTriggers, CLUSTERS_IN_PIPELINE, childFile, childPipeline, childrenOf } from './children';
import type { ClusterDelivery } from './cluster-delivery';
import { clusterPipeline } from './cluster-pipeline';
import type { DigestOfFiles } from './ejected-digest';
import { ejectedVerifyJob } from './ejected-verify';
import { BY_HAND, FORM, MERGE_REQUEST, MERGED, SCHEDULED } from './events';
import { CLUSTERS_FOLDER, clusterFile, PIPELINE_FILE, ROOT_FILE, TEMPLATES_FILE } from './files';
import type { Fleet } from './fleet';
import { openJobName } from './gates';
import type { KopsLock } from './kops-lock';
import { stagesOf } from './stages';
import { VERIFY_JOB, verifyJob } from './verify';
import { type WaveDelivery, waveDeliveries } from './wave-delivery';
import { waveFindings } from './wave-findings';
import { addGates } from './wave-gates';
import {
  addCanaryTemplates,
  addTemplates,
  canaryTemplates,
  type Template,
  templatesOf,
} from './wave-templates';

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
  /**
   * The digest of the files that a cluster's manifest is made of, where people are to write the files from now on.
   * @default - code gives them
   */
  readonly ejected?: DigestOfFiles;
}

/**
 * The pipeline of kOps's guide for several clusters, without its holes: wave by wave, for each cluster a dry run, then update,
 * roll and prune; on a schedule drift; for one that is retired its end.
 * @see https://kops.sigs.k8s.io/continuous_integration/
 */
export function fleetPipeline(
  fleet: Fleet,
  clusters: readonly ClusterDelivery[],
  { lock, app, ejected }: FleetPipelineContext = {},
): FleetPipeline {
  if (fleet.pipeline === false) return { files: [], findings: [] };
  const { file = ROOT_FILE } = fleet.pipeline;
  const waves = waveDeliveries(fleet, clusters);
  const findings = waveFindings(waves);
  const files: PipelineFile[] = [];
  const makers = new Map<string, ClusterDelivery>();
  const templates = templatesOf(fleet, waves);
  for (const delivery of waves) {
    const context = {
      templates,
      lock,
      ejected,
      hasVerify: fleet.pipeline.verify !== false,
      open: delivery.hasOpen ? openJobName(delivery) : undefined,
    };
    for (const cluster of [...delivery.clusters, ...delivery.retired]) {
      const path = clusterFile(cluster.name, PIPELINE_FILE);
      const place = delivery.places.get(cluster.name);
      const canary = cluster === delivery.canary ? canaryTemplates(delivery) : undefined;
      const { pipeline, problems } = clusterPipeline(cluster, { ...context, place, canary });
      files.push({ path, pipeline });
      findings.push(...problems.map((problem) => findingAt(cluster.construct, problem)));
      makers.set(path, cluster);
    }
  }
  const root = rootOf(fleet, waves, { app, ejected });
  const isFlat = clusters.length <= CLUSTERS_IN_PIPELINE;
  const rootFile = { path: file, pipeline: root };
  const groups = isFlat
    ? flat(rootFile, templates, waves, files)
    : withChildren(rootFile, templates, waves, files);
  const paths = new Set(groups.flat().map(({ path }) => path));
  for (const group of groups) {
    const options = { files: paths, depth: group[0]?.pipeline === root ? 0 : 1 };
    for (const { file: path, job, keyword, message, severity } of checkPipeline(group, options)) {
      const place = [path, job, keyword].filter((part) => part !== undefined).join(' › ');
      findings.push(findingAt(makers.get(path)?.construct ?? fleet, { field: place, message, severity }));
    }
  }
  if (!isPipelinePath(file)) {
    const message = `expected the path of a .yml file in the project, outside ${CLUSTERS_FOLDER}/, got ${JSON.stringify(file)}`;
    return { files: [], findings: [...findings, findingAt(fleet, { field: 'pipeline.file', message })] };
  }
  // What a file includes is there before it.
  const all = new Map(
    groups.flatMap(([head, ...others]) => [...others, head]).flatMap((one) => (one ? [[one.path, one]] : [])),
  );
  return { files: [...all.values()], findings };
}

/** All jobs in one pipeline. The files that GitLab reads together, the one first that it begins with. */
function flat(
  root: PipelineFile,
  templates: ReadonlyMap<string, Template>,
  waves: readonly WaveDelivery[],
  files: readonly PipelineFile[],
): PipelineFile[][] {
  addTemplates(root.pipeline, templates);
  for (const wave of waves) addCanaryTemplates(root.pipeline, wave, false);
  for (const { path } of files) root.pipeline.addInclude({ local: `/${path}` });
  return [[root, ...files]];
}

/** Clusters in child pipelines, those of each last; the root file at the end. */
function withChildren(
  root: PipelineFile,
  templates: ReadonlyMap<string, Template>,
  waves: readonly WaveDelivery[],
  files: readonly PipelineFile[],
): PipelineFile[][] {
  const templatesFile = { path: TEMPLATES_FILE, pipeline: new Pipeline() };
  addTemplates(templatesFile.pipeline, templates);
  for (const wave of waves) addCanaryTemplates(templatesFile.pipeline, wave, true);
  const byPath = new Map(files.map((one) => [one.path, one]));
  const stages = stagesOf(waves);
  const children = childrenOf(waves);
  const groups = children.map((child) => {
    addTriggers(root.pipeline, child, children);
    const own = child.clusters.flatMap(({ name }) => byPath.get(clusterFile(name, PIPELINE_FILE)) ?? []);
    return [
      { path: childFile(child), pipeline: childPipeline(child, TEMPLATES_FILE, stages) },
      templatesFile,
      ...own,
    ];
  });
  root.pipeline.addInclude({ local: `/${TEMPLATES_FILE}` });
  return [...groups, [root, templatesFile]];
}

/** What is the parent's, whether its clusters are in it or in its children. */
function rootOf(
  fleet: Fleet,
  waves: readonly WaveDelivery[],
  { app, ejected }: FleetPipelineContext,
): Pipeline {
  const { file = ROOT_FILE, verify = {} } = fleet.pipeline || {};
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
    stages: stagesOf(waves),
    variables: FORM,
  });
  if (verify !== false) {
    root.addJob(VERIFY_JOB, ejected ? ejectedVerifyJob(verify, file) : verifyJob(verify, file, app));
  }
  addGates(root, waves);
  return root;
}

function isPipelinePath(file: unknown): boolean {
  if (typeof file !== 'string' || !/^[\w.-]+(\/[\w.-]+)*\.ya?ml$/.test(file)) return false;
  const parts = file.split('/');
  return !parts.includes('..') && !parts.includes('.') && parts[0] !== CLUSTERS_FOLDER;
}
