import { isMap } from '../../core';

/** Maps of texts: kOps keeps no empty one, while an empty map of another kind says that something is wanted. */
const MAPS_OF_TEXTS = /(?:labels|annotations|tags|featureGates)$/i;

/**
 * Members that mean the same whether they are false or 0 or not there, by the member that they stand in: kOps does not write
 * them then (those of kOps's v1alpha2 types that are no pointers). All others say something by being false.
 */
const ZERO_IS_NOTHING: Readonly<Record<string, readonly string[]>> = {
  cilium: [
    ...[
      'agentPrometheusPort',
      'autoDirectNodeRoutes',
      'autoIpv6NodeRoutes',
      'bpfCTGlobalAnyMax',
      'bpfCTGlobalTCPMax',
    ],
    ...[
      'bpfLBMapMax',
      'bpfLBSock',
      'bpfLBSockHostNSOnly',
      'bpfNATGlobalMax',
      'bpfNeighGlobalMax',
      'bpfPolicyMapMax',
    ],
    ...['clusterID', 'debug', 'disableConntrack', 'disableEndpointCRD', 'disableIpv4', 'disableK8sServices'],
    ...['enableEncryption', 'enableHostReachableServices', 'enableNodePort', 'enablePrometheusMetrics'],
    ...[
      'enableServiceTopology',
      'enableTracing',
      'enableipv4',
      'enableipv6',
      'etcdManaged',
      'ipv4ClusterCidrMaskSize',
    ],
    ...['keepBpfTemplates', 'keepConfig', 'logstash', 'logstashProbeTimer', 'nodeEncryption', 'pprof'],
    ...[
      'preallocateBPFMaps',
      'reconfigureKubelet',
      'removeCbrBridge',
      'restartPods',
      'restore',
      'singleClusterRoute',
    ],
    ...['toFqdnsEnablePoller', 'tracePayloadlen'],
  ],
  calico: [
    ...[
      'allowIPForwarding',
      'bpfEnabled',
      'bpfKubeProxyIptablesCleanupEnabled',
      'prometheusGoMetricsEnabled',
    ],
    ...[
      'prometheusMetricsEnabled',
      'prometheusMetricsPort',
      'prometheusProcessMetricsEnabled',
      'typhaReplicas',
    ],
    ...['typhaPrometheusMetricsEnabled', 'typhaPrometheusMetricsPort'],
  ],
  canal: [
    ...[
      'disableTxChecksumOffloading',
      'prometheusGoMetricsEnabled',
      'prometheusMetricsEnabled',
      'typhaReplicas',
    ],
    ...['prometheusMetricsPort', 'prometheusProcessMetricsEnabled', 'typhaPrometheusMetricsEnabled'],
    ...['typhaPrometheusMetricsPort'],
  ],
  flannel: ['disableTxChecksumOffloading'],
  cni: ['usesSecondaryIP'],
  iam: ['allowContainerRegistry'],
  karpenter: ['enabled'],
  podIdentityWebhook: ['enabled', 'replicas'],
  serviceAccountIssuerDiscovery: ['enableAWSOIDCProvider'],
  hooks: ['useRawManifest'],
  fileAssets: ['isBase64'],
  loadBalancer: ['useForInternalApi'],
  accessLog: ['interval'],
  kubeDNS: ['cacheMaxConcurrent', 'cacheMaxSize', 'replicas'],
  externalDns: ['disable'],
  etcdClusters: ['enableEtcdTLS', 'enableTLSAuth'],
  httpProxy: ['port'],
  warmPool: ['enableLifecycleHook', 'minSize'],
  kubelet: ['evictionMaxPodGracePeriod', 'nvidiaGPUs'],
  masterKubelet: ['evictionMaxPodGracePeriod', 'nvidiaGPUs'],
  controlPlaneKubelet: ['evictionMaxPodGracePeriod', 'nvidiaGPUs'],
  kubeProxy: ['logLevel'],
  kubeAPIServer: [
    ...[
      'deleteCollectionWorkers',
      'logLevel',
      'maxMutatingRequestsInflight',
      'maxRequestsInflight',
      'securePort',
    ],
  ],
  kubeControllerManager: ['logLevel'],
  cloudControllerManager: ['logLevel'],
  kubeScheduler: ['burst', 'logLevel'],
  awsEBSCSIDriver: ['hostNetwork'],
  snapshotController: ['installDefaultClass'],
  awsLoadBalancerController: ['enableShield', 'enableWAF', 'enableWAFv2'],
  containerd: [
    ...['installCriCtl', 'installNerdCtl', 'selinuxEnabled', 'skipInstall', 'useECRCredentialsForMirrors'],
  ],
  dcgmExporter: ['enabled'],
  docker: ['healthCheck', 'skipInstall'],
  spec: ['autoscalePriority'],
};

/** Whether kOps writes nothing for a value: the manifest has it, and its state does not. */
export function isLeftOut(value: unknown, member: string, parent: string): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (isMap(value)) return Object.keys(value).length === 0 && MAPS_OF_TEXTS.test(member);
  return (value === false || value === 0) && ZERO_IS_NOTHING[parent]?.includes(member) === true;
}
