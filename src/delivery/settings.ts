import type { Construct } from 'constructs';
import { Annotations, misuseOf, readProps, Settings, shape } from '../core';
import {
  CLUSTER_SETTING_MEMBERS,
  type ClusterSettings,
  clusterSettings,
  pickClusterSettings,
} from '../kops/settings';

/** What the jobs of clusters run in. */
export interface JobSettings {
  /**
   * The container image of the jobs; it has kOps, in the version `$KOPS_VERSION` of the cluster.
   * @default '$CI_REGISTRY_IMAGE/kops:$KOPS_VERSION': an image of your own, in the project's registry
   */
  readonly image?: string;

  /**
   * Tags of the runners that may take the jobs.
   * @default - any runner
   */
  readonly tags?: readonly string[];

  /**
   * Variables of the jobs, for instance `{ KOPS_FEATURE_FLAGS: 'Scaleway' }`. Everybody who can read the repository can
   * read them: secrets belong into the project's CI/CD variables. Those of a wave are added to those of the fleet. What a
   * cluster's jobs find the cluster by (`KOPS_CLUSTER_NAME`…) cannot be set here.
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;
}

/** What may be given to a fleet or a wave: it holds for everything below, unless something nearer says otherwise. */
export interface SharedSettings extends ClusterSettings {
  /**
   * What the jobs of the clusters run in.
   * @default - an image of your own, on any runner
   */
  readonly jobs?: JobSettings;
}

/** What those look like. */
export const SHARED_SETTING_MEMBERS: shape.Members<SharedSettings> = {
  ...CLUSTER_SETTING_MEMBERS,
  jobs: shape.object<JobSettings>({
    image: shape.text,
    tags: shape.list(shape.text),
    variables: shape.map(shape.text),
  }),
};

/** Which job settings hold where. */
export const jobSettings = new Settings<JobSettings>();

/** Reads the props of a fleet or wave and makes its settings known; what cannot be used becomes a finding. */
export function readSharedSettings<T extends SharedSettings>(
  construct: Construct,
  props: T,
  members: shape.Members<T>,
): T {
  const given = readProps(construct, props, members);
  for (const { message, field } of misuseOf(construct)) Annotations.of(construct).addError(message, field);
  clusterSettings.set(construct, pickClusterSettings(given));
  jobSettings.set(construct, given.jobs ?? {});
  return given;
}
