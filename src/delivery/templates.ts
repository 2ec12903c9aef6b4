import type { Construct } from 'constructs';
import type { Environment, Job, Variables } from '../gitlab';
import { type CredentialPurpose, credentialKeywords } from './credentials';
import { CLUSTERS_FOLDER, SCRIPT_FILE } from './files';
import { Fleet } from './fleet';
import { cacheList, jobSettings } from './job-settings';
import { type Approval, rolloutSettings } from './rollout';
import { deliverySettings, type JobTimeouts } from './settings';
import { type Step, stageOf } from './stages';
import type { Wave } from './wave';
import { hasOpen, waveOf } from './wave-delivery';

/** What all jobs of clusters have in common. */
const COMMON_TEMPLATE = '.cdkops';

/** What a failed step exits with where the cloud, or the state store, is not as it should be: a warning. */
const DRIFT_EXIT_CODES = [100, 101];

/** The image of the jobs where no setting names another. */
const DEFAULT_IMAGE = '$CI_REGISTRY_IMAGE/kops:$KOPS_VERSION';

/** Where the script keeps the kops that it has downloaded. */
const KOPS_CACHE_FOLDER = '.cdkops';

/** One of the variables of each cluster's jobs. */
const CLUSTER_NAME = '$KOPS_CLUSTER_NAME';

/** The variable of what clusters share of which no two may change at once. */
export const SLOT_VARIABLE = 'CDKOPS_SLOT';

/** The variable that names the wave which has to be open for an update. */
const OPEN_VARIABLE = 'CDKOPS_OPEN';

const DEFAULT_TIMEOUTS: Required<JobTimeouts> = {
  dryrun: '30m',
  update: '1h',
  // A roll takes minutes for each node.
  roll: '12h',
  prune: '2h',
  drift: '30m',
  delete: '2h',
};

interface StepKind {
  /** What it does to the cluster: each purpose has a role of its own. */
  readonly purpose: CredentialPurpose;
  readonly timeout: keyof JobTimeouts;
  /** What it is beside that. */
  readonly job: Job;
}

/** A person starts it; the pipeline waits for them. */
const MANUAL: Job = { when: 'manual', allow_failure: false };

/** It follows what it needs. */
const FOLLOWS: Job = { when: 'on_success', allow_failure: false };

/** What a person starts, by approval. */
const STARTED: Readonly<Record<Approval, readonly Step[]>> = {
  'every-step': ['update', 'roll'],
  cluster: ['update'],
  wave: [],
  none: [],
};

const STEPS: Readonly<Record<Step, StepKind>> = {
  // Planning need not wait for anything.
  dryrun: {
    purpose: 'plan',
    timeout: 'dryrun',
    job: { needs: [], artifacts: planArtifacts(true) },
  },
  update: { purpose: 'change', timeout: 'update', job: FOLLOWS },
  roll: { purpose: 'change', timeout: 'roll', job: FOLLOWS },
  prune: {
    purpose: 'change',
    timeout: 'prune',
    job: { when: 'manual', allow_failure: true },
  },
  drift: {
    purpose: 'plan',
    timeout: 'drift',
    job: {
      needs: [],
      allow_failure: { exit_codes: DRIFT_EXIT_CODES },
      artifacts: artifacts('drift', `plans/${CLUSTER_NAME}/drift.txt`),
    },
  },
  retire: {
    purpose: 'plan',
    timeout: 'dryrun',
    job: { needs: [], artifacts: planArtifacts(false) },
  },
  delete: { purpose: 'change', timeout: 'delete', job: MANUAL },
};

/** The steps, as they follow each other. */
export const STEP_NAMES = Object.keys(STEPS) as readonly Step[];

/** The name of the template of a step, for all clusters or for those of a wave. */
export function templateName(step: Step, wave?: Wave): string {
  return wave ? `.${step}:${wave.name}` : `.${step}`;
}

/** The name of the template of all jobs, for all clusters or for those of a wave. */
export function commonTemplateName(wave?: Wave): string {
  return wave ? `${COMMON_TEMPLATE}:${wave.name}` : COMMON_TEMPLATE;
}

/** What the jobs of the clusters below a construct have in common: a token, too, where they take a role with it. */
export function clusterJob(construct: Construct): Job {
  const { id_tokens } = credentialKeywords(deliverySettings.get(construct, 'credentials'), 'plan');
  return { ...commonJob(construct), id_tokens };
}

/** The same without any credentials. */
export function commonJob(construct: Construct): Job {
  return {
    image: jobSettings.get(construct, 'image') ?? DEFAULT_IMAGE,
    tags: jobSettings.get(construct, 'tags'),
    // Some jobs look whether a commit is an ancestor of another.
    variables: { GIT_DEPTH: '0', ...jobSettings.merged(construct, 'variables') },
    // A run that was cut off leaves a cluster between two states.
    interruptible: false,
    retry: { max: 1, when: 'runner_system_failure' },
    before_script: jobSettings.get(construct, 'beforeScript'),
    cache: caches(construct),
  };
}

/** The user's own caches, and kops where jobs download it: nobody trusts that one, its digest is checked each time. */
function caches(construct: Construct): Job['cache'] {
  const own = cacheList(jobSettings.get(construct, 'cache'));
  if (deliverySettings.get(construct, 'kopsBinary') !== 'download') return own;
  return [...(own ?? []), { key: 'kops-$KOPS_VERSION', paths: [`${KOPS_CACHE_FOLDER}/`] }];
}

/** A step of a cluster below a construct, by its settings and by its wave. */
export function stepJob(step: Step, construct: Construct): Job {
  const { purpose, timeout, job } = STEPS[step];
  const credentials = deliverySettings.get(construct, 'credentials');
  const isLocked = purpose === 'change';
  const wave = waveOf(construct);
  const approval = rolloutSettings.get(construct, 'approval') ?? 'every-step';
  return {
    stage: stageOf(step, wave),
    ...job,
    ...(STARTED[approval].includes(step) && MANUAL),
    environment: isLocked ? environment(step, construct) : undefined,
    resource_group: isLocked ? resourceGroup(construct) : undefined,
    variables: variablesOrNone({
      ...credentialKeywords(credentials, purpose).variables,
      ...(step === 'drift' && forgotten(construct)),
      ...(step === 'update' && wave && hasOpen(wave) && { [OPEN_VARIABLE]: wave.name }),
    }),
    timeout: { ...DEFAULT_TIMEOUTS, ...deliverySettings.merged(construct, 'timeouts') }[timeout],
    script: script(step, construct),
  };
}

/**
 * What a job has to say where it extends a template: what is not the same there. Of variables each counts by itself, and
 * one that the template has too many is emptied.
 */
export function beyond(template: Job, job: Job): Job {
  const entries = Object.entries(job).filter(
    ([keyword, value]) => !isSame(value, template[keyword as keyof Job]) && keyword !== 'variables',
  );
  const own = { ...job.variables };
  const known = template.variables ?? {};
  for (const name of Object.keys(known)) {
    if (!(name in own)) own[name] = '';
    else if (isSame(own[name], known[name])) delete own[name];
  }
  return { ...Object.fromEntries(entries), variables: variablesOrNone(own) };
}

function isSame(one: unknown, other: unknown): boolean {
  // Most are equal texts, or the very same part of a step.
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** In the template, so that to forget one cluster changes no file of another. */
function forgotten({ node: { root } }: Construct): Variables {
  const names = Fleet.isFleet(root) ? [...root.forgotten.keys()].sort() : [];
  return names.length > 0 ? { CDKOPS_FORGOTTEN: names.join(' ') } : {};
}

function variablesOrNone(variables: Variables): Variables | undefined {
  return Object.keys(variables).length > 0 ? variables : undefined;
}

/** What a step runs: steps of the user's own around it fail the job, and with it all that follows. */
function script(step: Step, construct: Construct): string[] {
  // From anywhere: a step of the user's may have gone to another folder.
  const command = (name: string) => `sh "$CI_PROJECT_DIR/${SCRIPT_FILE}" ${name}`;
  if (step === 'update') {
    return [...(deliverySettings.get(construct, 'beforeUpdate') ?? []), command(step)];
  }
  if (step === 'roll') {
    return [command(step), ...(deliverySettings.get(construct, 'afterRoll') ?? []), command('rolled')];
  }
  return [command(step)];
}

/** What holds a job back: a merge request cannot hold it, nor a roll block plans. */
function resourceGroup(construct: Construct): string {
  return rolloutSettings.get(construct, 'maxParallel') === undefined ? CLUSTER_NAME : `$${SLOT_VARIABLE}`;
}

/** The cluster as an environment: `update` deploys to it, the others only need what is kept for it. */
function environment(step: Step, construct: Construct): Environment {
  if (step !== 'update') return { name: CLUSTER_NAME, action: 'access' };
  const url = `$CI_PROJECT_URL/-/tree/$CI_COMMIT_SHA/${CLUSTERS_FOLDER}/${CLUSTER_NAME}`;
  return { name: CLUSTER_NAME, url, ...deliverySettings.merged(construct, 'environment') };
}

function planArtifacts(hasCounts: boolean): Job['artifacts'] {
  const folder = `plans/${CLUSTER_NAME}/`;
  return artifacts('plan', folder, hasCounts ? { terraform: `${folder}counts.json` } : undefined);
}

/** Plans name machines, addresses and roles: they are for those who work on the project. */
function artifacts(name: string, path: string, reports?: { terraform: string }): Job['artifacts'] {
  return {
    name: `${name}-${CLUSTER_NAME}`,
    paths: [path],
    reports,
    when: 'always',
    expire_in: '1 month',
    access: 'developer',
  };
}
