import type { Problem } from '../core';
import { type Job, type Need, Pipeline, type Rule } from '../gitlab';
import type { ClusterDelivery } from './cluster-delivery';
import { clusterVariables, isRetired } from './cluster-variables';
import { askedFor, MERGE_REQUEST_OR_MERGED, MERGED } from './events';
import { clusterFile, commonJobName, PIPELINE_FILE } from './files';
import type { KopsLock } from './kops-lock';
import { deliverySettings } from './settings';
import { beyond, COMMON_TEMPLATE, commonJob, type Step, stepJob, templateName } from './templates';
import { VERIFY_JOB } from './verify';

/** What a cluster's jobs depend on beside the cluster itself. */
export interface ClusterPipelineContext {
  /** The file that has the templates. */
  readonly root: Pipeline;
  /** Digests of the kOps binaries that jobs may download. */
  readonly lock: KopsLock | undefined;
}

/** The jobs of one cluster, and what is wrong with its settings. */
export interface ClusterPipeline {
  readonly pipeline: Pipeline;
  readonly problems: readonly Problem[];
}

/** The jobs of one cluster: its way to production, or its end. */
export function clusterPipeline(cluster: ClusterDelivery, context: ClusterPipelineContext): ClusterPipeline {
  const { construct, name } = cluster;
  const common = commonJobName(name);
  const { variables, problems } = clusterVariables(cluster, context.lock);
  const template = (other: string): Job => context.root.jobs.get(other) ?? {};
  const differing = beyond(template(COMMON_TEMPLATE), commonJob(construct));
  const pipeline = new Pipeline().addJob(common, {
    extends: COMMON_TEMPLATE,
    ...differing,
    variables: { ...differing.variables, ...variables },
    rules: rules(cluster, MERGED),
  });
  const add = (step: Step, job: Job = {}) => {
    const own = beyond(template(templateName(step)), stepJob(step, construct));
    const joint = { ...own.variables, ...job.variables };
    pipeline.addJob(jobName(step, name), {
      // The step last: its rules win over the cluster's.
      extends: [common, templateName(step)],
      ...own,
      ...job,
      variables: Object.keys(joint).length > 0 ? joint : undefined,
    });
  };
  const verified: readonly Need[] = context.root.jobs.has(VERIFY_JOB) ? [VERIFY_JOB] : [];
  if (isRetired(cluster)) {
    add('retire');
    const manual_confirmation = `Delete the cluster ${name} and everything in it?`;
    add('delete', { needs: [...verified, jobName('retire', name)], manual_confirmation });
    return { pipeline, problems };
  }
  const plansInMergeRequests = deliverySettings.get(construct, 'plansInMergeRequests') ?? true;
  add('dryrun', { rules: plansInMergeRequests ? rules(cluster, MERGE_REQUEST_OR_MERGED) : undefined });
  add('update', { needs: [...verified, jobName('dryrun', name)] });
  add('roll', { needs: [jobName('update', name)] });
  if (deliverySettings.get(construct, 'prune') !== false) {
    add('prune', { needs: [jobName('roll', name), jobName('dryrun', name)] });
  }
  add('drift');
  return { pipeline, problems };
}

/** `dryrun:dev.k8s.example.com`. */
function jobName(step: Step, cluster: string): string {
  return `${step}:${cluster}`;
}

/** The cluster changed, or a person asks for it. */
function rules({ name, changes }: ClusterDelivery, changed: string): Rule[] {
  const paths = [...new Set([...changes, clusterFile(name, PIPELINE_FILE)])];
  return [{ if: changed, changes: paths }, { if: askedFor(name) }];
}
