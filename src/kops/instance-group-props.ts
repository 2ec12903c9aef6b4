import { type Override, shape } from '../core';
import type { InstanceGroupRole, InstanceGroupSpec } from './api';
import { KOPS_OBJECT_MEMBERS, type KopsObjectOptions } from './kops-object';

/** How a group uses spot instances. */
export interface SpotOptions {
  /**
   * Machines that are bought at the full price all the same.
   * @default 0
   */
  readonly onDemandBase?: number;

  /**
   * How many of every hundred machines above those are.
   * @default 0
   */
  readonly onDemandAboveBase?: number;

  /**
   * How AWS chooses among the machine types.
   * @default 'capacity-optimized'
   */
  readonly spotAllocationStrategy?: NonNullable<
    InstanceGroupSpec['mixedInstancesPolicy']
  >['spotAllocationStrategy'];
}

/** The fields of kOps's spec that a group takes as they are. */
type SpecFields = Pick<
  InstanceGroupSpec,
  | 'additionalSecurityGroups'
  | 'additionalUserData'
  | 'associatePublicIp'
  | 'cloudLabels'
  | 'image'
  | 'instanceMetadata'
  | 'maxPrice'
  | 'maxSize'
  | 'minSize'
  | 'nodeLabels'
  | 'rootVolumeEncryption'
  | 'rootVolumeEncryptionKey'
  | 'rootVolumeIops'
  | 'rootVolumeSize'
  | 'rootVolumeThroughput'
  | 'rootVolumeType'
  | 'subnets'
  | 'taints'
  | 'tenancy'
  | 'volumeMounts'
  | 'volumes'
>;

/** What all instance groups have in common. */
export interface CommonInstanceGroupProps
  extends KopsObjectOptions,
    Omit<SpecFields, 'image' | 'maxSize' | 'minSize' | 'subnets'> {
  /**
   * The machine image: an AMI id, `owner/name`, or `ssm:/path`.
   * @default - that of the cluster
   */
  readonly image?: string;

  /**
   * The machine type. Several of them, the preferred one first, become a mixed instances policy.
   * @default - that of `kops create cluster`: t3.medium, for bastions t3.micro; t4g for an ARM image is yours to choose
   */
  readonly machineType?: string | readonly string[];

  /**
   * Anything else that kOps knows of instance groups, laid over what the props give: maps merge, lists with names merge
   * by name, other lists are replaced, `null` takes a field away.
   * @default - nothing else
   */
  readonly spec?: Override<InstanceGroupSpec>;
}

/** Props of an instance group whose sizes and places are free. */
export interface SizedInstanceGroupProps extends CommonInstanceGroupProps, Pick<SpecFields, 'subnets'> {
  /**
   * The fewest machines.
   * @default - 1, or 0 where `maxSize` is
   */
  readonly minSize?: number;

  /**
   * The most machines.
   * @default - `minSize`
   */
  readonly maxSize?: number;

  /**
   * The availability zones to spread over; each must have a subnet.
   * @default - all zones of the cluster
   */
  readonly zones?: readonly string[];

  /**
   * Buy the machines on the spot market: `true` for all of them.
   * @default false
   */
  readonly spot?: boolean | SpotOptions;
}

/** Props of an instance group of any role. */
export interface InstanceGroupProps extends SizedInstanceGroupProps {
  /** What the machines do. */
  readonly role: Exclude<InstanceGroupRole, 'Master'>;
}

/** What props of all groups look like; fields that go to the spec as they are get judged there. */
export const COMMON_MEMBERS: shape.Members<CommonInstanceGroupProps> = {
  ...KOPS_OBJECT_MEMBERS,
  additionalSecurityGroups: shape.data,
  additionalUserData: shape.data,
  associatePublicIp: shape.data,
  cloudLabels: shape.data,
  image: shape.data,
  instanceMetadata: shape.dataMap,
  machineType: shape.either(shape.text, shape.list(shape.text)),
  maxPrice: shape.data,
  nodeLabels: shape.dataMap,
  rootVolumeEncryption: shape.data,
  rootVolumeEncryptionKey: shape.data,
  rootVolumeIops: shape.data,
  rootVolumeSize: shape.data,
  rootVolumeThroughput: shape.data,
  rootVolumeType: shape.data,
  spec: shape.dataMap,
  taints: shape.data,
  tenancy: shape.data,
  volumeMounts: shape.data,
  volumes: shape.data,
};

/** What props of a group of free size and place look like. */
export const SIZED_MEMBERS: shape.Members<SizedInstanceGroupProps> = {
  ...COMMON_MEMBERS,
  maxSize: shape.integer(),
  minSize: shape.integer(),
  spot: shape.either(
    shape.flag,
    shape.object<SpotOptions>({
      onDemandAboveBase: shape.integer(0, 100),
      onDemandBase: shape.integer(0),
      spotAllocationStrategy: shape.text,
    }),
  ),
  subnets: shape.distinct(shape.text),
  zones: shape.distinct(shape.text),
};

/** What props of a group of any role look like. */
export const INSTANCE_GROUP_MEMBERS: shape.Members<InstanceGroupProps> = {
  ...SIZED_MEMBERS,
  role: shape.required(shape.oneOf('ControlPlane', 'Node', 'Bastion', 'APIServer')),
};

/** Props with the role that a kind of group stands for. What is no object stays: the check of props tells. */
export function ofRole<T extends object>(
  props: T,
  role: InstanceGroupProps['role'],
): T & Pick<InstanceGroupProps, 'role'> {
  return typeof props === 'object' ? { ...props, role } : props;
}
