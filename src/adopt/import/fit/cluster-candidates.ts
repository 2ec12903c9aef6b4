import { isDeepStrictEqual } from 'node:util';
import { isMap } from '../../../core';
import type { ClusterSettings, NetworkingSpec } from '../../../kops';
import { NETWORKING_NAMES, planNetworking } from '../../../kops/networking';
import type { Origin } from '../code/data-code';
import type { FittedProps } from './fitted';
import type { Candidate } from './greedy';
import { valueAt } from './split-fields';
import type { ObjectToFit } from './to-fit';

/** Fields of the spec that a cluster takes as they are, and has none of by itself. */
const PLAIN_FIELDS = [
  'additionalNetworkCIDRs',
  'additionalPolicies',
  'encryptionConfig',
  'networkID',
  'sshKeyName',
  'updatePolicy',
] as const;

/** The props that say fields of the spec as they are. */
export function plainClusterProps({ index, object: { spec } }: ObjectToFit): FittedProps {
  const fields = PLAIN_FIELDS.filter((field) => spec[field] !== undefined);
  return Object.fromEntries(
    fields.map((field) => [
      field,
      { value: spec[field], origins: [{ path: [index, 'spec', field], value: spec[field] }] },
    ]),
  );
}

/** Props that may say parts of a cluster's spec, in the order in which they build upon each other. */
export function clusterCandidates({ index, object }: ObjectToFit, settings: ClusterSettings): Candidate[] {
  const { spec, document } = object;
  const result: Candidate[] = [];
  const add = (name: string, value: unknown, ...fields: readonly (readonly string[])[]) => {
    if (value === undefined) return;
    const origins = fields.map((field): Origin => {
      const path = ['spec', ...field];
      return { path: [index, ...path], value: valueAt(document, path) };
    });
    result.push({ name, value, origins });
  };
  add('topology', 'private', ['topology']);
  add('topology', 'public', ['topology']);
  if (valuesIn(spec.subnets, 'ipv6CIDR').size > 0) add('ipv6', true);
  add('networkCIDR', spec.networkCIDR, ['networkCIDR']);
  for (const egress of valuesIn(spec.subnets, 'egress')) add('egress', egress);
  add('subnets', spec.subnets, ['subnets']);
  const { networking } = spec;
  if (isMap(networking)) {
    for (const name of NETWORKING_NAMES) {
      if (isDeepStrictEqual(planNetworking(name).networking, networking)) {
        add('networking', name, ['networking'], ['kubeProxy']);
      }
    }
    add('networking', networking as NetworkingSpec, ['networking']);
  }
  const isGossip = document.metadata.name.endsWith('.k8s.local');
  for (const dns of isGossip ? ['none', 'gossip'] : ['public', 'private', 'none']) {
    add('dns', dns, ['topology', 'dns']);
  }
  // It makes DNS public where nothing else is said.
  add('dnsZone', spec.dnsZone, ['dnsZone']);
  for (const api of ['public', 'internal', 'dns']) add('api', api, ['api']);
  add('kubernetesApiAccess', spec.kubernetesApiAccess, ['kubernetesApiAccess']);
  add('sshAccess', spec.sshAccess, ['sshAccess']);
  add('channel', spec.channel, ['channel']);
  add('masterPublicName', spec.masterPublicName, ['masterPublicName']);
  add('cloudLabels', ownLabels(spec.cloudLabels, settings.cloudLabels), ['cloudLabels']);
  add('discoveryStore', discoveryStore(document.metadata.name, spec), ['serviceAccountIssuerDiscovery']);
  add('etcdVolume', etcdVolume(spec.etcdClusters), ['etcdClusters']);
  add('etcdClusters', spec.etcdClusters, ['etcdClusters']);
  return result;
}

/** The values that a field has in any of the subnets. */
function valuesIn(subnets: unknown, field: string): Set<unknown> {
  const list = Array.isArray(subnets) ? subnets.filter(isMap) : [];
  return new Set(list.map((subnet) => subnet[field]).filter((value) => value !== undefined));
}

/** Labels that settings around the cluster do not give already. */
function ownLabels(labels: unknown, around: ClusterSettings['cloudLabels'] = {}): object | undefined {
  if (!isMap(labels)) return undefined;
  const own = Object.entries(labels).filter(([name, value]) => around[name] !== value);
  return own.length > 0 ? Object.fromEntries(own) : undefined;
}

function discoveryStore(
  name: string,
  { serviceAccountIssuerDiscovery: discovery }: ObjectToFit['object']['spec'],
) {
  const store = isMap(discovery) ? discovery.discoveryStore : undefined;
  if (typeof store !== 'string' || !store.endsWith(`/${name}`)) return undefined;
  return store.slice(0, -name.length - 1);
}

/** What the volumes of the first member are: all others may be alike. */
function etcdVolume(etcdClusters: unknown): object | undefined {
  const first = valueAt(etcdClusters, [0, 'etcdMembers', 0]);
  if (!isMap(first)) return undefined;
  const { name: _name, instanceGroup: _group, ...volume } = first;
  if (volume.encryptedVolume === true) delete volume.encryptedVolume;
  return Object.keys(volume).length > 0 ? volume : undefined;
}
