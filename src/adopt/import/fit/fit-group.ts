import { isMap } from '../../../core';
import { type Cluster, InstanceGroup, type InstanceGroupProps, type KopsDocument } from '../../../kops';
import type { KopsRelease } from '../../../kops/api';
import { layoutOf } from '../../../kops/cluster-layout';
import { GROUP_LABEL } from '../../../kops/instance-group';
import type { Origin } from '../code/data-code';
import { type FittedProps, valuesOf, weightOf } from './fitted';
import { type Candidate, shortest } from './greedy';
import { leftover, weightOfLeftover } from './leftover';
import { overlay } from './override';
import type { SplitObject } from './split-fields';
import type { GroupToFit } from './to-fit';
import { trying } from './trying';

/** Fields of the spec that a group takes as they are. */
const PLAIN_FIELDS = [
  'additionalSecurityGroups',
  'additionalUserData',
  'associatePublicIp',
  'cloudLabels',
  'maxPrice',
  'rootVolumeEncryption',
  'rootVolumeEncryptionKey',
  'rootVolumeIops',
  'rootVolumeSize',
  'rootVolumeThroughput',
  'rootVolumeType',
  'taints',
  'tenancy',
  'volumeMounts',
  'volumes',
] as const;

/**
 * The props by which an instance group of a cluster renders as the manifest has it.
 * @param cluster - a cluster laid out as the manifest's, to try props in
 * @param fixed - props that something around the group will give it: they are not among the result
 */
export function fitGroup(
  group: GroupToFit,
  cluster: Cluster,
  release: KopsRelease,
  fixed: Partial<InstanceGroupProps> = {},
): FittedProps {
  const { index, name, role, object } = group;
  const { spec } = object;
  const render = (props: FittedProps, own: Readonly<Record<string, unknown>> | undefined) => {
    const given = { role, ...fixed, ...valuesOf(props), ...(own && { spec: own }) };
    return trying(
      () => new InstanceGroup(cluster, name, given),
      (group) => group.render(release).document.spec,
    );
  };
  const weigh = (props: FittedProps) => {
    const { override, patches } = overlay(render(props, undefined), spec);
    return weightOf(props) + weightOfLeftover(override, patches);
  };
  const props = shortest(plainProps(index, object), candidates(group, cluster, fixed), weigh);
  return { ...props, ...leftover(index, object, (own) => render(props, own)) };
}

/** Fields that a group takes as they are. */
function plainProps(index: number, { document, spec }: SplitObject): FittedProps {
  const fields = PLAIN_FIELDS.filter((field) => spec[field] !== undefined);
  return Object.fromEntries(
    fields.map((field) => [field, { value: spec[field], origins: originsOf(index, document, field) }]),
  );
}

function candidates(
  { index, name, object: { document, spec } }: GroupToFit,
  cluster: Cluster,
  fixed: Partial<InstanceGroupProps>,
): Candidate[] {
  const result: Candidate[] = [];
  const add = (prop: string, value: unknown, ...fields: readonly string[]) => {
    if (value === undefined || prop in fixed) return;
    result.push({ name: prop, value, origins: fields.flatMap((field) => originsOf(index, document, field)) });
  };
  const { image, machineType, minSize, maxSize, nodeLabels, instanceMetadata, subnets } = spec;
  add('machineType', machineType, 'machineType');
  for (const [types, spot] of mixedTypes(spec)) {
    add('machineType', types, 'mixedInstancesPolicy', 'machineType');
    add('spot', spot, 'mixedInstancesPolicy');
  }
  add('image', image, 'image');
  add('minSize', minSize, 'minSize');
  add('maxSize', maxSize, 'maxSize');
  if (isMap(nodeLabels)) {
    const { [GROUP_LABEL]: group, ...own } = nodeLabels;
    add('nodeLabels', group === name ? own : nodeLabels, 'nodeLabels');
  }
  if (isMap(instanceMetadata)) {
    const { httpTokens, ...own } = instanceMetadata;
    add('instanceMetadata', instanceMetadata, 'instanceMetadata');
    if (httpTokens === 'required') add('instanceMetadata', own, 'instanceMetadata');
  }
  const zones = zonesOf(subnets, cluster);
  add('zones', zones, 'subnets');
  if (isTexts(subnets)) add('subnets', subnets, 'subnets');
  return result;
}

/** The machine types of a mixed instances policy, and whether they are bought on the spot market. */
function* mixedTypes({ mixedInstancesPolicy: policy }: SplitObject['spec']): Iterable<[unknown, unknown]> {
  if (!isMap(policy) || !isTexts(policy.instances) || policy.instances.length === 0) return;
  const { instances, onDemandBase, onDemandAboveBase, spotAllocationStrategy } = policy;
  const types = instances.length === 1 ? instances[0] : instances;
  yield [types, undefined];
  const isPlain = onDemandBase === 0 && onDemandAboveBase === 0;
  if (isPlain && spotAllocationStrategy === 'capacity-optimized') yield [types, true];
  const options = {
    ...(onDemandBase !== 0 && { onDemandBase }),
    ...(onDemandAboveBase !== 0 && { onDemandAboveBase }),
    ...(spotAllocationStrategy !== 'capacity-optimized' && { spotAllocationStrategy }),
  };
  const isWhole = Object.values(options).every((value) => value !== undefined);
  if (isWhole && Object.keys(options).length > 0) yield [types, options];
}

/** The zones of subnets, as they are named in turn. */
function zonesOf(subnets: unknown, cluster: Cluster): string[] | undefined {
  if (!isTexts(subnets)) return undefined;
  const known = new Map(layoutOf(cluster).subnets.map(({ name, zone }) => [name, zone]));
  const zones = subnets.map((name) => known.get(name));
  return zones.every((zone) => zone !== undefined) ? [...new Set(zones)] : undefined;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function originsOf(index: number, document: KopsDocument, field: string): Origin[] {
  return [{ path: [index, 'spec', field], value: document.spec[field] }];
}
