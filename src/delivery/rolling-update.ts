import { didYouMean, type Problem, quoted, shape } from '../core';
import { goDuration } from './go-duration';
import { type KopsFlags, kopsFlags } from './kops-flags';

/** A role of instance groups, as kOps spells it in `--instance-group-roles`. */
export type InstanceGroupRoleName = 'control-plane' | 'apiserver' | 'node' | 'bastion';

/**
 * How `kops rolling-update cluster` replaces nodes. The names are those of its flags; durations are Go's: `30s`, `5m`,
 * `1h30m`. What is left out is left to kOps.
 * @see https://kops.sigs.k8s.io/cli/kops_rolling-update_cluster/
 */
export interface RollingUpdateOptions {
  /**
   * Names of the instance groups to roll (`--instance-group`). The nodes of all others stay as they are, in an upgrade of
   * Kubernetes, too.
   * @default - all of the cluster
   */
  readonly instanceGroups?: readonly string[];

  /**
   * Names of instance groups that are not to be rolled. kOps has no such flag: it is given the names of the cluster's
   * other groups, so a group that is not in the code is left alone, too.
   * @default - none
   */
  readonly excludeInstanceGroups?: readonly string[];

  /**
   * Roles of the instance groups to roll (`--instance-group-roles`); with names, too, only groups that are of one of
   * these roles and named.
   * @default - all
   */
  readonly instanceGroupRoles?: readonly InstanceGroupRoleName[];

  /**
   * Replaces nodes without asking Kubernetes (`--cloudonly`): neither drained nor validated, so workloads do go down. For
   * a cluster whose API does not answer.
   * @default false
   */
  readonly cloudonly?: boolean;

  /**
   * The least time between stopping a control-plane node and validating, then going on (`--control-plane-interval`).
   * @default '15s'
   */
  readonly controlPlaneInterval?: string;

  /**
   * The least time between stopping a worker and validating, then going on (`--node-interval`).
   * @default '15s'
   */
  readonly nodeInterval?: string;

  /**
   * The least time between stopping a bastion and going on (`--bastion-interval`).
   * @default '15s'
   */
  readonly bastionInterval?: string;

  /**
   * The longest time that draining a node may take (`--drain-timeout`); `0s`: without end.
   * @default '15m'
   */
  readonly drainTimeout?: string;

  /**
   * Whether a node that cannot be drained ends the roll (`--fail-on-drain-error`); otherwise it is replaced all the same.
   * @default true
   */
  readonly failOnDrainError?: boolean;

  /**
   * Whether a cluster that does not validate in time ends the roll (`--fail-on-validate-error`); otherwise the next nodes
   * are replaced all the same.
   * @default true
   */
  readonly failOnValidateError?: boolean;

  /**
   * How long kOps waits after draining a node (`--post-drain-delay`).
   * @default '5s'
   */
  readonly postDrainDelay?: string;

  /**
   * How many times in a row the cluster must validate after a node was replaced (`--validate-count`); 0: it is not
   * validated between nodes.
   * @default 2
   */
  readonly validateCount?: number;

  /**
   * The longest time to wait for the cluster to validate after a node was replaced (`--validation-timeout`).
   * @default '15m'
   */
  readonly validationTimeout?: string;
}

/** How `kops validate cluster` judges a cluster after a roll. Durations are Go's: `30s`, `5m`, `1h30m`. */
export interface ValidationOptions {
  /**
   * How long to wait for the cluster to become ready (`--wait`); `0s`: it is looked at once. kOps's own is 0.
   * @default '15m'
   */
  readonly wait?: string;

  /**
   * The time between two looks (`--interval`). From kOps 1.29.
   * @default '10s'
   */
  readonly interval?: string;

  /**
   * How many looks in a row must find the cluster ready (`--count`).
   * @default 1
   */
  readonly count?: number;
}

/** kOps itself looks once, and a cluster that was just rolled is seldom ready at once. */
const DEFAULT_WAIT = '15m';

/** A name of an instance group, as kOps allows it: nothing in it means anything to a shell, nor to a list of kOps's. */
const GROUP_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

const groupName: shape.Shape = {
  ...shape.text,
  copy: (value: string, at, report) => {
    if (GROUP_NAME.test(value)) return value;
    report(
      at,
      `${quoted(value)} is no name of an instance group: expected lower-case letters, digits, dashes and dots`,
    );
    return undefined;
  },
};

/** What options of a rolling update look like. */
export const ROLLING_UPDATE_MEMBERS: shape.Members<RollingUpdateOptions> = {
  instanceGroups: shape.distinct(groupName),
  excludeInstanceGroups: shape.distinct(groupName),
  instanceGroupRoles: shape.distinct(shape.oneOf('control-plane', 'apiserver', 'node', 'bastion')),
  cloudonly: shape.flag,
  controlPlaneInterval: goDuration,
  nodeInterval: goDuration,
  bastionInterval: goDuration,
  drainTimeout: goDuration,
  failOnDrainError: shape.flag,
  failOnValidateError: shape.flag,
  postDrainDelay: goDuration,
  validateCount: shape.integer(0),
  validationTimeout: goDuration,
};

/** What options of a validation look like. */
export const VALIDATION_MEMBERS: shape.Members<ValidationOptions> = {
  wait: goDuration,
  interval: goDuration,
  count: shape.integer(1),
};

/** The flag of each option. */
const ROLLING_UPDATE_FLAGS = {
  instanceGroups: '--instance-group',
  instanceGroupRoles: '--instance-group-roles',
  cloudonly: '--cloudonly',
  controlPlaneInterval: '--control-plane-interval',
  nodeInterval: '--node-interval',
  bastionInterval: '--bastion-interval',
  drainTimeout: '--drain-timeout',
  failOnDrainError: '--fail-on-drain-error',
  failOnValidateError: '--fail-on-validate-error',
  postDrainDelay: '--post-drain-delay',
  validateCount: '--validate-count',
  validationTimeout: '--validation-timeout',
} satisfies { readonly [Key in keyof Omit<RollingUpdateOptions, 'excludeInstanceGroups'>]-?: string };

const VALIDATION_FLAGS = { wait: '--wait', interval: '--interval', count: '--count' };

/**
 * Options as flags of `kops rolling-update cluster`.
 * @param options as read by `ROLLING_UPDATE_MEMBERS`
 * @param kopsVersion the kOps that gets them; where it is not known, it is not judged
 * @param groups names of the cluster's instance groups; where they are not known, as with a template, nothing can be
 * excluded from them
 */
export function rollingUpdateFlags(
  options: RollingUpdateOptions,
  kopsVersion: string | undefined,
  groups?: readonly string[],
): KopsFlags {
  const { excludeInstanceGroups: excluded = [], ...given } = options;
  const problems = [...unknownGroups(options, groups)];
  const chosen = given.instanceGroups?.length ? given.instanceGroups : groups;
  const instanceGroups =
    excluded.length > 0 ? chosen?.filter((name) => !excluded.includes(name)) : given.instanceGroups;
  if (excluded.length > 0 && !instanceGroups?.length) {
    const message = chosen
      ? `leaves no instance group to roll of ${chosen.join(', ')}: kOps would take that for all of them`
      : 'cdkops does not know the instance groups of this cluster: name those to roll in rollingUpdate.instanceGroups';
    problems.push({ field: 'rollingUpdate.excludeInstanceGroups', message });
  }
  const rendered = kopsFlags(
    'rolling-update cluster',
    'rollingUpdate',
    ROLLING_UPDATE_FLAGS,
    { ...given, instanceGroups },
    kopsVersion,
  );
  return { flags: rendered.flags, problems: [...problems, ...rendered.problems] };
}

/** Names that no instance group has: kOps would fail, or roll what was to be left alone. */
function* unknownGroups(options: RollingUpdateOptions, groups?: readonly string[]): Iterable<Problem> {
  if (!groups) return;
  for (const option of ['instanceGroups', 'excludeInstanceGroups'] as const) {
    for (const [index, name] of (options[option] ?? []).entries()) {
      if (groups.includes(name)) continue;
      const message = `the cluster has no instance group ${quoted(name)}${didYouMean(name, groups)}; it has ${groups.join(', ')}`;
      yield { field: `rollingUpdate.${option}[${index}]`, message };
    }
  }
}

/**
 * Options as flags of `kops validate cluster`; `--wait` is always one of them.
 * @param options as read by `VALIDATION_MEMBERS`
 * @param kopsVersion the kOps that gets them; where it is not known, it is not judged
 */
export function validationFlags(options: ValidationOptions, kopsVersion: string | undefined): KopsFlags {
  const given = { ...options, wait: options.wait ?? DEFAULT_WAIT };
  const { flags, problems } = kopsFlags(
    'validate cluster',
    'validation',
    VALIDATION_FLAGS,
    given,
    kopsVersion,
  );
  // kOps takes a second look only while it waits (RunValidateCluster in cmd/kops/validate_cluster.go).
  if ((given.count ?? 1) === 1 || /[1-9]/.test(given.wait)) return { flags, problems };
  const message = `${given.count} looks at the cluster need time, and validation.wait is ${given.wait}: kOps would always fail; let it wait, or leave count out`;
  return { flags, problems: [...problems, { field: 'validation.count', message }] };
}
