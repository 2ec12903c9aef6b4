/**
 * Values that text fields take. The custom resource definitions name none, so they come from kOps's source; the file
 * of each is in the comment above it (in pkg/apis/kops unless it says otherwise).
 */

/** A set of values for one or more fields. */
export interface Enumeration {
  readonly values: readonly string[];
  /** Fields that take the values, as `Type.field`. */
  readonly fields: readonly string[];
  /**
   * Whether other values are fine with kOps: the type then offers these and accepts any, and nothing is checked when
   * the program runs. Closed sets hold what any of the known releases accepts.
   */
  readonly open?: true;
}

/** By the name of the type that stands for the values. */
export const ENUMS: Readonly<Record<string, Enumeration>> = {
  // channel.go
  ReleaseChannel: { values: ['stable', 'alpha'], fields: ['ClusterSpec.channel'], open: true },
  // v1alpha2/conversion.go; no value at all is what clusters on bare metal have
  CloudProviderName: {
    values: ['aws', 'azure', 'digitalocean', 'gce', 'hetzner', 'linode', 'openstack', 'scaleway'],
    fields: ['ClusterSpec.cloudProvider'],
  },
  // validation/validation.go
  ContainerRuntime: { values: ['containerd', 'docker'], fields: ['ClusterSpec.containerRuntime'] },
  // validation/validation.go, validation/instancegroup.go
  UpdatePolicy: {
    values: ['automatic', 'external'],
    fields: ['ClusterSpec.updatePolicy', 'InstanceGroupSpec.updatePolicy'],
  },
  // validation/validation.go
  SubnetType: { values: ['Public', 'Private', 'DualStack', 'Utility'], fields: ['ClusterSubnetSpec.type'] },
  // topology.go
  TopologyDNSType: { values: ['Public', 'Private', 'None'], fields: ['DNSSpec.type'] },
  // topology.go; read by old releases only
  TopologyType: {
    values: ['public', 'private'],
    fields: ['TopologySpec.masters', 'TopologySpec.nodes'],
    open: true,
  },
  // validation/aws.go
  LoadBalancerClass: { values: ['Classic', 'Network'], fields: ['LoadBalancerAccessSpec.class'] },
  // pkg/model/awsmodel/api_loadbalancer.go and bastion.go
  LoadBalancerType: {
    values: ['Public', 'Internal'],
    fields: ['LoadBalancerAccessSpec.type', 'BastionLoadBalancerSpec.type'],
  },
  // validation/aws.go
  NLBSecurityGroupMode: { values: ['Managed'], fields: ['CloudConfiguration.nlbSecurityGroupMode'] },
  // validation/aws.go
  AWSAuthenticationBackendMode: {
    values: ['CRD', 'MountedFile', 'EKSConfigMap', 'DynamicFile'],
    fields: ['AWSAuthenticationSpec.backendMode'],
    open: true,
  },
  // validation/validation.go
  EtcdClusterName: { values: ['main', 'events', 'leases', 'cilium'], fields: ['EtcdClusterSpec.name'] },
  // cluster.go; new releases refuse Legacy
  EtcdProvider: { values: ['Manager', 'Legacy'], fields: ['EtcdClusterSpec.provider'] },
  // validation/validation.go
  ClusterAutoscalerExpander: {
    values: ['least-waste', 'most-pods', 'random', 'price', 'priority'],
    fields: ['ClusterAutoscalerConfig.expander'],
  },
  // cluster.go, validation/validation.go
  ExternalDNSProvider: {
    values: ['dns-controller', 'external-dns', 'none'],
    fields: ['ExternalDNSConfig.provider'],
  },
  // cluster.go
  DNSProvider: { values: ['CoreDNS', 'KubeDNS'], fields: ['KubeDNSConfig.provider'], open: true },
  // componentconfig.go
  ProxyMode: { values: ['iptables', 'ipvs', 'nftables'], fields: ['KubeProxyConfig.proxyMode'], open: true },
  // validation/validation.go
  LogFormat: {
    values: ['text', 'json'],
    fields: ['KubeAPIServerConfig.logFormat', 'KubeletConfigSpec.logFormat'],
  },
  // componentconfig.go; kOps hands the value on without a look
  ComponentLogFormat: {
    values: ['text', 'json'],
    fields: ['KubeControllerManagerConfig.logFormat', 'KubeSchedulerConfig.logFormat'],
    open: true,
  },
  // componentconfig.go
  AuditWebhookMode: {
    values: ['batch', 'blocking'],
    fields: ['KubeAPIServerConfig.auditWebhookMode'],
    open: true,
  },
  // validation/validation.go
  TopologyManagerPolicy: {
    values: ['none', 'best-effort', 'restricted', 'single-numa-node'],
    fields: ['KubeletConfigSpec.topologyManagerPolicy'],
  },
  // validation/validation.go
  MemorySwapBehavior: {
    values: ['LimitedSwap', 'UnlimitedSwap'],
    fields: ['KubeletConfigSpec.memorySwapBehavior'],
  },
  // componentconfig.go
  CPUManagerPolicy: {
    values: ['none', 'static'],
    fields: ['KubeletConfigSpec.cpuManagerPolicy'],
    open: true,
  },
  // containerdconfig.go
  ContainerdLogLevel: {
    values: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'panic'],
    fields: ['ContainerdConfig.logLevel'],
    open: true,
  },
  // containerdconfig.go
  GVisorPlatform: { values: ['systrap', 'kvm'], fields: ['GVisorConfig.platform'], open: true },

  // Networking: validation/validation.go throughout, unless it says otherwise.
  CalicoAWSSrcDstCheck: {
    values: ['Enable', 'Disable', 'DoNothing'],
    fields: ['CalicoNetworkingSpec.awsSrcDstCheck'],
  },
  CalicoBPFExternalServiceMode: {
    values: ['Tunnel', 'DSR'],
    fields: ['CalicoNetworkingSpec.bpfExternalServiceMode'],
  },
  CalicoBPFLogLevel: { values: ['Off', 'Info', 'Debug'], fields: ['CalicoNetworkingSpec.bpfLogLevel'] },
  CalicoChainInsertMode: { values: ['insert', 'append'], fields: ['CalicoNetworkingSpec.chainInsertMode'] },
  CalicoEncapsulation: {
    values: ['ipip', 'vxlan', 'none'],
    fields: ['CalicoNetworkingSpec.encapsulationMode'],
  },
  CalicoEncapsulationScope: {
    values: ['Always', 'CrossSubnet', 'Never'],
    fields: ['CalicoNetworkingSpec.ipipMode', 'CalicoNetworkingSpec.vxlanMode'],
  },
  CalicoIptablesBackend: {
    values: ['Auto', 'Legacy', 'NFT'],
    fields: ['CalicoNetworkingSpec.iptablesBackend'],
  },
  // networking.go
  CalicoNFTablesMode: {
    values: ['Disabled', 'Enabled', 'Auto'],
    fields: ['CalicoNetworkingSpec.nftablesMode'],
    open: true,
  },
  CiliumPolicyMode: { values: ['default', 'always', 'never'], fields: ['CiliumNetworkingSpec.enablePolicy'] },
  CiliumTunnel: { values: ['vxlan', 'geneve', 'disabled'], fields: ['CiliumNetworkingSpec.tunnel'] },
  CiliumMonitorAggregation: {
    values: ['low', 'medium', 'maximum'],
    fields: ['CiliumNetworkingSpec.monitorAggregation'],
  },
  CiliumIdentityAllocationMode: {
    values: ['crd', 'kvstore'],
    fields: ['CiliumNetworkingSpec.identityAllocationMode'],
  },
  CiliumLoadBalancing: { values: ['random', 'maglev'], fields: ['CiliumNetworkingSpec.bpfLBAlgorithm'] },
  CiliumEncryptionType: { values: ['ipsec', 'wireguard'], fields: ['CiliumNetworkingSpec.encryptionType'] },
  CiliumIPAM: { values: ['hostscope', 'kubernetes', 'crd', 'eni'], fields: ['CiliumNetworkingSpec.ipam'] },
  CiliumIngressLoadBalancerMode: {
    values: ['shared', 'dedicated'],
    fields: ['CiliumIngressSpec.defaultLoadBalancerMode'],
  },
  // networking.go
  CiliumChainingMode: {
    values: ['none', 'aws-cni', 'generic-veth', 'portmap'],
    fields: ['CiliumNetworkingSpec.chainingMode'],
    open: true,
  },
  // networking.go
  CiliumDNSRejectCode: {
    values: ['nameError', 'refused'],
    fields: ['CiliumNetworkingSpec.toFqdnsDnsRejectResponseCode'],
    open: true,
  },
  FlannelBackend: { values: ['udp', 'vxlan'], fields: ['FlannelNetworkingSpec.backend'] },

  // Instance groups.
  // instancegroup.go, v1alpha2/conversion.go; Master is how v1alpha2 spells ControlPlane, and kOps reads both
  InstanceGroupRole: {
    values: ['ControlPlane', 'Master', 'Node', 'Bastion', 'APIServer'],
    fields: ['InstanceGroupSpec.role'],
  },
  // instancegroup.go; a role that does not exist is not refused here, it just never matches
  InstanceGroupRoleName: {
    values: ['ControlPlane', 'Master', 'Node', 'Bastion', 'APIServer'],
    fields: ['FileAssetSpec.roles', 'HookSpec.roles'],
    open: true,
  },
  // instancegroup.go
  InstanceManager: { values: ['CloudGroup', 'Karpenter'], fields: ['InstanceGroupSpec.manager'], open: true },
  // validation/instancegroup.go; AWS's own list, in its SDK's ec2/types/enums.go
  Tenancy: { values: ['default', 'dedicated', 'host'], fields: ['InstanceGroupSpec.tenancy'] },
  // validation/aws.go; AWS's own list, in its SDK's ec2/types/enums.go
  InstanceInterruptionBehavior: {
    values: ['hibernate', 'stop', 'terminate'],
    fields: ['InstanceGroupSpec.instanceInterruptionBehavior'],
  },
  // validation/aws.go
  CPUCredits: { values: ['standard', 'unlimited'], fields: ['InstanceGroupSpec.cpuCredits'] },
  // validation/gce.go
  GCPProvisioningModel: {
    values: ['STANDARD', 'SPOT'],
    fields: ['InstanceGroupSpec.gcpProvisioningModel'],
  },
  // validation/aws.go
  HTTPTokens: { values: ['required', 'optional'], fields: ['InstanceMetadataOptions.httpTokens'] },
  // instancegroup.go, validation/aws.go
  SpotAllocationStrategy: {
    values: [
      'lowest-price',
      'diversified',
      'capacity-optimized',
      'capacity-optimized-prioritized',
      'price-capacity-optimized',
    ],
    fields: ['MixedInstancesPolicySpec.spotAllocationStrategy'],
  },
  // AWS's own list (autoscaling, InstancesDistribution)
  OnDemandAllocationStrategy: {
    values: ['prioritized', 'lowest-price'],
    fields: ['MixedInstancesPolicySpec.onDemandAllocationStrategy'],
    open: true,
  },
  // validation/instancegroup.go closes the list on AWS; other clouds have other names
  VolumeType: {
    values: ['gp3', 'gp2', 'io2', 'io1', 'standard', 'pd-ssd', 'pd-balanced', 'pd-standard'],
    fields: ['InstanceGroupSpec.rootVolumeType', 'VolumeSpec.type', 'EtcdMemberSpec.volumeType'],
    open: true,
  },
  // instancegroup.go; the first one is spelt like this in kOps
  Filesystem: { values: ['btfs', 'ext4', 'xfs'], fields: ['VolumeMountSpec.filesystem'] },
  // validation/instancegroup.go
  UserDataType: {
    values: [
      'text/x-include-once-url',
      'text/x-include-url',
      'text/cloud-config-archive',
      'text/upstart-job',
      'text/cloud-config',
      'text/part-handler',
      'text/x-shellscript',
      'text/cloud-boothook',
    ],
    fields: ['UserData.type'],
  },
};
