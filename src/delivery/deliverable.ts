import type { Construct } from 'constructs';
import type { Finding } from '../core';
import { KopsCluster, type KopsDocument } from '../kops';
import type { ClusterDelivery } from './cluster-delivery';
import { clusterFile, MANIFEST_FILE } from './files';
import { manifestDigest } from './manifest-digest';

/** A cluster on its way to its jobs. */
export interface Delivered {
  /** What the jobs need; `undefined` where the findings say why there is none. */
  readonly delivery: ClusterDelivery | undefined;
  /** The documents of the manifest; none where only the job knows them. */
  readonly documents: readonly KopsDocument[];
  /** Whether synth has to write these documents. */
  readonly isGenerated: boolean;
  /** What is wrong with the cluster; what annotations say is not among it. */
  readonly findings: readonly Finding[];
}

/** A cluster whose manifest does not come from constructs. */
export interface DeliverableConstruct extends Construct {
  /** The cluster's name in kOps. */
  readonly name: string;
  /** The cluster for its jobs, out of files of the project in the folder `root`. */
  deliver(root: string): Delivered;
}

/** Whatever a fleet delivers. */
export type Deliverable = KopsCluster | DeliverableConstruct;

const DELIVERABLE = Symbol.for('cdkops.Deliverable');

/** Makes a construct known as a cluster that brings its own manifest. */
export function markDeliverable(construct: DeliverableConstruct): void {
  Object.defineProperty(construct, DELIVERABLE, { value: true });
}

/** Whether `construct` is a cluster, wherever its manifest comes from. */
export function isDeliverable(construct: unknown): construct is Deliverable {
  if (typeof construct !== 'object' || construct === null) return false;
  return DELIVERABLE in construct || KopsCluster.isKopsCluster(construct);
}

/** The clusters in a part of the tree, as declared. */
export function deliverablesOf(scope: Construct): Deliverable[] {
  return scope.node.findAll().filter(isDeliverable);
}

/** Names of the instance groups in a manifest. */
export function instanceGroupsOf(documents: readonly KopsDocument[]): string[] {
  return documents.filter(({ kind }) => kind === 'InstanceGroup').map(({ metadata }) => metadata.name);
}

/** A cluster for its jobs, and what is wrong with it. */
export function deliver(cluster: Deliverable, root: string): Delivered {
  if (!KopsCluster.isKopsCluster(cluster)) return cluster.deliver(root);
  const { objects, findings } = cluster.manifest();
  const documents = objects.map(({ document }) => document);
  const configBase = documents.find(({ kind }) => kind === 'Cluster')?.spec.configBase;
  const manifest = clusterFile(cluster.name, MANIFEST_FILE);
  const delivery: ClusterDelivery = {
    construct: cluster,
    name: cluster.name,
    kopsVersion: cluster.kopsVersion,
    release: cluster.release,
    stateStore: cluster.setting('stateStore'),
    configBase: typeof configBase === 'string' ? configBase : undefined,
    manifest,
    get digest() {
      return manifestDigest(documents);
    },
    changes: [manifest],
    instanceGroups: instanceGroupsOf(documents),
  };
  return { delivery, documents, isGenerated: true, findings };
}
