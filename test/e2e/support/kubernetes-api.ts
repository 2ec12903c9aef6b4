import type * as http from 'node:http';
import type { AwsGateway } from './aws-gateway';
import type { Chronicle } from './chronicle';
import { DISCOVERY } from './kubernetes-discovery';
import { DAEMON_SET, isNode, type KubernetesObject, nodeOf, podsOf } from './kubernetes-objects';
import { matchesSelectors } from './kubernetes-selectors';
import { bodyOf, type LoopbackServer, startServer } from './loopback';
import { machines } from './machines';

interface Answer {
  readonly code: number;
  readonly body: object;
}

/**
 * The Kubernetes API of one cluster, over plain HTTP on loopback: its nodes are the cluster's machines in the emulator, so
 * that what kops terminates is gone and what it starts joins at once. Good for `kops validate cluster`, `kops
 * rolling-update cluster` and `kubectl drain`; what these ask for is in the chronicle.
 */
export class KubernetesApi {
  /** Whether nodes are Ready; where they are not, no validation succeeds. */
  public ready = true;
  /** Answers every eviction as where a PodDisruptionBudget allows none: a drain never ends. */
  public refuseEvictions = false;
  /** What was patched, by node. */
  private readonly patches = new Map<string, object>();
  /** Names of pods that are gone though their machine is there. */
  private readonly evicted = new Set<string>();
  private server: LoopbackServer | undefined;
  private port: number | undefined;

  constructor(
    private readonly cluster: string,
    private readonly cloud: AwsGateway,
    private readonly chronicle: Chronicle,
  ) {}

  /** Starts it, or starts it again where it was before. */
  public async start(): Promise<void> {
    this.server = await startServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        send(response, failure(500, 'InternalError', String(error)));
      });
    }, this.port);
    this.port = Number(new URL(this.server.url).port);
  }

  /** For `--api-server`; the same also while it is stopped. */
  public get url(): string {
    if (this.port === undefined) throw new Error('the Kubernetes API has not started');
    return `http://127.0.0.1:${this.port}`;
  }

  /** Stops it: connections are refused until it is started again. */
  public async stop(): Promise<void> {
    await this.server?.stop();
    this.server = undefined;
  }

  /** A kubeconfig for it, whose only context is named like the cluster, as kops names it. */
  public get kubeconfig(): string {
    const name = this.cluster;
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster: { server: this.url } }],
      users: [{ name, user: {} }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
    });
  }

  /** The nodes as they are now. */
  public async nodes(): Promise<KubernetesObject[]> {
    const running = (await machines(this.cloud, this.cluster)).filter(isNode);
    return running.map((machine) => merged(nodeOf(machine, this.ready), this.patches.get(machine.id) ?? {}));
  }

  private async pods(): Promise<KubernetesObject[]> {
    const running = (await machines(this.cloud, this.cluster)).filter(isNode);
    return running.flatMap(podsOf).filter(({ metadata }) => !this.evicted.has(metadata.name));
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = (await bodyOf(request)).toString('utf8');
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://kubernetes');
    send(response, await this.answer(request.method ?? '', pathname, searchParams, body));
  }

  private async answer(
    method: string,
    path: string,
    parameters: URLSearchParams,
    body: string,
  ): Promise<Answer> {
    const write = (verb: string, what: string) =>
      this.chronicle.add({ side: 'kubernetes', verb, what, body });
    const [, node] = /^\/api\/v1\/nodes\/([^/]+)$/.exec(path) ?? [];
    if (node !== undefined) return this.node(method, node, body, write);
    const [, pod, eviction] = /^\/api\/v1\/namespaces\/[^/]+\/pods\/([^/]+)(\/eviction)?$/.exec(path) ?? [];
    if (pod !== undefined && (eviction || method === 'DELETE')) return this.evict(pod, write);
    write(method, path);
    if (method !== 'GET') return failure(405, 'MethodNotAllowed', `${method} ${path}`);
    const known = DISCOVERY[path];
    if (known) return { code: 200, body: known };
    if (pod !== undefined) return found(await this.pods(), pod);
    if (path === '/api/v1/nodes') return list('NodeList', await this.nodes(), parameters);
    if (/^\/api\/v1(\/namespaces\/[^/]+)?\/pods$/.test(path))
      return list('PodList', await this.pods(), parameters);
    if (path === `/apis/apps/v1/namespaces/kube-system/daemonsets/${DAEMON_SET}`) {
      return {
        code: 200,
        body: { kind: 'DaemonSet', apiVersion: 'apps/v1', metadata: { name: DAEMON_SET } },
      };
    }
    return failure(404, 'NotFound', path);
  }

  private async node(
    method: string,
    name: string,
    body: string,
    write: (verb: string, what: string) => void,
  ): Promise<Answer> {
    if (method === 'PATCH') {
      const patch = JSON.parse(body) as NodePatch;
      write(patchVerb(patch), name);
      this.patches.set(name, merged(this.patches.get(name) ?? {}, patch));
    } else {
      write(method === 'DELETE' ? 'delete' : method, name);
    }
    return found(await this.nodes(), name);
  }

  private evict(pod: string, write: (verb: string, what: string) => void): Answer {
    write('evict', pod);
    if (this.refuseEvictions)
      return failure(429, 'TooManyRequests', 'the disruption budget allows no eviction');
    this.evicted.add(pod);
    return { code: 201, body: { kind: 'Status', apiVersion: 'v1', status: 'Success' } };
  }
}

interface NodePatch {
  readonly metadata?: object;
  readonly spec?: { readonly unschedulable?: boolean | null; readonly taints?: readonly object[] };
}

function patchVerb({ spec }: NodePatch): string {
  if (spec?.unschedulable !== undefined) return spec.unschedulable ? 'cordon' : 'uncordon';
  return spec?.taints ? 'taint' : 'label';
}

/** Merges as a patch does: maps merge, lists are replaced, null takes away. */
function merged<T extends object>(base: T, patch: object): T {
  const result: Record<string, unknown> = { ...(base as Record<string, unknown>) };
  for (const [field, value] of Object.entries(patch)) {
    const before = result[field];
    if (value === null) delete result[field];
    else result[field] = isMap(value) ? merged(isMap(before) ? before : {}, value) : value;
  }
  return result as T;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(kind: string, items: readonly KubernetesObject[], parameters: URLSearchParams): Answer {
  const wanted = items.filter((item) => matchesSelectors(item, parameters));
  return { code: 200, body: { kind, apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: wanted } };
}

function found(items: readonly KubernetesObject[], wanted: string): Answer {
  const item = items.find(({ metadata }) => metadata.name === wanted);
  return item ? { code: 200, body: item } : failure(404, 'NotFound', `"${wanted}" not found`);
}

function failure(code: number, reason: string, message: string): Answer {
  return { code, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message } };
}

function send(response: http.ServerResponse, { code, body }: Answer): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
