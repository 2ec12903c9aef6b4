import { type Job, Pipeline, type Rule } from '../gitlab';
import type { ClusterDelivery } from './cluster-delivery';
import { type CanaryTemplates, dryrunRules } from './cluster-pipeline';
import { FROM_MERGED, NOT_PLANNING } from './events';
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
import { inAnyWay, inTurn, rulesOf } from './turns';
import type { WaveDelivery } from './wave-delivery';

/** Adds the templates of all jobs: those of the fleet, and over them those of each wave. */
export function addTemplates(pipeline: Pipeline, fleet: Fleet, waves: readonly WaveDelivery[]): void {
  pipeline.addJob(commonTemplateName(), commonJob(fleet));
  for (const step of STEP_NAMES) pipeline.addJob(templateName(step), stepJob(step, fleet));
  const add = (name: string, above: string, job: Job) => {
    pipeline.addJob(name, { extends: above, ...beyond(pipeline.jobs.get(above) ?? {}, job) });
  };
  for (const { wave } of waves) {
    add(commonTemplateName(wave), commonTemplateName(), clusterJob(wave));
    for (const step of STEP_NAMES) add(templateName(step, wave), templateName(step), stepJob(step, wave));
  }
}

/** The templates of jobs with all that they inherit: what a cluster's own jobs are compared with. */
export function wholeTemplates(waves: readonly WaveDelivery[]): Pipeline {
  const whole = new Pipeline();
  for (const { wave } of waves) {
    whole.addJob(commonTemplateName(wave), clusterJob(wave));
    for (const step of STEP_NAMES) whole.addJob(templateName(step, wave), stepJob(step, wave));
  }
  return whole;
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

const IN_CHILD: readonly Rule[] = [{ if: `${FROM_MERGED} && ${NOT_PLANNING}` }, { if: inTurn(undefined) }];
