import type { ClusterImport } from '../adopt/import/import-cluster';
import type { ImportedCluster } from '../adopt/import/imported-cluster';
import type { ChosenKops } from '../adopt/import/kops-release';
import type { ClusterSettings } from '../kops';

/** Options of `cdkops import`. */
export interface ImportOptions {
  /** The file that exports the fleet. */
  readonly app: string;
  /** The wave that the clusters go to. */
  readonly wave?: string;
  /** The kOps version of the clusters. */
  readonly kops?: string;
  /** The URL of the state store, for manifests that do not say it. */
  readonly state?: string;
  /** Whether every object is written field by field. */
  readonly l1?: boolean;
  /** Whether what most clusters have in common becomes a class. */
  readonly factor?: boolean;
  /** Whether files that are there are overwritten. */
  readonly force?: boolean;
  /** How long kops may take for each cluster of a state store, in seconds. */
  readonly timeout: number;
}

/** A cluster on its way into the fleet. */
export interface Imported {
  readonly cluster: ImportedCluster;
  readonly kops: ChosenKops;
  readonly code: ClusterImport;
  /** What holds in the wave that it goes to. */
  readonly settings: ClusterSettings;
  readonly functionName: string;
  /** The file of the code, relative to the project. */
  readonly file: string;
  /** The file of what `kops get all` prints besides; `undefined` where there is nothing. */
  readonly addonsFile: string | undefined;
}
