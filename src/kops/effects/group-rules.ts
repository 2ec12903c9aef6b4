import { groupRolls, groupRollsUnlessBastion, itemsOfGroup } from './by-role';
import { areKnown, type ChangeOfField, type Data, roleNamed, roleOf, specs, valueAt } from './change';
import type { FieldEffect } from './effect';
import { subnetsOfGroup } from './group-subnets';
import { PROFILE_IS_KNOWN } from './object-rules';
import { applied, each, onAws, type Rule, type Rules, says } from './rule';

const NONE = says('no-restart');
const GROUP = says('no-restart', 'the Auto Scaling group is changed in place');
const NEXT = says('no-restart', 'machines that start from now on have it: kOps rolls none for it');
const ELSEWHERE = says('unknown', 'only what kOps does on AWS is known here');

const OF_GROUP: Rules = {
  // In the configuration that kOps's node agent sets a machine up with; bastions have none.
  ...each(
    [
      'containerd',
      'compressUserData',
      'kubelet',
      'packages',
      'sysctlParameters',
      'updatePolicy',
      'volumeMounts',
    ],
    groupRollsUnlessBastion,
  ),
  fileAssets: itemsOfGroup('fileAssets'),
  hooks: itemsOfGroup('hooks'),
  // In the launch template, whose newest version is what machines are compared with
  // (awstasks/launchtemplate.go, awsBuildCloudInstanceGroup in awsup/aws_cloud.go).
  ...each(
    [
      'additionalSecurityGroups',
      'additionalUserData',
      'associatePublicIp',
      'cloudLabels',
      'cpuCredits',
      'detailedInstanceMonitoring',
      'iam',
      'image',
      'instanceInterruptionBehavior',
      'instanceMetadata',
      'machineType',
      'rootVolumeEncryption',
      'rootVolumeEncryptionKey',
      'rootVolumeIops',
      'rootVolumeOptimization',
      'rootVolumeSize',
      'rootVolumeThroughput',
      'rootVolumeType',
      'securityGroupOverride',
      'spotDurationInMinutes',
      'tenancy',
      'volumes',
    ],
    onAws(groupRolls),
  ),
  // Tags of the launch template, for the cluster autoscaler (CloudTagsForInstanceGroup).
  ...each(['nodeLabels', 'taints'], onAws(groupRolls)),
  'kubelet.nodeLabels': onAws(groupRolls),
  'kubelet.taints': groupRollsUnlessBastion,
  maxPrice: onAws(priceOrNext),
  // Of the Auto Scaling group (awstasks/autoscalinggroup.go).
  ...each(
    [
      'capacityRebalance',
      'externalLoadBalancers',
      'instanceProtection',
      'maxSize',
      'minSize',
      'suspendProcesses',
    ],
    onAws(GROUP),
  ),
  maxInstanceLifetime: onAws(says('no-restart', 'AWS replaces machines that are older, and drains none')),
  'iam.profile': onAws(profile),
  mixedInstancesPolicy: onAws(priceOrNext),
  subnets: onAws(subnetsOfGroup),
  ...each(['autoscale', 'autoscalePriority'], says('no-restart', 'the cluster autoscaler is told of it')),
  rollingUpdate: says('no-restart', 'how machines are replaced the next time'),
  rootVolumeDeleteOnTermination: onAws(says('no-restart', 'kOps does not use it on AWS')),
  warmPool,
  manager: says('unknown', 'other machines take over: kOps leaves those that are there'),
  role: changesRole,
  ...each(['gcpProvisioningModel', 'guestAccelerators', 'zones'], ELSEWHERE),
};

/** The fields of an instance group; machines of Karpenter's are no business of kOps's rolling update. */
export const GROUP_RULES: Rules = Object.fromEntries(
  Object.entries(OF_GROUP).map(([name, rule]) => [`spec.${name}`, unlessOfKarpenter(rule)]),
);

function unlessOfKarpenter(rule: Rule): Rule {
  return (change) => {
    const { before, after } = specs(change);
    const ofKarpenter = [before, after].some((spec) => valueAt(spec, 'manager') === 'Karpenter');
    return ofKarpenter && !change.field.startsWith('spec.manager')
      ? says('unknown', 'Karpenter starts and replaces these machines, not kOps')
      : applied(rule, change);
  };
}

/** Nodes and API servers are let in by their role, which the control plane knows, too. */
function profile(change: ChangeOfField): FieldEffect {
  const role = roleOf(change);
  return role === 'Node' || role === 'APIServer'
    ? { ...groupRolls(change), why: PROFILE_IS_KNOWN, alsoRolls: 'control-plane' }
    : groupRolls(change);
}

/**
 * With several machine types the price is the Auto Scaling group's, otherwise the launch template's
 * (`LaunchTemplate.SpotPrice`).
 */
function priceOrNext(change: ChangeOfField): FieldEffect {
  const sides = specs(change);
  if (!areKnown(sides)) return change.field.endsWith('.maxPrice') ? groupRolls(change) : NEXT;
  return priceOfTemplate(sides.before) === priceOfTemplate(sides.after) ? NEXT : groupRolls(change);
}

function priceOfTemplate(spec: Data): unknown {
  return valueAt(spec, 'mixedInstancesPolicy') === undefined ? valueAt(spec, 'maxPrice') : undefined;
}

/**
 * Machines know that there is a pool, its lifecycle hook and the images to fetch early; sizes are the pool's.
 */
function warmPool(change: ChangeOfField): FieldEffect {
  if (roleOf(change) === 'Bastion') return NONE;
  if (/\.(?:enableLifecycleHook|additionalImages\b.*)$/.test(change.field)) return groupRolls(change);
  const sides = specs(change);
  if (!areKnown(sides)) return says('unknown', 'machines roll where the group gets a warm pool, or loses it');
  const [had, has] = [valueAt(sides.before, 'warmPool'), valueAt(sides.after, 'warmPool')];
  return (had === undefined) === (has === undefined) ? NONE : groupRolls(change);
}

/** The Auto Scaling group is found by a name that the role is part of (`AutoscalingGroupName`). */
function changesRole({ from, to, ...change }: ChangeOfField): FieldEffect {
  const [was, is] = [roleNamed(from), roleNamed(to)];
  if (was === undefined || is === undefined) return says('unknown');
  // `Master` is the older word.
  if (was === is) return NONE;
  const isNamedAlike = [was, is].every((role) => role === 'Node' || role === 'Bastion');
  return isNamedAlike
    ? groupRolls({ ...change, role: 'Node' })
    : says(
        'replaces',
        'the Auto Scaling group: the old one and its machines stay until someone deletes them',
      );
}
