import lte from 'semver/functions/lte';
import { didYouMean, type Finding, findingAt } from '../core';
import { ALL_CLUSTERS } from './events';
import { newestKops } from './newest-kops';
import type { WaveDelivery } from './wave-delivery';

/** What is wrong with the waves of a fleet, and what surely is not meant. */
export function waveFindings(waves: readonly WaveDelivery[]): Finding[] {
  return waves.flatMap((delivery, index) => [
    ...canaryFindings(delivery, waves),
    ...nameFindings(delivery),
    ...orderFindings(delivery, waves.slice(0, index)),
    ...(index === 0 ? firstFindings(delivery) : []),
  ]);
}

function canaryFindings({ wave, canary, retired }: WaveDelivery, waves: readonly WaveDelivery[]): Finding[] {
  if (wave.canary === undefined || canary) return [];
  const found = (message: string) => [findingAt(wave, { field: 'canary', message })];
  if (retired.some(({ name }) => name === wave.canary)) {
    return found(
      `"${wave.canary}" is retired, so that nothing would go first: name another cluster of the wave, or none`,
    );
  }
  const other = waves.find(({ clusters }) => clusters.some(({ name }) => name === wave.canary));
  if (other) {
    return found(
      `"${wave.canary}" is in the wave "${other.wave.name}": name a cluster of this one, since all of ${other.wave.name} is rolled out at another time anyway`,
    );
  }
  const names = wave.clusters.map(({ name }) => name);
  const hint = didYouMean(wave.canary, names);
  return found(`expected the name of a cluster of this wave (${some(names)}), got "${wave.canary}"${hint}`);
}

/** A few names of many. */
function some(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown}, and ${names.length - 5} more` : shown;
}

/** Who starts a pipeline by hand would mean all of them. */
function nameFindings({ clusters, retired }: WaveDelivery): Finding[] {
  return [...clusters, ...retired]
    .filter(({ name }) => name === ALL_CLUSTERS)
    .map(({ construct }) => {
      const message = `"${ALL_CLUSTERS}" stands for all clusters where a pipeline is started by hand: give the cluster another name`;
      return findingAt(construct, { message });
    });
}

/** What is new should have been tried by the waves before. */
function orderFindings({ clusters }: WaveDelivery, before: readonly WaveDelivery[]): Finding[] {
  const newest = newestKops(clusters);
  for (const earlier of before) {
    const tried = newestKops(earlier.clusters);
    if (!tried || !newest || lte(newest.version, tried.version)) continue;
    const message = `has ${newest.version}, which is newer than what the wave before has tried ("${earlier.wave.name}" has ${tried.version} at most): raise it there first`;
    return [findingAt(newest.cluster.construct, { field: 'kops', message, severity: 'warning' })];
  }
  return [];
}

/** Of the fleet it holds for the waves that come later. */
function firstFindings({ wave }: WaveDelivery): Finding[] {
  if (!wave.soakIsOwn) return [];
  const message =
    'means nothing for the first wave: there is none before it that could soak. Give it to a later one';
  return [findingAt(wave, { field: 'soak', message, severity: 'warning' })];
}
