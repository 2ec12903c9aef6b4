import { UserError } from '../core';
import type { ClusterDelivery } from '../delivery/cluster-delivery';
import { type Delivered, deliver, deliverablesOf } from '../delivery/deliverable';
import { guardAgainst } from './app-error';
import { findApp, findRoot, loadFleet } from './load-fleet';
import { reportFindings } from './report';

/** A fleet for commands that only ask it something. */
export interface OpenFleet {
  /** The project's folder. */
  readonly root: string;
  /** Its clusters, as declared. */
  readonly clusters: readonly (Delivered & { readonly delivery: ClusterDelivery })[];
}

/**
 * Loads the fleet and puts its clusters' manifests together, without checking types and without judging what does not
 * matter to the question; writes nothing. `undefined` where a cluster has a mistake that hides it: it has been told.
 * @throws UserError where there is no fleet.
 */
export async function openFleet(app: string): Promise<OpenFleet | undefined> {
  // Asked before the fleet's code runs, which may go elsewhere.
  const root = findRoot();
  const file = findApp(app);
  const endGuard = guardAgainst(file);
  try {
    const delivered = deliverablesOf(loadFleet(file)).map((cluster) => deliver(cluster, root));
    // One turn of the event loop, so that promises of the fleet's code that failed are heard while the guard stands.
    await new Promise(setImmediate);
    const clusters = delivered.filter(isKnown);
    if (clusters.length === delivered.length) return { root, clusters };
    reportFindings(delivered.flatMap(({ delivery, findings }) => (delivery ? [] : findings)));
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(error.message);
    throw error;
  } finally {
    endGuard();
    process.chdir(root);
  }
}

function isKnown(cluster: Delivered): cluster is Delivered & { readonly delivery: ClusterDelivery } {
  return cluster.delivery !== undefined;
}
