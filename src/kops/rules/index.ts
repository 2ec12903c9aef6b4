import { type Finding, findingAt } from '../../core';
import type { RenderedObject } from '../document';
import { names } from './names';
import { placement } from './placement';
import type { ClusterDocuments, GroupDocument, Rule } from './rule';
import { subnets } from './subnets';
import { text } from './text';
import { versions } from './versions';

const RULES: readonly Rule[] = [names, versions, subnets, placement, text];

/** What the rules say of a cluster's manifest. */
export function checkCluster(all: readonly RenderedObject[]): Finding[] {
  const cluster = all.find(({ document }) => document.kind === 'Cluster');
  if (!cluster) return [];
  const groups = all.filter(({ document }) => document.kind === 'InstanceGroup');
  const documents: ClusterDocuments = {
    cluster,
    spec: cluster.document.spec,
    groups: groups.map((object): GroupDocument => ({ ...object, spec: object.document.spec })),
    all,
  };
  return RULES.flatMap((rule) =>
    [...rule(documents)].map(({ object, ...problem }) => findingAt(object.construct, problem)),
  );
}
