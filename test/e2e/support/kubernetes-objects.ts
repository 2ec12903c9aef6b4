import type { Machine } from './machines';

/** An object of the Kubernetes API, as far as the tests look into it. */
export interface KubernetesObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

const NODE_LABEL_TAG = 'k8s.io/cluster-autoscaler/node-template/label/';

const isControlPlane = ({ tags }: Machine) => 'k8s.io/role/control-plane' in tags;

/** The machines that run a kubelet: bastions do not. */
export function isNode({ tags }: Machine): boolean {
  return !('k8s.io/role/bastion' in tags);
}

/** The node that a machine registers itself as. */
export function nodeOf(machine: Machine, ready: boolean): KubernetesObject {
  const { id, zone, address, started, tags } = machine;
  const given = Object.entries(tags).flatMap(([tag, value]) =>
    tag.startsWith(NODE_LABEL_TAG) ? [[tag.slice(NODE_LABEL_TAG.length), value] as const] : [],
  );
  return {
    kind: 'Node',
    apiVersion: 'v1',
    metadata: {
      name: id,
      uid: id,
      creationTimestamp: started,
      labels: {
        ...Object.fromEntries(given),
        'kubernetes.io/hostname': id,
        'kops.k8s.io/instancegroup': tags['kops.k8s.io/instancegroup'] ?? '',
        [`node-role.kubernetes.io/${isControlPlane(machine) ? 'control-plane' : 'node'}`]: '',
      },
    } as KubernetesObject['metadata'],
    spec: { providerID: `aws:///${zone}/${id}` },
    status: {
      addresses: [{ type: 'InternalIP', address }],
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  };
}

/**
 * The pods that run on a machine: the static ones of a control plane; on others one of a Deployment, which uses an
 * emptyDir, and one of a DaemonSet: `kubectl drain` refuses both unless it is told what to do with them.
 */
export function podsOf(machine: Machine): KubernetesObject[] {
  if (isControlPlane(machine)) {
    const apps = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];
    return apps.map((app) =>
      pod(machine, app, { namespace: 'kube-system', critical: true, owner: ['v1', 'Node', machine.id] }),
    );
  }
  return [
    pod(machine, 'web', {
      namespace: 'default',
      owner: ['apps/v1', 'ReplicaSet', 'web'],
      volumes: [{ name: 'scratch', emptyDir: {} }],
    }),
    pod(machine, DAEMON_SET, { namespace: 'kube-system', owner: ['apps/v1', 'DaemonSet', DAEMON_SET] }),
  ];
}

/** The one DaemonSet there is, in kube-system. */
export const DAEMON_SET = 'node-agent';

interface PodOptions {
  readonly namespace: string;
  readonly critical?: boolean;
  readonly owner: readonly [apiVersion: string, kind: string, name: string];
  readonly volumes?: readonly object[];
}

function pod({ id, address, started }: Machine, app: string, options: PodOptions): KubernetesObject {
  const [apiVersion, kind, name] = options.owner;
  const isStatic = kind === 'Node';
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name: `${app}-${id}`,
      namespace: options.namespace,
      uid: `${app}-${id}`,
      creationTimestamp: started,
      labels: { 'k8s-app': app },
      annotations: isStatic ? { 'kubernetes.io/config.mirror': 'mirror' } : {},
      ownerReferences: [{ apiVersion, kind, name, uid: name, controller: true }],
    } as KubernetesObject['metadata'],
    spec: {
      nodeName: id,
      containers: [{ name: app, image: app }],
      ...(options.critical ? { priorityClassName: 'system-cluster-critical' } : {}),
      volumes: options.volumes ?? [],
    },
    status: {
      phase: 'Running',
      hostIP: address,
      containerStatuses: [{ name: app, ready: true, restartCount: 0 }],
    },
  };
}
