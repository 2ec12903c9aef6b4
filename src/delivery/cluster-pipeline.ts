import type { Problem } from '../core';
import { type Job, type Need, Pipeline, type Rule } from '../gitlab';
import { type ClusterDelivery, changesOf } from './cluster-delivery';
import { clusterVariables, isRetired } from './cluster-variables';
import type { DigestOfFiles } from './ejected-digest';
import { askedFor, askedForAnywhere, FROM_MERGE_REQUEST, FROM_MERGED, FROM_SCHEDULE } from './events';
import { commonJobName } from './files';
import { jobSettings } from './job-settings';
import type { KopsLock } from './kops-lock';
import { deliverySettings } from './settings';
import type { Step } from './stages';
import { beyond, clusterJob, commonTemplateName, SLOT_VARIABLE, stepJob, templateName } from './templates';
import { inAnyWay, WHEN_MERGED } from './turns';
import { VERIFY_JOB } from './verify';
import { type Place, waveOf } from './wave-delivery';

/** What a cluster's jobs depend on beside the cluster itself. */
export interface ClusterPipelineContext {
  /** The templates of its wave, with all that they inherit. */
  readonly templates: ReadonlyMap<string, { readonly job: Job }>;
  /** Digests of the kOps binaries that jobs may download. */
  readonly lock: KopsLock | undefined;
  /** Where it stands in its wave. */
  readonly place: Place | undefined;
  /** Whether there is a job that says whether the files are right. */
  readonly hasVerify: boolean;
  /** The job that opens its wave, where there is one. */
  readonly open: string | undefined;
  /** The templates with the rules of the cluster that goes first, where this is that one. */
  readonly canary: CanaryTemplates | undefined;
  /** Where people are to write the files: the digest of those that a cluster has now. */
  readonly ejected?: DigestOfFiles;
}

/** Templates whose rules win over those of a cluster that goes first: when any cluster of its wave has jobs, it has. */
export interface CanaryTemplates {
  readonly dryrun: string;
  readonly others: string;
}

/** The jobs of one cluster, and what is wrong with its settings. */
export interface ClusterPipeline {
  readonly pipeline: Pipeline;
  readonly problems: readonly Problem[];
}

/** The jobs of one cluster: its way to production, or its end. */
export function clusterPipeline(cluster: ClusterDelivery, context: ClusterPipelineContext): ClusterPipeline {
  const { construct, name } = cluster;
  const { templates, place, canary } = context;
  const wave = waveOf(construct);
  const common = commonJobName(name);
  const { variables, problems } = clusterVariables(cluster, context.lock, context.ejected);
  // Most clusters leave everything to their wave.
  const isSpecial =
    wave === undefined || [deliverySettings, jobSettings].some((one) => one.differ(construct, wave));
  const own = (template: string, job: () => Job): Job =>
    isSpecial ? beyond(templates.get(template)?.job ?? {}, job()) : {};
  const commonTemplate = commonTemplateName(wave);
  const differing = own(commonTemplate, () => clusterJob(construct));
  const pipeline = new Pipeline().addJob(common, {
    extends: commonTemplate,
    ...differing,
    variables: {
      ...differing.variables,
      ...variables,
      ...(place?.slot !== undefined && { [SLOT_VARIABLE]: place.slot }),
    },
    rules: rules(cluster),
  });
  const add = (step: Step, job: Job = {}) => {
    const template = templateName(step, wave);
    const { variables: some, ...rest } = own(template, () => stepJob(step, construct));
    const joint = { ...some, ...job.variables };
    const rulesOfCanary = step === 'drift' ? undefined : canary?.[step === 'dryrun' ? 'dryrun' : 'others'];
    pipeline.addJob(jobName(step, name), {
      // The step after the cluster, and the canary's rules after both: what comes later wins.
      extends: [common, template, ...(rulesOfCanary ? [rulesOfCanary] : [])],
      ...rest,
      ...job,
      variables: Object.keys(joint).length > 0 ? joint : undefined,
    });
  };
  const verified = context.hasVerify ? [ifThere(VERIFY_JOB)] : [];
  if (isRetired(cluster)) {
    add('retire');
    const manual_confirmation = `Delete the cluster ${name} and everything in it?`;
    add('delete', { needs: [...verified, jobName('retire', name)], manual_confirmation });
    return { pipeline, problems };
  }
  add('dryrun', { rules: canary ? undefined : dryrunRules(cluster) });
  add('update', {
    needs: [
      ...verified,
      ...(context.open === undefined ? [] : [ifThere(context.open)]),
      jobName('dryrun', name),
      ...[place?.canary, place?.previous].flatMap((other) =>
        other === undefined ? [] : [{ job: jobName('roll', other), optional: true, artifacts: false }],
      ),
    ],
  });
  add('roll', { needs: [jobName('update', name)] });
  if (deliverySettings.get(construct, 'prune') !== false) {
    add('prune', { needs: [jobName('roll', name), jobName('dryrun', name)] });
  }
  add('drift', { rules: [{ if: FROM_SCHEDULE }, { if: asked(cluster, 'drift') }] });
  return { pipeline, problems };
}

/** `dryrun:dev.k8s.example.com`. */
function jobName(step: Step, cluster: string): string {
  return `${step}:${cluster}`;
}

/** In a child pipeline there is no such job: its parent has waited for it. Without it the script refuses, where it counts. */
function ifThere(job: string): Need {
  return { job, optional: true };
}

/** The cluster changed, or a person asks for it. */
function rules(cluster: ClusterDelivery): Rule[] {
  return [
    { if: WHEN_MERGED, changes: changesOf(cluster) },
    { if: isRetired(cluster) ? askedFor([cluster.name], 'rollout') : inAnyWay([cluster.name]) },
  ];
}

/** The same for plans, which merge requests make, too, where they may. */
export function dryrunRules(cluster: ClusterDelivery): Rule[] {
  const changed = plansInMergeRequests(cluster) ? `${FROM_MERGE_REQUEST} || (${FROM_MERGED})` : FROM_MERGED;
  return [
    { if: changed, changes: changesOf(cluster) },
    { if: asked(cluster, 'plan', 'rollout', 'rollback') },
  ];
}

/** A person asks for it: where merge requests may plan, so may any branch. */
function asked(cluster: ClusterDelivery, ...actions: Parameters<typeof askedForAnywhere>[1][]): string {
  const [first = 'plan', ...others] = actions;
  if (!plansInMergeRequests(cluster)) return askedFor([cluster.name], first, ...others);
  return askedForAnywhere([cluster.name], first, ...others);
}

/** Whether a merge request may plan the cluster. */
export function plansInMergeRequests({ construct }: ClusterDelivery): boolean {
  return deliverySettings.get(construct, 'plansInMergeRequests') ?? true;
}
