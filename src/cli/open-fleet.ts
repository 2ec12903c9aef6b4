import * as path from 'node:path';
import type { ClusterDelivery } from '../delivery/cluster-delivery';
import { type Delivered, deliver, deliverablesOf } from '../delivery/deliverable';
import type { Fleet } from '../delivery/fleet';
import type { KopsDigests } from '../delivery/kops-lock';
import type { FleetOverview } from '../delivery/overview';
import { synthesise } from '../synth';
import { guardAgainst } from './app-error';
import { findApp, findRoot, loadFleet } from './load-fleet';
import { reportFindings } from './report';

/** A cluster of a fleet that synth takes. */
export type OpenCluster = Delivered & { readonly delivery: ClusterDelivery };

/** A fleet for commands that only ask it something. */
export interface OpenFleet {
  /** The project's folder. */
  readonly root: string;
  /** Its clusters, as declared. */
  readonly clusters: readonly OpenCluster[];
  /** Its waves and clusters at a glance. */
  readonly overview: FleetOverview;
}

/**
 * Loads the fleet and its clusters, without checking types; writes nothing. `undefined` where synth would refuse the
 * fleet: what is wrong has been told, and no answer is better than one that was built on it.
 * @throws UserError where there is no fleet.
 */
export async function openFleet(app: string): Promise<OpenFleet | undefined> {
  // Asked before the fleet's code runs, which may go elsewhere.
  const root = findRoot();
  const file = findApp(app);
  const endGuard = guardAgainst(file);
  try {
    const fleet = loadFleet(file);
    const name = path.relative(root, file).split(path.sep).join('/');
    const { findings, overview } = synthesise(fleet, name, { root, lock: new AnyVersion() });
    // One turn of the event loop, so that promises of the fleet's code that failed are heard while the guard stands.
    await new Promise(setImmediate);
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (reportFindings(errors)) return undefined;
    return { root, overview, clusters: clustersOf(fleet, root) };
  } finally {
    endGuard();
    process.chdir(root);
  }
}

/** Which binaries are pinned is no question here: the command `lock` is what pins them. */
class AnyVersion extends Map<string, KopsDigests> {
  public override get(): KopsDigests {
    return { amd64: '', arm64: '' };
  }
}

function clustersOf(fleet: Fleet, root: string): OpenCluster[] {
  return deliverablesOf(fleet)
    .map((cluster) => deliver(cluster, root))
    .filter((cluster): cluster is OpenCluster => cluster.delivery !== undefined);
}
