import { Settings, shape } from '../core';
import { parseDuration, START_IN_MAX } from '../gitlab';

/**
 * What a person starts in the roll-outs of a wave:
 * - `every-step`: each `update` and each `roll`, as in kOps's guide;
 * - `cluster`: each `update`; `roll` follows;
 * - `wave`: the wave, once; `update` and `roll` of its clusters follow;
 * - `none`: nothing; they follow when the waves before have been rolled out.
 */
export type Approval = 'every-step' | 'cluster' | 'wave' | 'none';

/** How the clusters of a wave are rolled out together: may be given to the fleet or a wave. */
export interface RolloutSettings {
  /**
   * What a person starts. Who may is a matter of GitLab's protected environments: that of the wave (`wave/<name>`) with
   * `wave`, else that of each cluster.
   * @default 'every-step'
   * @see https://docs.gitlab.com/ci/environments/protected_environments/
   */
  readonly approval?: Approval;

  /**
   * How many jobs change clusters of a wave at once. Clusters are spread over that many slots by their names; with the
   * approvals `wave` and `none` those of a slot also follow each other, and one that fails stops the one behind it.
   * @default - all that have something to change
   */
  readonly maxParallel?: number;

  /**
   * How long the waves before must have been rolled out before a wave opens, in GitLab's notation (`12h`, `2 days`); at
   * most a week.
   * @default - it opens at once
   */
  readonly soak?: string;
}

/** How long a wave waits. */
const soak: shape.Shape = {
  expected: "a duration such as '12h' or '2 days'",
  fits: (value) => typeof value === 'string' && parseDuration(value) !== undefined,
  copy: (value: string, at, report) => {
    if ((parseDuration(value) ?? 0) <= START_IN_MAX) return value;
    report(
      at,
      `expected a duration of at most a week, which is GitLab's limit for delayed jobs, got '${value}'`,
    );
    return undefined;
  },
};

/** What the settings of roll-outs look like. */
export const ROLLOUT_MEMBERS: shape.Members<RolloutSettings> = {
  approval: shape.oneOf('every-step', 'cluster', 'wave', 'none'),
  maxParallel: shape.integer(1),
  soak,
};

/** Which of them hold where. */
export const rolloutSettings = new Settings<RolloutSettings>();
