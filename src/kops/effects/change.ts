import { isMap } from '../../core';

/** What an instance group's machines are for. */
export type Role = 'ControlPlane' | 'Node' | 'Bastion' | 'APIServer';

/** Plain data of a manifest. */
export type Data = Readonly<Record<string, unknown>>;

/** A field of a kOps object that is not what it was, or an object that came or went. */
export interface ChangeOfField {
  /** `Cluster`, `InstanceGroup` or `SSHCredential`. */
  readonly kind: string;
  /**
   * The role of an instance group; taken from its spec where it is left out. `Master` is read as
   * `ControlPlane`.
   */
  readonly role?: Role | (string & {});
  /**
   * In kOps's notation, such as `spec.subnets[eu-central-1a].cidr`; empty for an object that came or went.
   */
  readonly field: string;
  /** What it was; absent where it was not there. */
  readonly from?: unknown;
  /** What it is; absent where it is no more. */
  readonly to?: unknown;
  /** The object as it was, or its spec alone: some fields mean something only together with others. */
  readonly before?: Data;
  /** The object as it is, or its spec alone. */
  readonly after?: Data;
  /** `spec.cloudProvider` of the cluster that an instance group is of; AWS where nobody says. */
  readonly cloud?: string;
  /** The clusters that an instance group is of, as they were and as they are: subnets are theirs. */
  readonly clusters?: { readonly before?: Data; readonly after?: Data };
}

/** Both sides of a change, as far as they are known. */
export interface Sides {
  readonly before: Data | undefined;
  readonly after: Data | undefined;
}

/** The specs of the object that has changed. */
export function specs({ before, after }: ChangeOfField): Sides {
  return { before: specOf(before), after: specOf(after) };
}

/** The specs of the cluster that an instance group is of. */
export function clusterSpecs({ clusters }: ChangeOfField): Sides {
  return { before: specOf(clusters?.before), after: specOf(clusters?.after) };
}

function specOf(data: Data | undefined): Data | undefined {
  return isMap(data?.spec) ? data.spec : data;
}

/** The value at a path of members, undefined where there is none. */
export function valueAt(data: unknown, ...path: readonly string[]): unknown {
  let value = data;
  for (const member of path) value = isMap(value) && Object.hasOwn(value, member) ? value[member] : undefined;
  return value ?? undefined;
}

/** Whether both sides are known. */
export function areKnown(sides: Sides): sides is { readonly before: Data; readonly after: Data } {
  return sides.before !== undefined && sides.after !== undefined;
}

/** A role in the words of today; undefined for what is none. */
export function roleNamed(name: unknown): Role | undefined {
  if (typeof name !== 'string') return undefined;
  return ROLES[name.toLowerCase().replace(/[-_]/g, '')];
}

const ROLES: Readonly<Record<string, Role | undefined>> = {
  controlplane: 'ControlPlane',
  master: 'ControlPlane',
  node: 'Node',
  bastion: 'Bastion',
  apiserver: 'APIServer',
};

/** The role of the instance group that has changed: the one that it has now. */
export function roleOf(change: ChangeOfField): Role | undefined {
  const { before, after } = specs(change);
  return roleNamed(change.role) ?? roleNamed(after?.role) ?? roleNamed(before?.role);
}

/** Whether the cluster is known to be in another cloud than AWS. */
export function isElsewhere(change: ChangeOfField): boolean {
  const { before, after } = specs(change);
  const cloud = change.kind === 'Cluster' ? (after?.cloudProvider ?? before?.cloudProvider) : change.cloud;
  return typeof cloud === 'string' && cloud !== 'aws';
}

/**
 * Whether a cluster's machines find each other by gossip: its own name and its DNS say so. Undefined where
 * they are not known.
 */
export function usesGossip(change: ChangeOfField): boolean | undefined {
  const name = valueAt(change.after ?? change.before, 'metadata', 'name');
  const { before, after } = specs(change);
  if ([before, after].some((spec) => valueAt(spec, 'topology', 'dns', 'type') === 'None')) return false;
  return typeof name === 'string' ? name.endsWith('.k8s.local') : undefined;
}
