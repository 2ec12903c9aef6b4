import type { Problem } from '../../core';
import type { ClusterSpec, InstanceGroupSpec } from '../api';
import type { RenderedObject } from '../document';

/** A cluster's manifest as rules see it: the structure is known to be right. */
export interface ClusterDocuments {
  readonly cluster: RenderedObject;
  /** The kOps version that will read the manifest, where it is known. */
  readonly kopsVersion?: string;
  readonly spec: ClusterSpec;
  readonly groups: readonly GroupDocument[];
  readonly all: readonly RenderedObject[];
}

/** One instance group of the manifest. */
export interface GroupDocument extends RenderedObject {
  readonly spec: InstanceGroupSpec;
}

/** A problem and the object that has it. */
export interface RuleProblem extends Problem {
  readonly object: RenderedObject;
}

/** One family of what kOps would reject: a pure function over a cluster's documents. */
export type Rule = (documents: ClusterDocuments) => Iterable<RuleProblem>;

/** Whether a cluster is on AWS, which is also what kOps takes it for where nothing is said. */
export function isAws({ spec }: Pick<ClusterDocuments, 'spec'>): boolean {
  return spec.cloudProvider === undefined || spec.cloudProvider === 'aws';
}
