import { isDeepStrictEqual } from 'node:util';
import { isMap } from '../../../core';
import { Bastion, Cluster, type ClusterProps, ControlPlane, KopsInstanceGroup } from '../../../kops';
import { layoutOf } from '../../../kops/cluster-layout';
import { scratchWave } from '../scratch';
import { clusterCandidates, plainClusterProps } from './cluster-candidates';
import { fitMembers } from './fit-members';
import { plainKey } from './fit-plain';
import { type FittedProps, valuesOf, weightOf } from './fitted';
import { shortest } from './greedy';
import { leftover, weightOfLeftover } from './leftover';
import { overlay } from './override';
import type { ClusterToFit, FittedCluster, GroupToFit } from './to-fit';
import { trying } from './trying';

/** Subnets by their own prop read better than laid over others. */
const SUBNETS_LAID_OVER = 50;

/**
 * The L2 constructs by which a cluster on AWS takes the least to read. `undefined` where there are none: on other clouds,
 * without subnets in zones, without a control plane.
 */
export function fitCluster(given: ClusterToFit): FittedCluster | undefined {
  const { spec } = given.cluster.object;
  if (spec.cloudProvider !== 'aws' || !given.groups.some(({ role }) => role === 'ControlPlane'))
    return undefined;
  const fits = zonesToTry(given).flatMap((zones) =>
    (['kops', 'secure'] as const).map((defaults) => fitWith(given, zones, defaults)),
  );
  return fits.sort((one, other) => one.weight - other.weight)[0];
}

/** Zones of the nodes: those of all subnets, or of the groups of nodes, where control planes have others. */
function zonesToTry({ cluster, groups }: ClusterToFit): string[][] {
  const { subnets } = cluster.object.spec;
  if (
    !Array.isArray(subnets) ||
    !subnets.every((subnet) => isMap(subnet) && typeof subnet.zone === 'string')
  ) {
    return [];
  }
  const zoneOf = new Map(subnets.map(({ name, zone }) => [name as unknown, zone as string]));
  const all = [...new Set(zoneOf.values())];
  const ofNodes = new Set(
    groups
      .filter(({ role }) => role === 'Node')
      .flatMap(({ object }) => (Array.isArray(object.spec.subnets) ? object.spec.subnets : []))
      .flatMap((name) => zoneOf.get(name) ?? []),
  );
  const some = all.filter((zone) => ofNodes.has(zone));
  const ways = [[...all].sort(), all, some];
  return ways.filter(
    (zones, index) => zones.length > 0 && ways.findIndex((way) => isDeepStrictEqual(way, zones)) === index,
  );
}

function fitWith(given: ClusterToFit, zones: readonly string[], defaults: 'kops' | 'secure'): FittedCluster {
  const { cluster, groups, keys, release, settings, own } = given;
  const { index, object } = cluster;
  const name = object.document.metadata.name;
  const needed: FittedProps = {
    ...own,
    ...((settings.defaults ?? 'secure') !== defaults && { defaults: { value: defaults } }),
    zones: { value: zones, origins: [] },
    ...plainClusterProps(cluster),
  };
  const start = (props: FittedProps, wave = scratchWave(settings)) =>
    new Cluster(wave, name, valuesOf(props) as unknown as ClusterProps);
  const image = commonImage(given, needed, start);
  const based = { ...needed, ...image };
  const laidOut = start({ ...based, subnets: { value: object.spec.subnets } });
  const members = fitMembers(groups, laidOut, release);
  const wave = scratchWave(settings);
  const make = (props: FittedProps) => {
    const tried = start(props, wave);
    if (members.controlPlane) new ControlPlane(tried, 'control-plane', members.controlPlane.value as object);
    for (const { name: id, role } of groups) {
      if (role === 'ControlPlane' && !members.controlPlane)
        new KopsInstanceGroup(tried, id, { spec: { role } });
    }
    if (groups.some(({ role }) => role === 'Bastion')) new Bastion(tried);
    return tried;
  };
  const render = (props: FittedProps, override?: Readonly<Record<string, unknown>>) =>
    trying(
      () => make({ ...props, ...(override && { spec: { value: override } }) }),
      (tried) => tried.render(release).document.spec,
    );
  const weigh = (props: FittedProps) => {
    const { override, patches } = overlay(render(props), object.spec);
    const laidOver = override?.subnets ? SUBNETS_LAID_OVER : 0;
    return weightOf(props) + weightOfLeftover(override, patches) + laidOver;
  };
  const props = shortest(based, clusterCandidates(cluster, settings), weigh);
  const [key, ...moreKeys] = keys.map(plainKey);
  // The one key that kOps knows is a prop of the cluster, where there is no more to it than its text.
  const isProp =
    key?.id === 'admin' && moreKeys.length === 0 && Object.keys(key.props).join() === 'publicKey';
  const all: FittedProps = {
    ...props,
    ...(isProp && { sshPublicKey: key.props.publicKey }),
    ...members.props,
    ...leftover(index, object, (override) => render(props, override)),
  };
  const constructs = [...members.constructs, ...(key && !isProp ? [key, ...moreKeys] : [])];
  return {
    cluster: { className: 'Cluster', id: name, props: all, documents: [index] },
    members: constructs,
    weight: constructs.reduce((sum, construct) => sum + 2 + weightOf(construct.props), weightOf(all)),
  };
}

/** The image of most groups, where the cluster would give them another. */
function commonImage(
  { cluster, groups }: ClusterToFit,
  props: FittedProps,
  start: (props: FittedProps) => Cluster,
): FittedProps {
  const uses = new Map<string, GroupToFit[]>();
  for (const group of groups) {
    const { image } = group.object.spec;
    if (typeof image === 'string') uses.set(image, [...(uses.get(image) ?? []), group]);
  }
  const [most] = [...uses].sort(([, some], [, others]) => others.length - some.length);
  if (!most) return {};
  const [image, users] = most;
  const layout = layoutOf(start({ ...props, subnets: { value: cluster.object.spec.subnets } }));
  const isUsual = ({ object: { spec } }: GroupToFit) =>
    layout.image(spec.machineType as string | undefined) === spec.image;
  if (groups.filter(isUsual).length >= users.length) return {};
  const origins = users.map(({ index }) => ({ path: [index, 'spec', 'image'], value: image }));
  return { image: { value: image, origins } };
}
