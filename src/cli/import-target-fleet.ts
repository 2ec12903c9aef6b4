import type { Problem } from '../core';
import type { ClusterSettings } from '../kops';

/** The wave for clusters of which nobody says where they belong. */
export const NEW_WAVE = 'imported';

/** The fleet that clusters are imported into. */
export interface TargetFleet {
  /** The text of its file, as far as there is one. */
  readonly text: string;
  /** The wave that new clusters go to. */
  readonly wave: string;
  /** The names of the waves that it has. */
  readonly waves: readonly string[];
  /** Whether there is a fleet already. */
  readonly exists: boolean;
  /** What holds for a cluster: in the wave that it goes to, or in which it is already. */
  settingsFor(cluster: string): ClusterSettings;
  /** Why a cluster cannot be added with a file of its own. */
  conflict(cluster: string, file: string): Problem | undefined;
}
