import type { Effect, FieldEffect } from '../../kops/effects';
import type { ClusterEffects } from './cluster-effects';
import { compareData, type FieldChange, leavesOf } from './field-changes';
import type { ManifestDocument } from './manifest';

/** What became of a thing. */
export type Fate = 'added' | 'removed' | 'changed';

/** How one object of a cluster differs. */
export interface ObjectDifference {
  /** `Cluster`, `InstanceGroup`… */
  readonly kind: string;
  /** `metadata.name`. */
  readonly name: string;
  readonly fate: Fate;
  /** Its fields, in the order of their names; of an object that came or went all that it has. */
  readonly changes: readonly FieldChange[];
  /** What it does to the cluster that the object came or went; absent where it is there on both sides. */
  readonly effect?: Effect;
  /** Why it does that, where there is more to say. */
  readonly why?: string;
  /** Machines that roll beside those that the effect stands for. */
  readonly alsoRolls?: FieldEffect['alsoRolls'];
}

/** How the files of something differ. */
export interface Difference {
  /** `incomparable` where one side cannot be read. */
  readonly fate: Fate | 'incomparable';
  /** The objects that differ, a cluster first. */
  readonly objects: readonly ObjectDifference[];
}

/** How one cluster differs. */
export interface ClusterDifference extends Difference {
  readonly cluster: string;
  /** What its changes do to it; absent where nothing of that can be told. */
  readonly effects?: ClusterEffects;
}

/** How a file that all clusters share differs. */
export interface FileDifference extends Difference {
  readonly file: string;
}

/** Objects by the order in which people think of them; all other kinds come after these. */
const KINDS = ['Cluster', 'Pipeline', 'Jobs', 'Job', 'InstanceGroup', 'SSHCredential'];

/**
 * How a cluster, or a file that all share, differs by what its documents mean: order, comments and spelling of the YAML do
 * not count.
 * @param before - its documents; `undefined` where it was not there
 * @returns `undefined` where it does not differ.
 */
export function compareDocuments(
  before: readonly ManifestDocument[] | undefined,
  after: readonly ManifestDocument[] | undefined,
): Difference | undefined {
  const objects = compareObjects(before ?? [], after ?? []);
  if (before && after) return objects.length > 0 ? { fate: 'changed', objects } : undefined;
  if (!before && !after) return undefined;
  // It came or went with all its jobs.
  return { fate: before ? 'removed' : 'added', objects: objects.filter(({ kind }) => kind !== 'Job') };
}

function compareObjects(
  before: readonly ManifestDocument[],
  after: readonly ManifestDocument[],
): ObjectDifference[] {
  const old = byIdentity(before);
  const now = byIdentity(after);
  const identities = [...new Set([...old.keys(), ...now.keys()])];
  const differences = identities.flatMap((identity): ObjectDifference[] => {
    const was = old.get(identity);
    const is = now.get(identity);
    const { kind, name } = (is ?? was) as ManifestDocument;
    const object = { kind: kind || 'document without a kind', name };
    if (!was || !is) {
      const side = was ? 'from' : 'to';
      const { apiVersion: _same, ...rest } = meantBy((is ?? was) as ManifestDocument);
      const changes = leavesOf(rest, side);
      return [{ ...object, fate: was ? 'removed' : 'added', changes }];
    }
    const changes = compareData(meantBy(was), meantBy(is));
    return changes.length > 0 ? [{ ...object, fate: 'changed', changes }] : [];
  });
  return differences.sort(
    (one, other) =>
      rank(one) - rank(other) || compareText(one.kind, other.kind) || compareText(one.name, other.name),
  );
}

/** Documents by kind and name; kOps, too, takes the last of two. */
function byIdentity(documents: readonly ManifestDocument[]): Map<string, ManifestDocument> {
  return new Map(documents.map((document) => [JSON.stringify([document.kind, document.name]), document]));
}

/** An object without what names it, which is the same on both sides, and without what nobody means. */
function meantBy({ data }: ManifestDocument): Record<string, unknown> {
  const { kind: _kind, status: _status, metadata, ...rest } = data;
  const { name: _name, creationTimestamp: _time, generation: _count, labels, ...more } = Object(metadata);
  const { 'kops.k8s.io/cluster': _cluster, ...otherLabels } = Object(labels);
  return { ...rest, ...filled('metadata', { ...more, ...filled('labels', otherLabels) }) };
}

function filled(name: string, members: object): Record<string, unknown> {
  return Object.keys(members).length > 0 ? { [name]: members } : {};
}

function rank({ kind }: ObjectDifference): number {
  const index = KINDS.indexOf(kind);
  return index < 0 ? KINDS.length : index;
}

/** The same on every machine: by code, not by language. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
