import { stateStoreProp } from '../adopt/import/fit/state-store-code';
import { newFleetFile } from '../adopt/import/fleet/fleet-file';
import type { ImportedCluster } from '../adopt/import/imported-cluster';
import { chooseKops } from '../adopt/import/kops-release';
import { storeOf } from '../adopt/import/state-store-url';
import { UserError } from '../core';
import { WAVE_NAME } from '../delivery/wave';
import type { ClusterSettings, StateStore } from '../kops';
import type { ImportOptions } from './import-options';
import { NEW_WAVE, type TargetFleet } from './import-target-fleet';

/**
 * A fleet for a project that has none: with what most of the clusters have, a store, a kOps, a Kubernetes.
 * @throws UserError where the wave cannot be called so.
 */
export function newFleet(
  { wave = NEW_WAVE, kops, state }: ImportOptions,
  clusters: readonly ImportedCluster[],
): TargetFleet {
  if (!WAVE_NAME.test(wave)) {
    throw new UserError(
      `--wave: expected a name of small letters, digits and dashes that begins with a letter, got ${JSON.stringify(wave)}`,
    );
  }
  const specs = clusters.map(({ documents }) => documents[0]?.document.spec ?? {});
  const version =
    kops ?? mostCommon(clusters.map((cluster) => chooseKops(cluster, undefined, undefined).version)) ?? '';
  const kubernetesVersion = mostCommon(specs.map((spec) => spec.kubernetesVersion));
  const store = mostCommon(clusters.map((cluster) => storeOf(cluster) ?? state));
  const stateStore = store === undefined ? undefined : stateStoreProp(store, process.env);
  const settings: ClusterSettings = {
    ...(stateStore && { stateStore: stateStore.value as StateStore }),
    kops: version,
    ...(typeof kubernetesVersion === 'string' && { kubernetesVersion }),
  };
  return {
    text: newFleetFile({
      stateStore: stateStore?.code,
      kops: version,
      kubernetesVersion: settings.kubernetesVersion,
    }),
    wave,
    waves: [],
    exists: false,
    settingsFor: () => settings,
    conflict: () => undefined,
  };
}

function mostCommon<T>(values: readonly (T | undefined)[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, few], [, many]) => many - few)[0]?.[0];
}
