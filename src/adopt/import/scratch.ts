import type { IConstruct } from 'constructs';
import { Fleet, Wave } from '../../delivery';
import type { ClusterSettings } from '../../kops';
import { CLUSTER_SETTING_MEMBERS, clusterSettings } from '../../kops/settings';

/** The settings that hold for clusters in a wave. */
export function settingsOf(wave: IConstruct): ClusterSettings {
  const names = Object.keys(CLUSTER_SETTING_MEMBERS) as (keyof ClusterSettings)[];
  const entries = names.map((name) => [
    name,
    name === 'cloudLabels' && clusterSettings.get(wave, name) !== undefined
      ? clusterSettings.merged(wave, name)
      : clusterSettings.get(wave, name),
  ]);
  return Object.fromEntries(entries);
}

/** A wave in which clusters render as in one with these settings: to try things in, and to throw away. */
export function scratchWave(settings: ClusterSettings): Wave {
  return new Wave(new Fleet({ pipeline: false }), 'imported', settings);
}
