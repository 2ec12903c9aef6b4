import { each, onAws, type Rules, rollsAllAndBastions, says } from './rule';

const ADD_ON = says('no-restart', 'an add-on: its pods are replaced');

/**
 * Add-ons are manifests in the state store that the control plane applies (kOps's
 * upup/pkg/fi/cloudup/bootstrapchannelbuilder/bootstrapchannelbuilder.go); no machine knows of them, but for
 * what is named here.
 */
export const ADD_ON_RULES: Rules = {
  ...each(
    [
      'spec.awsLoadBalancerController',
      'spec.certManager',
      'spec.cloudConfig.awsEBSCSIDriver',
      'spec.cloudConfig.gcpPDCSIDriver',
      'spec.cloudConfig.manageStorageClasses',
      'spec.cloudControllerManager',
      'spec.clusterAutoscaler',
      'spec.dnsControllerGossipConfig',
      'spec.externalDns',
      'spec.karpenter',
      'spec.kubeDNS',
      'spec.metricsServer',
      'spec.nodeProblemDetector',
      'spec.podIdentityWebhook',
      'spec.snapshotController',
    ],
    ADD_ON,
  ),
  'spec.addons': says(
    'no-restart',
    'control-plane machines look there for add-ons once they are replaced: kOps rolls none for it',
  ),
  // The kubelet tells pods of the address (pkg/model/components/kubelet.go).
  'spec.kubeDNS.serverIP': says('rolls-all'),
  'spec.kubeDNS.nodeLocalDNS': says(
    'rolls-all',
    'the cache restarts with its machine: kOps marks all nodes as needing an update',
  ),
  ...each(['spec.kubeDNS.nodeLocalDNS.enabled', 'spec.kubeDNS.nodeLocalDNS.localIP'], says('rolls-all')),
  // The API servers spread requests to it by themselves then (pkg/model/components/apiserver.go).
  'spec.metricsServer.enabled': says('rolls-control-plane', 'the API servers route to it in another way'),
  // Where nothing else is said of it, the node termination handler gives way (nodeterminationhandler.go), and
  // so its tag.
  'spec.karpenter.enabled': onAws(rollsAllAndBastions('a tag of the node termination handler goes or comes')),
  'spec.nodeTerminationHandler': onAws(ADD_ON),
  // The launch templates of all groups get this tag, or lose it (CloudTagsForInstanceGroup).
  ...each(
    [
      'spec.nodeTerminationHandler.enabled',
      'spec.nodeTerminationHandler.enableSQSTerminationDraining',
      'spec.nodeTerminationHandler.managedASGTag',
    ],
    onAws(rollsAllAndBastions('a tag of the instances')),
  ),
};
