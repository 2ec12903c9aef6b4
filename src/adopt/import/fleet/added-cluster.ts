/** A cluster for the fleet: the function that adds it, and where that is. */
export interface AddedCluster {
  readonly functionName: string;
  /** As the fleet's file imports it: `./c.k8s.local/cluster`. */
  readonly from: string;
  /** The name of the wave that it goes to. */
  readonly wave: string;
}

/** The fleet's file with more clusters; or the lines that somebody has to add, and why, as the end of a sentence. */
export type FleetChange = { readonly text: string } | { readonly lines: string[]; readonly why: string };
