import { type Finding, findingAt } from '../../core';
import type { RenderedObject } from '../document';
import { access } from './access';
import { etcd } from './etcd';
import { groups } from './groups';
import { keys } from './keys';
import { names } from './names';
import { network } from './network';
import { placement } from './placement';
import type { ClusterDocuments, GroupDocument, Rule } from './rule';
import { subnets } from './subnets';
import { text } from './text';
import { versions } from './versions';

const RULES: readonly Rule[] = [
  names,
  versions,
  network,
  subnets,
  access,
  placement,
  groups,
  etcd,
  keys,
  text,
];

/**
 * What the rules say of a cluster's manifest.
 * @param kopsVersion - the kOps version that will read it, where it is known
 */
export function checkCluster(all: readonly RenderedObject[], kopsVersion?: string): Finding[] {
  const cluster = all.find(({ document }) => document.kind === 'Cluster');
  if (!cluster) return [];
  const instanceGroups = all.filter(({ document }) => document.kind === 'InstanceGroup');
  const documents: ClusterDocuments = {
    cluster,
    kopsVersion,
    spec: cluster.document.spec,
    groups: instanceGroups.map((object): GroupDocument => ({ ...object, spec: object.document.spec })),
    all,
  };
  const findings: Finding[] = [];
  for (const rule of RULES) {
    for (const { object, ...problem } of rule(documents)) findings.push(findingAt(object.construct, problem));
  }
  return findings;
}
