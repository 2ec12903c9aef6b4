import { itemsByRole } from './by-role';
import { areKnown, type ChangeOfField, specs, valueAt } from './change';
import { type FieldEffect, rolling } from './effect';
import { each, onAws, type Rules, rollsAllAndBastions, says } from './rule';

const ALL = says('rolls-all');
const CONTROL_PLANE = says('rolls-control-plane');
const NONE = says('no-restart');

/**
 * What machines are set up with. It stands in a configuration for each instance group, and a digest of that
 * in the user data: whatever is in there makes new machines, of the roles that have it (kOps's
 * pkg/apis/nodeup/config.go, pkg/nodemodel/nodeupconfigbuilder.go, pkg/model/bootstrapscript.go).
 */
export const MACHINE_RULES: Rules = {
  ...each(
    [
      'spec.clusterDNSDomain',
      'spec.containerd',
      'spec.kubelet',
      'spec.kubernetesVersion',
      'spec.ntp',
      'spec.packages',
      'spec.sysctlParameters',
      'spec.updatePolicy',
    ],
    ALL,
  ),
  ...each(['spec.kubelet.anonymousAuth', 'spec.masterKubelet.anonymousAuth'], anonymousAuth),
  'spec.assets': says('rolls-all', 'machines get files and images from another place'),
  'spec.egressProxy': ALL,
  'spec.fileAssets': itemsByRole('fileAssets'),
  'spec.hooks': itemsByRole('hooks'),
  'spec.kubeProxy': kubeProxy,
  'spec.isolateMasters': CONTROL_PLANE,
  ...each(
    ['spec.kubeAPIServer', 'spec.kubeControllerManager', 'spec.kubeScheduler', 'spec.masterKubelet'],
    CONTROL_PLANE,
  ),
  // Nodes open that range as well (Config.ServiceNodePortRange).
  'spec.kubeAPIServer.serviceNodePortRange': ALL,
  'spec.additionalSans': CONTROL_PLANE,
  'spec.authorization': CONTROL_PLANE,
  'spec.encryptionConfig': CONTROL_PLANE,
  'spec.authentication.aws': onlyWhetherItIsThere(
    ['authentication', 'aws'],
    CONTROL_PLANE,
    says('no-restart', 'the authenticator is an add-on: its pods are replaced'),
  ),
  'spec.authentication.kopeio': CONTROL_PLANE,
  'spec.serviceAccountIssuerDiscovery': says(
    'rolls-control-plane',
    'tokens of service accounts are issued in another name: pods with old ones may be refused meanwhile',
  ),
  // All machines are told where it is (Config.DiscoveryService).
  'spec.serviceAccountIssuerDiscovery.discoveryService': ALL,
  // Only the identity provider is told of these.
  'spec.serviceAccountIssuerDiscovery.additionalAudiences': NONE,
  // kops-controller gets them, and is restarted with its machine (`NeedsRollingUpdateControlPlane` of
  // bootstrapchannelbuilder.go).
  'spec.useHostCertificates': CONTROL_PLANE,
  'spec.configBase': says(
    'unknown',
    'the state has to be moved there first: kOps finds no keys in the new place',
  ),
  ...each(
    ['spec.configStore', 'spec.keyStore', 'spec.secretStore'],
    says('unknown', 'keys and secrets have to be moved there first: kOps makes new ones where it finds none'),
  ),
  // AWS has it as a part of the launch template, of bastions too (LaunchTemplate.SSHKey).
  'spec.sshKeyName': onAws(rollsAllAndBastions('machines get the key as they start')),
  'spec.warmPool': warmPoolOfCluster,
};

/**
 * kOps turns it off whatever it says (populate_instancegroup_spec.go); only where nobody says anything it
 * stays open.
 */
function anonymousAuth({ from, to, field }: ChangeOfField): FieldEffect {
  if (from !== undefined && to !== undefined) return says('no-restart', 'kOps turns it off in any case');
  return field.startsWith('spec.kubelet.') ? ALL : CONTROL_PLANE;
}

/** Switched on or off it is on all machines; isolated control planes have none (`buildKubeProxy`). */
function kubeProxy(change: ChangeOfField): FieldEffect {
  const { after } = specs(change);
  return valueAt(after, 'isolateMasters') === true ? says('rolls-nodes') : ALL;
}

/** Of a part of the spec machines know only whether it is there; what is in it goes elsewhere. */
function onlyWhetherItIsThere(
  path: readonly string[],
  comesOrGoes: FieldEffect,
  otherwise: FieldEffect,
): (change: ChangeOfField) => FieldEffect {
  return (change) => {
    const sides = specs(change);
    if (areKnown(sides)) {
      const was = valueAt(sides.before, ...path) !== undefined;
      return was === (valueAt(sides.after, ...path) !== undefined) ? otherwise : comesOrGoes;
    }
    return change.from !== undefined && change.to !== undefined ? otherwise : says('unknown');
  };
}

/**
 * Nodes of a group with a warm pool have a list of images to fetch early, and know of the lifecycle hook;
 * sizes are the Auto Scaling group's (nodeupconfigbuilder.go, awsmodel/autoscalinggroup.go).
 */
function warmPoolOfCluster(change: ChangeOfField): FieldEffect {
  if (change.field.endsWith('.enableLifecycleHook'))
    return says(rolling({ controlPlane: false, nodes: true }));
  return onlyWhetherItIsThere(['warmPool'], says('rolls-nodes'), NONE)(change);
}
