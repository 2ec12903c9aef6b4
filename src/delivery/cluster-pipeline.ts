import { type Job, Pipeline, type Rule } from '../gitlab';
import type { KopsCluster } from '../kops';
import { clusterFile, MANIFEST_FILE, PIPELINE_FILE } from './files';
import { jobSettings } from './settings';
import { type Step, templateName } from './templates';

/** The jobs of one cluster: its dry run when it changed, and by hand its update and roll. */
export function clusterPipeline(cluster: KopsCluster): Pipeline {
  const { name } = cluster;
  const common = `.cluster:${name}`;
  const job = (step: Step, needs: Step | undefined): Job => ({
    extends: [templateName(step), common],
    rules: [rule(name, needs !== undefined)],
    needs: needs === undefined ? undefined : [jobName(needs, name)],
    // Each of them writes the cluster's state, and kOps has no lock.
    resource_group: name,
  });
  return new Pipeline()
    .addJob(common, {
      image: settingBelowFleet(cluster, 'image'),
      tags: settingBelowFleet(cluster, 'tags'),
      variables: variables(cluster),
    })
    .addJob(jobName('dryrun', name), job('dryrun', undefined))
    .addJob(jobName('update', name), job('update', 'dryrun'))
    .addJob(jobName('roll', name), job('roll', 'update'));
}

/** `dryrun:dev.k8s.example.com`. */
function jobName(step: Step, cluster: string): string {
  return `${step}:${cluster}`;
}

function rule(cluster: string, byHand: boolean): Rule {
  return {
    if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
    changes: [clusterFile(cluster, MANIFEST_FILE), clusterFile(cluster, PIPELINE_FILE)],
    ...(byHand && { when: 'manual', allow_failure: false }),
  };
}

function variables(cluster: KopsCluster): Record<string, string> {
  const { release, kopsVersion = '' } = cluster;
  const own = {
    KOPS_CLUSTER_NAME: cluster.name,
    KOPS_MANIFEST: clusterFile(cluster.name, MANIFEST_FILE),
    KOPS_VERSION: kopsVersion,
    ...(release && cluster.setting('stateStore')?.variables(release)),
  };
  // GitLab expands $NAME in the values of variables: wanted in what an administrator writes, and in nothing else.
  const literal = Object.entries(own).map(([name, value]) => [name, value.replaceAll('$', '$$$$')]);
  return { ...jobSettings.merged(cluster, 'variables'), ...Object.fromEntries(literal) };
}

/** A setting of the cluster's wave; one of the fleet is in the templates already. */
function settingBelowFleet<K extends 'image' | 'tags'>(cluster: KopsCluster, name: K) {
  const origin = jobSettings.origin(cluster, name);
  return origin?.construct.node.scope ? origin.value : undefined;
}
