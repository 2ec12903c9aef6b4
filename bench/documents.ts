import type { KopsDocument } from '../src';
import { fleetOf } from './fleet';

/** The documents that cdkops writes for the bench's clusters, for the peers to write as well. */
export function documents(clusters: number): KopsDocument[][] {
  return fleetOf(clusters).clusters.map((cluster) =>
    cluster.manifest().objects.map(({ document }) => structuredClone(document)),
  );
}
