import rcompare from 'semver/functions/rcompare';
import type { ClusterDelivery } from './cluster-delivery';
import { isKopsVersion } from './kops-lock';

/** A cluster with the newest kOps of all, and that version; none where no version is one. */
export function newestKops(
  clusters: readonly ClusterDelivery[],
): { readonly cluster: ClusterDelivery; readonly version: string } | undefined {
  const [newest] = clusters
    .flatMap((cluster) => {
      const { kopsVersion: version = '' } = cluster;
      return isKopsVersion(version) ? [{ cluster, version }] : [];
    })
    .sort((one, other) => rcompare(one.version, other.version));
  return newest;
}
