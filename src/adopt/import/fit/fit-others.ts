import type { Cluster, InstanceGroupProps } from '../../../kops';
import type { KopsRelease } from '../../../kops/api';
import { layoutOf } from '../../../kops/cluster-layout';
import { commonProps } from './common-props';
import { fitGroup } from './fit-group';
import { plainGroup } from './fit-plain';
import { type FittedConstruct, type FittedProp, type FittedProps, valuesOf, weightOf } from './fitted';
import type { GroupToFit } from './to-fit';

const CLASSES: Readonly<Partial<Record<InstanceGroupProps['role'], string>>> = {
  Node: 'NodeGroup',
  Bastion: 'Bastion',
  ControlPlane: 'InstanceGroup',
  APIServer: 'InstanceGroup',
};

/** Groups as constructs of their own; those that differ by their zone alone as one, for each of the zones. */
export function fitOthers(
  groups: readonly GroupToFit[],
  cluster: Cluster,
  release: KopsRelease,
): FittedConstruct[] {
  const rows = rowsOf(groups, cluster, release);
  const done = new Set<GroupToFit>();
  return groups.flatMap((group): FittedConstruct[] => {
    if (done.has(group)) return [];
    const row = rows.find(({ members }) => members[0]?.group === group);
    const repeated = row && fitRow(row);
    for (const member of repeated ? row.members : [{ group }]) done.add(member.group);
    return [repeated ?? fitAlone(group, cluster, release)];
  });
}

/** Groups that are called alike but for their zones. */
interface Row {
  readonly prefix: string;
  readonly suffix: string;
  readonly members: readonly Member[];
}

/** One of them, and its props besides the zone. */
interface Member {
  readonly group: GroupToFit;
  readonly zone: string;
  readonly fit: FittedProps;
}

/** Names that can stand in a template as they are. */
const PLAIN_NAME = /^[\w.-]*$/;

function rowsOf(groups: readonly GroupToFit[], cluster: Cluster, release: KopsRelease): Row[] {
  const zones = [...new Set(layoutOf(cluster).subnets.flatMap(({ zone }) => zone ?? []))];
  // The longest first: a zone may be the beginning of another.
  zones.sort((one, other) => other.length - one.length);
  const rows = new Map<string, { prefix: string; suffix: string; members: Member[] }>();
  for (const group of groups) {
    const zone = zones.find((one) => group.name.includes(one));
    if (!zone || !PLAIN_NAME.test(group.name)) continue;
    const [prefix = '', ...rest] = group.name.split(zone);
    const suffix = rest.join(zone);
    const fit = fitGroup(group, cluster, release, { zones: [zone] });
    // Control planes stay together or apart: the order of their groups is that of etcd's members.
    const own = group.role === 'ControlPlane' ? '' : valuesOf(fit);
    const key = JSON.stringify([group.role, prefix, suffix, own]);
    const row = rows.get(key) ?? { prefix, suffix, members: [] };
    row.members.push({ group, zone, fit });
    rows.set(key, row);
  }
  return [...rows.values()].filter(({ members }) => members.length > 1);
}

function fitRow({ prefix, suffix, members }: Row): FittedConstruct | undefined {
  const groups = members.map(({ group }) => group);
  const [first] = groups;
  const className = first && CLASSES[first.role];
  const common = commonProps(members.map(({ fit }) => fit));
  if (!className || !common) return undefined;
  const zone: FittedProp = {
    value: ['zone'],
    code: { kind: 'list', items: [{ value: { kind: 'raw', text: 'zone' } }] },
    origins: groups.map(({ index, object }) => ({
      path: [index, 'spec', 'subnets'],
      value: object.document.spec.subnets,
    })),
  };
  const role: FittedProps = className === 'InstanceGroup' ? { role: roleProp(first) } : {};
  return {
    className,
    id: `${prefix}\${zone}${suffix}`,
    zones: members.map((member) => member.zone),
    props: { ...role, ...common, zones: zone },
    documents: groups.map(({ index }) => index),
  };
}

/** A group as a construct of its own; field by field where that is less to read. */
function fitAlone(group: GroupToFit, cluster: Cluster, release: KopsRelease): FittedConstruct {
  const { index, name: id, role } = group;
  const className = CLASSES[role];
  if (!className) return plainGroup(group);
  const fitted = fitGroup(group, cluster, release);
  const props = className === 'InstanceGroup' ? { role: roleProp(group), ...fitted } : fitted;
  const plain = plainGroup(group);
  return weightOf(props) <= weightOf(plain.props) + 1 ? { className, id, props, documents: [index] } : plain;
}

function roleProp({ index, role, object: { document } }: GroupToFit): FittedProp {
  return { value: role, origins: [{ path: [index, 'spec', 'role'], value: document.spec.role }] };
}
