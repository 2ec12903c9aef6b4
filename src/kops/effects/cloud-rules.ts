import { type ChangeOfField, usesGossip } from './change';
import type { FieldEffect } from './effect';
import { GONE } from './gone';
import { each, onAws, type Rules, rollsAllAndBastions, says } from './rule';

const NONE = says('no-restart');
const CONTROL_PLANE = says('rolls-control-plane');
const ALL = says('rolls-all');
const PERMISSIONS = says('no-restart', 'permissions in the cloud');
const ELSEWHERE = says('unknown', 'only what kOps does on AWS is known here');

/** What the cluster has in its cloud, and what is only for kOps itself. */
export const CLOUD_RULES: Rules = {
  'spec.cloudProvider': says('immutable', 'a cluster stays in its cloud'),
  'spec.project': says('immutable', 'a cluster stays in its project'),
  // Tags are a part of launch templates, of bastions too (CloudTagsForInstanceGroup, LaunchTemplate.Tags).
  'spec.cloudLabels': onAws(rollsAllAndBastions('tags of the instances, and of all else')),
  ...each(['spec.additionalPolicies', 'spec.externalPolicies', 'spec.iam'], onAws(PERMISSIONS)),
  'spec.iam.legacy': GONE,
  'spec.iam.useServiceAccountExternalPermissions': onAws(
    says('no-restart', 'permissions in the cloud: add-ons get roles of their own'),
  ),
  'spec.cloudConfig': ELSEWHERE,
  ...each(
    [
      'spec.cloudConfig.disableSecurityGroupIngress',
      'spec.cloudConfig.elbSecurityGroup',
      'spec.cloudConfig.nlbSecurityGroupMode',
      'spec.cloudConfig.nodeIPFamilies',
    ],
    CONTROL_PLANE,
  ),
  // In the configuration of all machines, whatever the cloud (NewConfig).
  ...each(
    [
      'spec.cloudConfig.azure.adminUser',
      'spec.cloudConfig.multizone',
      'spec.cloudConfig.nodeInstancePrefix',
      'spec.cloudConfig.nodeTags',
      'spec.cloudConfig.openstack',
    ],
    ALL,
  ),
  ...each(
    ['spec.cloudConfig.spotinstOrientation', 'spec.cloudConfig.spotinstProduct'],
    says('unknown', 'only what kOps does with Auto Scaling groups is known here'),
  ),
  'spec.channel': says(
    'unknown',
    'groups without an image of their own take the one that the channel recommends',
  ),
  'spec.rollingUpdate': says('no-restart', 'how machines are replaced the next time'),
  'spec.target': NONE,
  'spec.gossipConfig': gossip,
  ...each(['spec.containerRuntime', 'spec.docker', 'spec.nodeAuthorization'], GONE),
};

/** Machines know of gossip where the cluster is found by it (`UsesLegacyGossip`). */
function gossip(change: ChangeOfField): FieldEffect {
  const found = usesGossip(change);
  if (found === undefined) return says('unknown', 'all machines roll where the cluster has gossip DNS');
  return found ? ALL : says('no-restart', 'the cluster has no gossip DNS');
}
