import type { Effect } from '../../kops/effects';

/** What all changes of a cluster do to it. */
export interface ClusterEffects {
  /** The gravest of them. */
  readonly worst: Effect;
  /** Whether machines of the control plane roll. */
  readonly controlPlane: boolean;
  /** The other instance groups whose machines roll, by name. */
  readonly groups: readonly string[];
  /** Whether these are all that the cluster has. */
  readonly allGroups: boolean;
  /** Instance groups that are new. */
  readonly newGroups: readonly string[];
  /** Instance groups that the manifest does not have any more. */
  readonly goneGroups: readonly string[];
  /** For each effect that there is, from the gravest on, the fields with it; those of another object than the cluster with its name. */
  readonly fields: Readonly<Partial<Record<Effect, readonly string[]>>>;
}
