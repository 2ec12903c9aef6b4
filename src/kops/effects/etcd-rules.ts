import { isMap } from '../../core';
import { areKnown, type ChangeOfField, type Data, specs } from './change';
import type { FieldEffect } from './effect';
import { itemOf } from './field';
import { each, onAws, type Rule, type Rules, says, unlessItMeans } from './rule';

/**
 * What etcd-manager is started with is a manifest in the state store, of which machines know only the place:
 * nothing rolls (kOps's pkg/model/components/etcdmanager/model.go, `EtcdManifests` of
 * nodeupconfigbuilder.go).
 */
const LATER = says(
  'no-restart',
  'control-plane machines take it up when they are replaced: kOps rolls none for it',
);
const CLUSTERS = 'spec.etcdClusters';
const VOLUME = says('no-restart', 'the volume is changed in place');

/**
 * The etcd clusters, their members, and the volumes of those (pkg/model/master_volumes.go,
 * awstasks/ebsvolume.go).
 */
export const ETCD_RULES: Rules = {
  // Machines of the control plane know the clusters' names in that order (`EtcdClusterNames`).
  'spec.etcdClusters': ofMember(({ field }) =>
    field === CLUSTERS
      ? says('rolls-control-plane', 'machines know the etcd clusters in their order')
      : LATER,
  ),
  'spec.etcdClusters.version': ofMember(
    says('no-restart', 'etcd-manager changes etcd by itself: no machine is replaced for it'),
  ),
  'spec.etcdClusters.provider': ofMember(says('immutable', 'etcd-manager is the only one left')),
  ...each(
    ['image', 'enableEtcdTLS', 'enableTLSAuth'].map((name) => `spec.etcdClusters.${name}`),
    ofMember(says('no-restart', 'kOps does not use it')),
  ),
  'spec.etcdClusters.backups.backupStore': ofMember(
    says('unknown', 'etcd-manager looks there for what it knows of the cluster: move that first'),
  ),
  'spec.etcdClusters.etcdMembers': ofMember(says('no-restart', 'the order of members means nothing')),
  'spec.etcdClusters.etcdMembers.instanceGroup': ofMember(
    says('immutable', 'a member stays with its instance group: its volume is there'),
  ),
  'spec.etcdClusters.etcdMembers.encryptedVolume': ofMember(
    onAws(unlessItMeans(false, says('immutable', 'a volume is encrypted, or not, from its beginning'))),
  ),
  'spec.etcdClusters.etcdMembers.kmsKeyId': ofMember(onAws(says('immutable', 'a volume keeps its key'))),
  'spec.etcdClusters.etcdMembers.volumeSize': ofMember(onAws(sizeOfVolume)),
  ...each(
    ['volumeType', 'volumeIops', 'volumeThroughput'].map((name) => `spec.etcdClusters.etcdMembers.${name}`),
    ofMember(onAws(VOLUME)),
  ),
};

function sizeOfVolume({ from, to }: ChangeOfField): FieldEffect {
  // Without a number it has kOps's 20 GiB.
  const [was, is] = [from, to].map((size) => (typeof size === 'number' ? size : 20));
  return is !== undefined && was !== undefined && is < was
    ? says('immutable', 'AWS makes no volume smaller')
    : VOLUME;
}

/**
 * The rule for an etcd cluster and a member that are on both sides; of others it is told what becomes of
 * them.
 */
function ofMember(rule: Rule): Rule {
  return (change) => comesOrGoes(change) ?? (typeof rule === 'function' ? rule(change) : rule);
}

function comesOrGoes(change: ChangeOfField): FieldEffect | undefined {
  const name = itemOf(change.field, CLUSTERS);
  const sides = specs(change);
  if (name === undefined || !areKnown(sides)) return undefined;
  const [was, is] = [itemNamed(sides.before.etcdClusters, name), itemNamed(sides.after.etcdClusters, name)];
  if (!was || !is) return clusterComesOrGoes(name, is);
  const member = itemOf(change.field, `${CLUSTERS}[${name}].etcdMembers`);
  return member === undefined ? undefined : memberComesOrGoes(member, was, is);
}

/** Certificates of Cilium's own etcd are on all machines, those of others on the control plane's. */
function clusterComesOrGoes(name: string, is: Data | undefined): FieldEffect {
  if (!is) return says('immutable', 'kOps removes no etcd cluster');
  return says(
    name === 'cilium' ? 'rolls-all' : 'rolls-control-plane',
    'makes volumes for the new etcd cluster',
  );
}

function memberComesOrGoes(name: string, was: Data, is: Data): FieldEffect | undefined {
  const [before, after] = [itemsOf(was.etcdMembers), itemsOf(is.etcdMembers)];
  const [had, has] = [itemNamed(before, name), itemNamed(after, name)];
  if (had && has) return undefined;
  if (before.length === after.length) {
    return says('replaces', 'the volume of the member: it is found by that name, and a new one is empty');
  }
  // The API servers know how many they are (KubeAPIServer.APIServerCount).
  return has
    ? says('rolls-control-plane', 'makes a volume for the new member')
    : says('rolls-control-plane', 'the volume of the member stays');
}

function itemNamed(list: unknown, name: string): Data | undefined {
  return itemsOf(list).find((item) => item.name === name);
}

function itemsOf(list: unknown): Data[] {
  return Array.isArray(list) ? list.filter(isMap) : [];
}
