import { type Job, Pipeline, type Rule } from '../gitlab';
import type { ClusterDelivery } from './cluster-delivery';
import { plansInMergeRequests } from './cluster-pipeline';
import {
  askedFor,
  askedForAnywhere,
  MERGE_REQUEST,
  MERGED,
  PHASE_VARIABLE,
  PIPELINE_VARIABLE,
  SCHEDULED,
  SOURCE_VARIABLE,
} from './events';
import { clusterFile, PIPELINE_FILE, RETIRED_CHILD } from './files';
import { openedJob, openJobName } from './gates';
import { stageOf } from './stages';
import { chunks, inAnyWay, NAMES, patternsOf, rulesOf } from './turns';
import { VERIFY_JOB } from './verify';
import { isChained, spreadKey, type WaveDelivery } from './wave-delivery';
import { canaryRules } from './wave-templates';

/** Clusters whose jobs are in one child pipeline. */
export interface Child {
  /** The wave, and behind a dot the part of it, where it has several: `prod.01`; `retired` for clusters that are to end. */
  readonly name: string;
  /** None where they are retired: those wait for no wave. */
  readonly wave: WaveDelivery | undefined;
  /** Whether it is that of the cluster that goes first. */
  readonly isCanary: boolean;
  readonly clusters: readonly ClusterDelivery[];
}

/** How many clusters the jobs of one pipeline may be for. */
export const CLUSTERS_IN_PIPELINE = 100;

/** The child pipelines of a fleet that one pipeline cannot hold. */
export function childrenOf(waves: readonly WaveDelivery[]): Child[] {
  const children = waves.flatMap((wave): Child[] => {
    const { canary, clusters } = wave;
    const others = clusters.filter((cluster) => cluster !== canary);
    const parts = split(wave.wave.name, others).map((part) => ({ ...part, wave, isCanary: false }));
    if (!canary) return parts;
    return [{ name: `${wave.wave.name}.canary`, wave, isCanary: true, clusters: [canary] }, ...parts];
  });
  const retired = split(
    RETIRED_CHILD,
    waves.flatMap((wave) => wave.retired),
  );
  return [...children, ...retired.map((part) => ({ ...part, wave: undefined, isCanary: false }))];
}

/** The path of the file of a child pipeline. */
export function childFile({ name }: Child): string {
  return `.gitlab/child-${name}.yml`;
}

/** The file of a child pipeline. */
export function childPipeline(
  { clusters, wave }: Child,
  templates: string,
  stages: readonly string[],
): Pipeline {
  const paths = clusters.map(({ name }) => clusterFile(name, PIPELINE_FILE));
  const pipeline = new Pipeline({
    // What has begun to change a cluster is not to be cut off.
    workflow: { auto_cancel: { on_new_commit: 'none' } },
    stages,
    include: [templates, ...paths].map((path) => ({ local: `/${path}` })),
  });
  if (wave?.hasOpen) pipeline.addJob(openJobName(wave), openedJob(wave, clusters));
  return pipeline;
}

/** Adds the jobs of the parent that start a child: none where the child would have no job. */
export function addTriggers(root: Pipeline, child: Child, all: readonly Child[]): void {
  const { wave, clusters, isCanary } = child;
  const hasVerify = root.jobs.has(VERIFY_JOB);
  const verified = hasVerify ? [VERIFY_JOB] : [];
  const trigger = (step: string, job: Job) =>
    root.addJob(`${step}:${child.name}`, { ...triggerOf(child), ...job });
  if (!wave) {
    const rules = rulesOf(clusters, (names) => askedFor(names, 'rollout'));
    trigger('rollout', { stage: 'delete', needs: verified, rules });
    return;
  }
  trigger('plan', {
    stage: stageOf('dryrun', wave.wave),
    needs: [],
    rules: planRules(clusters, wave.hasOpen),
    variables: { ...OF_PARENT, [PHASE_VARIABLE]: 'plan' },
  });
  const siblings = all.filter((other) => other.wave === wave && other !== child && !isCanary);
  const before = siblings.filter(
    (other) => other.isCanary || (isChained(wave.wave) && other.name < child.name),
  );
  trigger('rollout', {
    stage: stageOf('update', wave.wave),
    needs: [
      ...verified,
      ...(wave.hasOpen ? [openJobName(wave)] : []),
      ...before.map(({ name }) => ({ job: `rollout:${name}`, optional: true })),
    ],
    rules: isCanary ? canaryRules(wave) : rulesOf(clusters, inAnyWay),
  });
  trigger('drift', {
    stage: 'drift',
    needs: [],
    rules: [{ if: SCHEDULED }, ...askedRules(clusters, ['drift'])],
  });
}

/**
 * What a child has to know of its parent: where that comes from, and who it is. A child that is started once more goes on with
 * what the one before it began.
 */
const OF_PARENT = { [SOURCE_VARIABLE]: '$CI_PIPELINE_SOURCE', [PIPELINE_VARIABLE]: '$CI_PIPELINE_ID' };

/** The job that starts a child: its status is that of the child. */
function triggerOf(child: Child): Job {
  return {
    variables: OF_PARENT,
    trigger: {
      include: [{ local: `/${childFile(child)}` }],
      strategy: 'mirror',
      // What a person gave when they started the pipeline.
      forward: { pipeline_variables: true },
    },
  };
}

/** Plans for merge requests, for people, and for those who open a wave: the child that changes it is not there yet. */
function planRules(clusters: readonly ClusterDelivery[], hasOpen: boolean): Rule[] {
  const on = (some: readonly ClusterDelivery[], ...events: string[]) => {
    const condition = events.join(' || ');
    return condition === '' ? [] : patternsOf(some).map((changes) => ({ if: condition, changes }));
  };
  const merged = hasOpen ? [`(${MERGED})`] : [];
  return [
    ...on(clusters.filter(plansInMergeRequests), MERGE_REQUEST, ...merged),
    ...on(
      clusters.filter((cluster) => !plansInMergeRequests(cluster)),
      ...merged,
    ),
    ...askedRules(clusters, hasOpen ? ['plan', 'rollout', 'rollback'] : ['plan']),
  ];
}

/** A person asks for one of these actions: for the first on any branch, of clusters that merge requests may plan. */
function askedRules(
  clusters: readonly ClusterDelivery[],
  [first = 'plan', ...others]: Parameters<typeof askedForAnywhere>[1][],
): Rule[] {
  const names = (some: readonly ClusterDelivery[]) =>
    chunks(
      some.map(({ name }) => name),
      NAMES,
    );
  return [
    ...names(clusters.filter(plansInMergeRequests)).map((some) => ({
      if: askedForAnywhere(some, first, ...others),
    })),
    ...names(clusters.filter((cluster) => !plansInMergeRequests(cluster))).map((some) => ({
      if: askedFor(some, first, ...others),
    })),
  ];
}

/**
 * Splits clusters in two by the next bit of their keys until each part is small enough: to add a cluster changes one part, or
 * splits one.
 */
function split(
  name: string,
  clusters: readonly ClusterDelivery[],
): { name: string; clusters: ClusterDelivery[] }[] {
  const keyed = clusters.map((cluster) => ({ cluster, bits: bitsOf(spreadKey(cluster)) }));
  const parts: { name: string; clusters: ClusterDelivery[] }[] = [];
  const halve = (some: typeof keyed, prefix: string) => {
    if (some.length === 0) return;
    if (some.length <= CLUSTERS_IN_PIPELINE) {
      const part = prefix === '' ? name : `${name}.${prefix}`;
      parts.push({ name: part, clusters: some.map(({ cluster }) => cluster) });
      return;
    }
    for (const bit of '01')
      halve(
        some.filter(({ bits }) => bits[prefix.length] === bit),
        prefix + bit,
      );
  };
  halve(keyed, '');
  return parts;
}

/** The first 128 bits of a number of hex digits. */
function bitsOf(hex: string): string {
  return BigInt(`0x${hex.slice(0, 32)}`)
    .toString(2)
    .padStart(128, '0');
}
