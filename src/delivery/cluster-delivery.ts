import type { Construct } from 'constructs';
import type { KopsRelease, StateStore } from '../kops';
import { clusterFile, PIPELINE_FILE } from './files';

/** A cluster as its jobs see it, wherever its manifest comes from. */
export interface ClusterDelivery {
  /** What its settings hold for and its findings are said of. */
  readonly construct: Construct;
  /** The cluster's name in kOps. */
  readonly name: string;
  /** The kOps version that changes it, for instance `1.36.2`. */
  readonly kopsVersion: string | undefined;
  /** The release of that version, for instance `1.36`; undefined where cdkops does not know it. */
  readonly release: KopsRelease | undefined;
  /** Where kOps keeps its state. */
  readonly stateStore: StateStore | undefined;
  /** `spec.configBase`: the place of its state, as kOps says it. */
  readonly configBase: string | undefined;
  /** The manifest's path in the project; undefined where the job renders a template. */
  readonly manifest: string | undefined;
  /** SHA-256, as hex digits, of the documents as data, or of a template's inputs; made when it is asked for. */
  readonly digest: string;
  /**
   * Paths or patterns of which one must have changed for the cluster to have changed; that of its jobs is added.
   */
  readonly changes: readonly string[];
  /** Names of the instance groups; undefined where only the rendered template would say. */
  readonly instanceGroups?: readonly string[];
  /** Flags of `kops toolbox template`, for templates. */
  readonly templateFlags?: readonly string[];
}

/** Paths or patterns of which one must have changed for the cluster's jobs to be there. */
export function changesOf({ name, changes }: ClusterDelivery): string[] {
  return [...new Set([...changes, clusterFile(name, PIPELINE_FILE)])];
}
