import { isDeepStrictEqual } from 'node:util';
import type { Cluster } from '../../../kops';
import type { KopsRelease } from '../../../kops/api';
import { sizeInZone, zoneGroupName } from '../../../kops/cluster';
import { layoutOf } from '../../../kops/cluster-layout';
import { memberGroupName } from '../../../kops/control-plane';
import { commonProps } from './common-props';
import { fitGroup } from './fit-group';
import { type FittedProp, type FittedProps, propsCode, valuesOf } from './fitted';
import type { GroupToFit } from './to-fit';

/** Groups that one prop of the cluster makes. */
export interface Part {
  readonly groups: readonly GroupToFit[];
  readonly prop: FittedProp;
}

/** Whether the prop says no more than that they are there. */
export function isEmpty({ prop }: Part): boolean {
  return Object.keys(prop.value as object).length === 0;
}

function partOf(groups: readonly GroupToFit[], props: FittedProps): Part {
  // Comments above a whole group stand above the prop.
  const origins = groups.map(({ index, object }) => ({ path: [index], value: object.document }));
  return { groups, prop: { value: valuesOf(props), code: propsCode(props), origins } };
}

/** The control plane, where its groups are those that `ControlPlane` makes. */
export function fitControlPlane(
  groups: readonly GroupToFit[],
  cluster: Cluster,
  release: KopsRelease,
): Part | undefined {
  const members = groups.filter(({ role }) => role === 'ControlPlane');
  const zones = layoutOf(cluster).subnets.flatMap(({ zone }) => zone ?? []);
  const places = members.map(({ name }) => zones.find((zone) => memberName(zone).test(name)));
  if (members.length === 0 || !places.every((zone) => zone !== undefined)) return undefined;
  const own = [...new Set(places)];
  const count = members.length;
  const names = (of: readonly string[]) =>
    Array.from({ length: count }, (_, at) => memberGroupName(of, count, at));
  const areTheirs = (of: readonly string[]) =>
    of.length > 0 && isDeepStrictEqual(names(of).sort(), members.map(({ name }) => name).sort());
  const said: FittedProps | undefined = areTheirs(layoutOf(cluster).zones)
    ? count === 1
      ? {}
      : { count: { value: count } }
    : areTheirs(own)
      ? { ...(count !== own.length && { count: { value: count } }), zones: { value: own } }
      : undefined;
  if (!said) return undefined;
  const common = commonProps(
    members.map((group, at) => {
      return fitGroup(group, cluster, release, { zones: [places[at] ?? ''], minSize: 1, maxSize: 1 });
    }),
  );
  return common && partOf(members, { ...common, ...said });
}

function memberName(zone: string): RegExp {
  return new RegExp(`^control-plane-${zone.replaceAll(/[^\w-]/g, '\\$&')}(?:-\\d+)?$`);
}

/** The nodes, where each zone has a group of its own, as the cluster makes them by itself. */
export function fitNodes(
  groups: readonly GroupToFit[],
  cluster: Cluster,
  release: KopsRelease,
): Part | undefined {
  const zones = layoutOf(cluster).zones;
  const members = zones.map((zone) =>
    groups.find(({ name, role }) => role === 'Node' && name === zoneGroupName(zone)),
  );
  if (members.length === 0 || !members.every((group) => group !== undefined)) return undefined;
  const sizes = members.map(({ object: { spec } }) => spec.minSize);
  const count = sizes.reduce((sum: number, size) => sum + (Number.isInteger(size) ? Number(size) : NaN), 0);
  const isShared = members.every(({ object: { spec } }, index) => {
    const size = sizeInZone(count, zones.length, index);
    return spec.minSize === size && spec.maxSize === size;
  });
  if (!isShared) return undefined;
  const common = commonProps(
    members.map((group, at) => {
      const size = sizes[at] as number;
      return fitGroup(group, cluster, release, { zones: [zones[at] ?? ''], minSize: size, maxSize: size });
    }),
  );
  if (!common) return undefined;
  return partOf(members, { ...common, ...(count !== zones.length && { count: { value: count } }) });
}

/** The bastions, where they are called as the cluster calls them. */
export function fitBastion(
  groups: readonly GroupToFit[],
  cluster: Cluster,
  release: KopsRelease,
): Part | undefined {
  const [bastion, ...more] = groups.filter(({ role }) => role === 'Bastion');
  if (bastion?.name !== 'bastions' || more.length > 0) return undefined;
  return partOf([bastion], fitGroup(bastion, cluster, release));
}
