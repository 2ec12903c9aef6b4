import type { ClusterSettings, InstanceGroupProps } from '../../../kops';
import type { KopsRelease } from '../../../kops/api';
import type { FittedConstruct, FittedProps } from './fitted';
import type { SplitObject } from './split-fields';

/** An object of the manifest and its index among the cluster's documents. */
export interface ObjectToFit {
  readonly index: number;
  readonly object: SplitObject;
}

/** A group of the manifest. */
export interface GroupToFit {
  /** Its index among the cluster's documents. */
  readonly index: number;
  readonly name: string;
  readonly role: InstanceGroupProps['role'];
  readonly object: SplitObject;
}

/** A cluster of the manifest. */
export interface ClusterToFit {
  readonly cluster: ObjectToFit;
  readonly groups: readonly GroupToFit[];
  /** SSH keys. */
  readonly keys: readonly ObjectToFit[];
  readonly release: KopsRelease;
  /** What holds in the wave that the cluster goes to. */
  readonly settings: ClusterSettings;
  /** Props of the cluster that say which kOps, which store and which Kubernetes. */
  readonly own: FittedProps;
}

/** Constructs that render as a cluster of the manifest. */
export interface FittedCluster {
  readonly cluster: FittedConstruct;
  /** Those that are declared in it. */
  readonly members: readonly FittedConstruct[];
  /** How much there is to read. */
  readonly weight: number;
}
