import type { Job, Pipeline, Rule } from '../gitlab';
import type { ClusterDelivery } from './cluster-delivery';
import { type CanaryTemplates, dryrunRules } from './cluster-pipeline';
import type { Fleet } from './fleet';
import {
  beyond,
  clusterJob,
  commonJob,
  commonTemplateName,
  STEP_NAMES,
  stepJob,
  templateName,
} from './templates';
import { inAnyWay, inTurn, rulesOf, WHEN_MERGED } from './turns';
import type { WaveDelivery } from './wave-delivery';

/** A template of jobs. */
export interface Template {
  /** With all that it inherits: what a cluster's own jobs are compared with. */
  readonly job: Job;
  /** The one that it extends. */
  readonly above: string | undefined;
}

/** The templates of all jobs by their names: those of the fleet, and over them those of each wave. */
export function templatesOf(fleet: Fleet, waves: readonly WaveDelivery[]): Map<string, Template> {
  const templates = new Map<string, Template>([
    [commonTemplateName(), { job: commonJob(fleet), above: undefined }],
  ]);
  for (const step of STEP_NAMES)
    templates.set(templateName(step), { job: stepJob(step, fleet), above: undefined });
  for (const { wave } of waves) {
    templates.set(commonTemplateName(wave), { job: clusterJob(wave), above: commonTemplateName() });
    for (const step of STEP_NAMES) {
      templates.set(templateName(step, wave), { job: stepJob(step, wave), above: templateName(step) });
    }
  }
  return templates;
}

/** Adds templates to a file: each with what those that it extends do not say. */
export function addTemplates(pipeline: Pipeline, templates: ReadonlyMap<string, Template>): void {
  for (const [name, { job, above }] of templates) {
    const inherited = above === undefined ? undefined : templates.get(above)?.job;
    pipeline.addJob(name, inherited ? { extends: above, ...beyond(inherited, job) } : job);
  }
}

/** The names of the templates with a canary's rules. */
export function canaryTemplates({ wave }: WaveDelivery): CanaryTemplates {
  return { dryrun: `.canary-dryrun:${wave.name}`, others: `.canary:${wave.name}` };
}

/** Adds the rules of the cluster that goes first in its wave; in a child pipeline the trigger has asked for the wave. */
export function addCanaryTemplates(pipeline: Pipeline, delivery: WaveDelivery, isChild: boolean): void {
  const { canary } = delivery;
  if (!canary) return;
  const names = canaryTemplates(delivery);
  const rules = isChild ? [...IN_CHILD, ownRules(canary)] : canaryRules(delivery);
  pipeline.addJob(names.dryrun, { rules: [...dryrunRules(canary), ...rules] });
  pipeline.addJob(names.others, { rules });
}

/** When a canary has jobs: whenever one of its wave is to be rolled out; but only itself is rolled back or passes a gate. */
export function canaryRules({ canary, clusters }: WaveDelivery): Rule[] {
  return [...rulesOf(clusters, inTurn), ...(canary ? [ownRules(canary)] : [])];
}

function ownRules({ name }: ClusterDelivery): Rule {
  return { if: inAnyWay([name]) };
}

const IN_CHILD: readonly Rule[] = [{ if: WHEN_MERGED }, { if: inTurn(undefined) }];
