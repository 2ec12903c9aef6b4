/**
 * Tells objects of kOps from those of other APIs, and says what is wrong with them.
 */
import { didYouMean, isMap, quoted } from '../../../core';
import type { Kind } from '../../../kops';
import { CLUSTER_LABEL } from '../../../kops/document';
import type { Place } from '../imported-cluster';
import { type NormalDocument, normalDocument } from './document';
import type { Item } from './items';
import { isList, isOfKops } from './lists';

/** An object that belongs to a cluster. */
export interface Member {
  readonly kind: Kind;
  readonly name: string;
  /** The cluster that it says it belongs to. */
  readonly cluster: string | undefined;
  readonly normal: NormalDocument;
  readonly item: Item;
}

/** What to say where something else was given. */
export const EXPECTED = 'expected what "kops get all --name CLUSTER -o yaml" prints';

const VERSIONS = ['kops.k8s.io/v1alpha2', 'kops/v1alpha2'];
const KINDS: readonly Kind[] = ['Cluster', 'InstanceGroup', 'SSHCredential'];

/** Kinds that kOps knows and that no manifest should have. */
const STAYS: Readonly<Record<string, string>> = {
  Keyset: 'keys stay in the state store',
  Host: 'machines that were added one by one stay in the state store',
};

/** Whether an object is one of kOps, or looks like one whose API version was forgotten. */
export function isKopsObject(item: Item): boolean {
  const apiVersion = item.textOf('apiVersion');
  if (apiVersion !== undefined) return isOfKops(apiVersion);
  return KINDS.some((kind) => kind === item.textOf('kind'));
}

/** Whether an object is no part of a manifest, however wrong it is: of another API, or a kind that stays. */
export function isBeside(item: Item): boolean {
  const apiVersion = item.textOf('apiVersion');
  if (apiVersion === undefined) return false;
  if (isOfKops(apiVersion)) return stayNote(item) !== undefined;
  // A list that could be read has been taken apart: in one that could not, anything may be.
  return item.value !== undefined || !isList(apiVersion, item.textOf('kind'));
}

/** What to say of a kind that stays where it is; undefined for all other objects. */
export function stayNote(item: Item): string | undefined {
  const kind = item.textOf('kind') ?? '';
  if (!isOfKops(item.textOf('apiVersion') ?? '') || !Object.hasOwn(STAYS, kind)) return undefined;
  return `left out ${kind} ${item.textOf('metadata', 'name') ?? '(without a name)'}: ${STAYS[kind]}`;
}

/** An object that goes into a cluster; undefined where something is wrong, and that is reported. */
export function memberOf(item: Item, report: (place: Place, message: string) => void): Member | undefined {
  for (const { place, message } of item.problems) report(place, message);
  const { value } = item;
  if (!isMap(value)) {
    if (item.problems.length === 0) report(item.place(), `is no object: ${EXPECTED}`);
    return undefined;
  }
  const { apiVersion } = value;
  if (typeof apiVersion !== 'string' || !VERSIONS.includes(apiVersion)) {
    report(item.place('apiVersion'), versionProblem(apiVersion, item));
    return undefined;
  }
  const given = item.textOf('kind') ?? '';
  const kind = KINDS.find((one) => one === given);
  if (kind === undefined) {
    const got = given === '' ? 'nothing' : quoted(given);
    const message = `kind: expected ${KINDS.join(', ')}, got ${got}${didYouMean(given, KINDS)}`;
    report(item.place('kind'), message);
    return undefined;
  }
  const normal = normalDocument(kind, value);
  for (const { field, message } of normal.problems) report(item.place(field), `${field}: ${message}`);
  if (!normal.document) return undefined;
  const { name, labels } = normal.document.metadata;
  const cluster = kind === 'Cluster' ? name : labels?.[CLUSTER_LABEL] || undefined;
  return { kind, name, cluster, normal, item };
}

function versionProblem(apiVersion: unknown, item: Item): string {
  if (apiVersion === undefined) return 'apiVersion is missing: write "apiVersion: kops.k8s.io/v1alpha2"';
  const way = item.textOf('kind') === 'Cluster' ? ['name'] : ['labels', CLUSTER_LABEL];
  const name = item.textOf('metadata', ...way) ?? 'CLUSTER';
  const got = typeof apiVersion === 'string' ? quoted(apiVersion) : 'something else';
  return `apiVersion: expected kops.k8s.io/v1alpha2, got ${got}: "kops get all --name ${name} -o yaml" prints the cluster so`;
}
