import type { ClusterSettings } from '../../kops';
import type { ChosenKops } from './kops-release';

/** What a cluster is imported into. */
export interface ImportContext {
  readonly kops: ChosenKops;
  /** What holds in the wave that the cluster goes to. */
  readonly settings: ClusterSettings;
  /** `L1`: every object field by field. */
  readonly level: 'L1' | 'L2';
  /** The name of the function that adds the cluster to a wave. */
  readonly functionName: string;
  /**
   * The URL of the state store that the cluster is in, for one whose manifest does not say it.
   * @default - the wave's
   */
  readonly stateStore?: string;
  /**
   * Variables of the environment, in which kOps finds what the URL of some stores does not say.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}
