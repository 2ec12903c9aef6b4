import type { Construct, IConstruct } from 'constructs';
import { Annotations, merge, misuseOf, readProps, Settings, shape } from '../core';
import { type DeploymentTier, parseDuration } from '../gitlab';
import {
  CLUSTER_SETTING_MEMBERS,
  type ClusterSettings,
  clusterSettings,
  pickClusterSettings,
} from '../kops/settings';
import { CREDENTIALS, type Credentials } from './credentials';
import { JOB_SETTING_MEMBERS, type JobSettings, jobSettings } from './job-settings';
import {
  ROLLING_UPDATE_MEMBERS,
  type RollingUpdateOptions,
  VALIDATION_MEMBERS,
  type ValidationOptions,
} from './rolling-update';
import { ROLLOUT_MEMBERS, type RolloutSettings, rolloutSettings } from './rollout';

/** What GitLab's environment of a cluster, which has the cluster's name, says of it. */
export interface EnvironmentSettings {
  /**
   * What kind of environment it is.
   * @see https://docs.gitlab.com/ci/environments/#deployment-tier-of-environments
   * @default - GitLab guesses it from the cluster's name
   */
  readonly deployment_tier?: DeploymentTier;

  /**
   * Where the environment's link leads; GitLab's variables work. At most 255 characters.
   * @default - the cluster's folder in the project, at the commit
   */
  readonly url?: string;
}

/** What the job `prune` removes, and how. */
export interface PruneOptions {
  /**
   * Whether nodes of instance groups that left the code are drained before they go: needs kubectl and access to the
   * Kubernetes API.
   * @default true
   */
  readonly drain?: boolean;

  /**
   * Whether control-plane groups that left the code are removed, too. The members of etcd on them are lost.
   * @default false
   */
  readonly controlPlane?: boolean;

  /**
   * Whether `kops update cluster --prune` removes old revisions of cloud resources. From kOps 1.29.
   * @default false
   */
  readonly revisions?: boolean;
}

/** What a person has looked into, and takes upon themselves. */
export type Acknowledgement = 'kops-downgrade' | 'kubernetes-downgrade' | 'kubernetes-skip';

/**
 * How long each job may run, in GitLab's own notation (`90m`, `2 hours`). Tokens to sign in by live as long. Those of a
 * wave or cluster are laid over those above it.
 */
export interface JobTimeouts {
  /** @default '30m' */
  readonly dryrun?: string;
  /** @default '1h' */
  readonly update?: string;
  /** @default '12h' */
  readonly roll?: string;
  /** @default '2h' */
  readonly prune?: string;
  /** @default '30m' */
  readonly drift?: string;
  /** @default '2h' */
  readonly delete?: string;
}

/** How clusters get from the code to the cloud: may be given to the fleet, a wave or a cluster, and the nearest wins. */
export interface DeliverySettings {
  /**
   * What the jobs of the clusters run in; each of its members may be set nearer by itself.
   * @default - an image of your own, on any runner
   */
  readonly jobs?: JobSettings;

  /**
   * Whether merge requests plan. Whoever can open one controls what runs in it, and to plan kOps reads the cluster's
   * private keys: where it is off, a merge request shows what changes in the manifest, and only the default branch plans.
   * @default true
   */
  readonly plansInMergeRequests?: boolean;

  /**
   * Where jobs have kOps from: their image, or a download that is compared with the digest in `clusters/kops.lock.json`
   * (`npx cdkops lock` writes it). A mirror is given as the variable CDKOPS_KOPS_URL of `jobs`.
   * @default 'image'
   */
  readonly kopsBinary?: 'image' | 'download';

  /**
   * Which roles the jobs take by OIDC; `false`: none, though something above says so.
   * @default - the jobs use what they find: CI/CD variables, or the profile of the runner's machine
   */
  readonly credentials?: Credentials;

  /**
   * How nodes are replaced. Options of a wave or cluster are laid over those above it.
   * @default - as kOps does
   */
  readonly rollingUpdate?: RollingUpdateOptions;

  /**
   * When a cluster counts as ready after a roll. Options of a wave or cluster are laid over those above it.
   * @default - it has 15 minutes
   */
  readonly validation?: ValidationOptions;

  /**
   * The URL at which runners reach the Kubernetes API (`--api-server`). The CI/CD variable CDKOPS_API_SERVER overrides it.
   * @default - what kOps says
   */
  readonly apiServer?: string;

  /**
   * Whether jobs use the kubeconfig that the runner has, in place of credentials that kOps makes. The CI/CD variable
   * CDKOPS_USE_KUBECONFIG overrides it.
   * @default false
   */
  readonly useKubeconfig?: boolean;

  /**
   * Shell commands of your own in the job `update`, before anything else; where one fails nothing is changed.
   * `sh .gitlab/cdkops.sh with-kubeconfig kubectl …` runs one with access to the cluster.
   * @default - none
   */
  readonly beforeUpdate?: readonly string[];

  /**
   * Shell commands of your own in the job `roll`, after the cluster validates: a smoke test, for instance. Where one
   * fails, the cluster does not count as rolled out.
   * @default - none
   */
  readonly afterRoll?: readonly string[];

  /**
   * What GitLab's environment of the cluster says of it. Members given nearer are laid over those above.
   * @default - its link leads to the cluster's folder
   */
  readonly environment?: EnvironmentSettings;

  /**
   * What the job `prune`, which a person may start after `roll`, removes; `false`: there is no such job.
   * @default - instance groups that left the code, drained; no control plane
   */
  readonly prune?: PruneOptions | false;

  /**
   * What the jobs else refuse: an older kOps than the one last used, an older Kubernetes, a skipped minor version.
   * @default - nothing
   */
  readonly acknowledge?: readonly Acknowledgement[];

  /**
   * How long each job may run.
   * @default - half an hour to plan, an hour to update, half a day to roll
   */
  readonly timeouts?: JobTimeouts;
}

/** The settings of one cluster's way. */
export interface ClusterDeliverySettings extends DeliverySettings {
  /**
   * Whether the cluster is to end: its jobs then are one that shows what would be deleted, and one that deletes it, by
   * hand. Once that is done the cluster can be taken out of the code.
   * @default false
   */
  readonly retired?: boolean;
}

/** What may be given to a fleet or a wave: it holds for everything below, unless something nearer says otherwise. */
export interface SharedSettings extends ClusterSettings, DeliverySettings, RolloutSettings {}

const duration: shape.Shape = {
  expected: "a duration such as '90m' or '2 hours'",
  fits: (value) => typeof value === 'string' && parseDuration(value) !== undefined,
};

/** What is safe as a flag's value, too. */
const url: shape.Shape = {
  expected: "a URL such as 'https://api.example.com'",
  fits: (value) => typeof value === 'string' && /^https?:\/\/[A-Za-z0-9:/._@%[\]-]+$/.test(value),
};

/** What delivery settings look like. */
export const DELIVERY_MEMBERS: shape.Members<DeliverySettings> = {
  jobs: shape.object<JobSettings>(JOB_SETTING_MEMBERS),
  plansInMergeRequests: shape.flag,
  kopsBinary: shape.oneOf('image', 'download'),
  credentials: CREDENTIALS,
  rollingUpdate: shape.object<RollingUpdateOptions>(ROLLING_UPDATE_MEMBERS),
  validation: shape.object<ValidationOptions>(VALIDATION_MEMBERS),
  apiServer: url,
  useKubeconfig: shape.flag,
  beforeUpdate: shape.list(shape.text),
  afterRoll: shape.list(shape.text),
  environment: shape.object<EnvironmentSettings>({
    deployment_tier: shape.oneOf('production', 'staging', 'testing', 'development', 'other'),
    url: shape.text,
  }),
  prune: shape.either(
    shape.no,
    shape.object<PruneOptions>({ drain: shape.flag, controlPlane: shape.flag, revisions: shape.flag }),
  ),
  acknowledge: shape.distinct(shape.oneOf('kops-downgrade', 'kubernetes-downgrade', 'kubernetes-skip')),
  timeouts: shape.object<JobTimeouts>({
    dryrun: duration,
    update: duration,
    roll: duration,
    prune: duration,
    drift: duration,
    delete: duration,
  }),
};

/** The same for a cluster. */
export const CLUSTER_DELIVERY_MEMBERS: shape.Members<ClusterDeliverySettings> = {
  ...DELIVERY_MEMBERS,
  retired: shape.flag,
};

/** What shared settings look like. */
export const SHARED_SETTING_MEMBERS: shape.Members<SharedSettings> = {
  ...CLUSTER_SETTING_MEMBERS,
  ...DELIVERY_MEMBERS,
  ...ROLLOUT_MEMBERS,
};

/** Which delivery settings hold where; those of `jobs` are kept apart, since each of them may be set by itself. */
export const deliverySettings = new Settings<Omit<ClusterDeliverySettings, 'jobs'>>();

const given = new WeakMap<IConstruct, ClusterDeliverySettings>();

/**
 * Makes the delivery settings among the props of a construct known: props that have been read. What the construct was
 * given before stays where the new ones say nothing.
 */
export function giveDeliverySettings(construct: IConstruct, props: ClusterDeliverySettings): void {
  const names = Object.keys(CLUSTER_DELIVERY_MEMBERS) as (keyof ClusterDeliverySettings)[];
  const own = Object.fromEntries(names.map((name) => [name, props[name]]));
  const all = merge(given.get(construct) ?? {}, own) as ClusterDeliverySettings;
  given.set(construct, all);
  const { jobs = {}, ...rest } = all;
  jobSettings.set(construct, jobs);
  deliverySettings.set(construct, rest);
}

/** Reads the props of a fleet or wave and makes its settings known; what cannot be used becomes a finding. */
export function readSharedSettings<T extends SharedSettings>(
  construct: Construct,
  props: T,
  members: shape.Members<T>,
): T {
  const read = readProps(construct, props, members);
  for (const { message, field } of misuseOf(construct)) Annotations.of(construct).addError(message, field);
  clusterSettings.set(construct, pickClusterSettings(read));
  giveDeliverySettings(construct, read);
  const { approval, maxParallel, soak } = read;
  rolloutSettings.set(construct, { approval, maxParallel, soak });
  return read;
}
