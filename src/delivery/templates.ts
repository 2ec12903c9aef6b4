import type { Job } from '../gitlab';
import type { Fleet } from './fleet';
import { jobSettings } from './settings';

/** The stages of kOps's guide. */
export const STAGES = ['dryrun', 'update', 'roll'] as const;

/** A step that every cluster goes through. */
export type Step = (typeof STAGES)[number];

/** The image of the jobs where no setting names another. */
const DEFAULT_IMAGE = '$CI_REGISTRY_IMAGE/kops:$KOPS_VERSION';

/** kOps finds the cluster and the store by the variables of the cluster's jobs. */
const REPLACE = 'kops replace --force -f "$KOPS_MANIFEST"';

const SCRIPTS: Readonly<Record<Step, readonly string[]>> = {
  dryrun: [REPLACE, 'kops update cluster --name "$KOPS_CLUSTER_NAME"'],
  update: [
    // Another pipeline's dry run may have put another manifest there since.
    REPLACE,
    'kops update cluster --name "$KOPS_CLUSTER_NAME" --yes --create-kube-config=false',
    'kops rolling-update cluster --name "$KOPS_CLUSTER_NAME" --cloudonly',
  ],
  roll: [
    // An administrator's credentials: nobody else's, and gone with the job.
    'KUBECONFIG="$(mktemp)" && export KUBECONFIG && trap \'rm -f "$KUBECONFIG"\' EXIT',
    'kops export kubeconfig --name "$KOPS_CLUSTER_NAME" --admin',
    'kops rolling-update cluster --name "$KOPS_CLUSTER_NAME" --yes',
  ],
};

/** GitLab kills a job after an hour unless it says otherwise; a roll takes minutes for each node. */
const TIMEOUTS: Readonly<Record<Step, string>> = { dryrun: '15m', update: '1h', roll: '12h' };

/** The hidden jobs that the clusters' jobs extend, by name. */
export function templates(fleet: Fleet): [name: string, job: Job][] {
  const image = jobSettings.get(fleet, 'image') ?? DEFAULT_IMAGE;
  const tags = jobSettings.get(fleet, 'tags');
  return STAGES.map((stage) => [
    templateName(stage),
    {
      stage,
      image,
      tags,
      // A run that was cut off leaves a cluster between two states.
      interruptible: false,
      timeout: TIMEOUTS[stage],
      script: SCRIPTS[stage],
    },
  ]);
}

/** The name of the template of a step. */
export function templateName(step: Step): string {
  return `.${step}`;
}
