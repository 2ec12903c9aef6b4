import type { ClusterSpec, NetworkingSpec } from './api';

/** The network plugins that `kops create cluster --networking` knows. */
export type NetworkingName =
  | 'amazonvpc'
  | 'calico'
  | 'cilium'
  | 'cilium-etcd'
  | 'cilium-eni'
  | 'cni'
  | 'flannel'
  | 'flannel-udp'
  | 'kindnet'
  | 'kube-router'
  | 'kubenet';

/** What `kops create cluster --networking` writes for a network plugin. */
interface NetworkingPlan {
  readonly networking: NetworkingSpec;
  /** Set where the plugin does kube-proxy's work. */
  readonly kubeProxy?: ClusterSpec['kubeProxy'];
}

const WITHOUT_KUBE_PROXY = { enabled: false };

/** Each network plugin, as `kops create cluster` writes it. */
const PLANS: Readonly<Record<NetworkingName, NetworkingPlan>> = {
  amazonvpc: { networking: { amazonvpc: {} } },
  calico: { networking: { calico: {} } },
  cilium: { networking: { cilium: { enableNodePort: true } }, kubeProxy: WITHOUT_KUBE_PROXY },
  'cilium-etcd': {
    networking: { cilium: { enableNodePort: true, etcdManaged: true } },
    kubeProxy: WITHOUT_KUBE_PROXY,
  },
  'cilium-eni': {
    networking: { cilium: { enableNodePort: true, ipam: 'eni' } },
    kubeProxy: WITHOUT_KUBE_PROXY,
  },
  cni: { networking: { cni: {} } },
  flannel: { networking: { flannel: { backend: 'vxlan' } } },
  'flannel-udp': { networking: { flannel: { backend: 'udp' } } },
  kindnet: { networking: { kindnet: {} } },
  'kube-router': { networking: { kuberouter: {} }, kubeProxy: WITHOUT_KUBE_PROXY },
  kubenet: { networking: { kubenet: {} } },
};

/** The names of the network plugins. */
export const NETWORKING_NAMES = Object.keys(PLANS) as readonly NetworkingName[];

/**
 * What a network plugin means for the spec. In the full form kube-proxy is left out where the spec says that the plugin does its work: Cilium with node ports, kube-router, Calico with eBPF.
 */
export function planNetworking(networking: NetworkingName | NetworkingSpec): NetworkingPlan {
  if (typeof networking === 'string') return PLANS[networking];
  const { cilium, kuberouter, calico } = networking;
  const replacesKubeProxy = cilium?.enableNodePort || kuberouter || calico?.bpfEnabled;
  return { networking, ...(replacesKubeProxy && { kubeProxy: WITHOUT_KUBE_PROXY }) };
}
