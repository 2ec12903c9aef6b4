import { type ChangeOfField, isElsewhere, roleOf, specs, valueAt } from './change';
import type { FieldEffect } from './effect';
import { each, type Rules, rollsAllAndBastions, says } from './rule';

const NONE = says('no-restart');

/** The metadata of an object: kOps keeps it, and does little with it. */
export const METADATA_RULES: Rules = {
  metadata: NONE,
  ...each(['apiVersion', 'kind'], NONE),
};

/**
 * What a change of an SSH key does: machines get it as they start (awstasks/sshkey.go,
 * LaunchTemplate.SSHKey).
 */
export const SSH_KEY = rollsAllAndBastions(
  'machines get the key as they start; kOps takes one at a time, so the old one has to go first',
);

/**
 * Whom it lets in stands in the manifest of kops-controller (`NodesRoles` in kOps's
 * upup/pkg/fi/cloudup/template_functions.go), which is restarted with its machine.
 */
export const PROFILE_IS_KNOWN = 'the control plane rolls, too, to let in machines with that profile';

/** What it does that a whole object came or went. */
export function comesOrGoes(change: ChangeOfField): FieldEffect {
  const comes = change.to !== undefined || (change.from === undefined && change.after !== undefined);
  switch (change.kind) {
    case 'Cluster':
      return comes
        ? says('no-restart', 'makes the cluster')
        : says('no-restart', 'the cluster runs on: only the deletion of a cluster deletes it');
    case 'InstanceGroup':
      return groupComesOrGoes(change, comes);
    case 'SSHCredential':
      return SSH_KEY;
    default:
      return says('unknown');
  }
}

/** `replace` adds groups and removes none (kOps's cmd/kops/replace.go). */
function groupComesOrGoes(change: ChangeOfField, comes: boolean): FieldEffect {
  if (!comes) return says('no-restart', 'its machines run on until the group is deleted');
  const role = roleOf(change);
  const profile = valueAt(specs(change).after, 'iam', 'profile');
  if (profile !== undefined && (role === 'Node' || role === 'APIServer') && !isElsewhere(change)) {
    return says('rolls-control-plane', `makes machines; ${PROFILE_IS_KNOWN}`);
  }
  return role === 'ControlPlane'
    ? says('no-restart', 'makes machines: what they do to etcd is told of the members there')
    : says('no-restart', 'makes machines');
}
