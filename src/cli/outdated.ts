import { didYouMean, UserError } from '../core';
import { judgeVersions, KNOWN_RELEASES, type KnownReleases } from '../kops/upgrades';
import { openFleet } from './open-fleet';
import { type JudgedCluster, type OutdatedFleet, outdatedAsJson, outdatedAsText } from './outdated-report';
import { type ChannelPlace, findChannel, readChannel } from './read-channel';

/** Options of `cdkops outdated`. */
export interface OutdatedOptions {
  /** The file that exports the fleet. */
  readonly app: string;
  /** Whether to ask kOps's own channel. */
  readonly online?: boolean;
  /** The channel to ask, and not the one that ships with this package. */
  readonly channel?: string;
  /** How long an answer may take, in seconds. */
  readonly timeout: number;
  /** The day that counts as today; without it the day that it is. */
  readonly today?: string;
  /** In how many days an end of life is near. */
  readonly within: number;
  readonly json?: boolean;
  /** Whether what there is to do becomes an exit code. */
  readonly fail?: boolean;
}

/** Something could be newer, or soon has to be, and it was asked to say so: the code with which `diff` says so. */
export const OUTDATED = 100;
/** The same of something that has to be newer. */
export const OVERDUE = 101;

/** `cdkops outdated`: what is newer, what is required, what is near its end of life. */
export async function outdatedCommand(names: readonly string[], options: OutdatedOptions): Promise<number> {
  // Where it is, before the fleet's code runs, which may go elsewhere.
  const given = options.channel ?? (options.online ? 'stable' : undefined);
  const place = given === undefined ? undefined : findChannel(given);
  const fleet = await openFleet(options.app);
  if (!fleet) return 1;
  const all = fleet.overview.waves.flatMap(({ name: wave, clusters }) =>
    clusters.map((cluster) => ({ ...cluster, wave })),
  );
  checkNames(names, all);
  const known = await knowledge(place, options.timeout);
  const outlook = {
    today: options.today ?? new Date().toISOString().slice(0, 'yyyy-mm-dd'.length),
    within: options.within,
  };
  const clusters = all
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((cluster): JudgedCluster => {
      const { kops = '', kubernetes, isRetired } = cluster;
      const judgement = isRetired ? undefined : judgeVersions({ kops, kubernetes }, known, outlook);
      return { ...cluster, judgement };
    });
  const found: OutdatedFleet = { clusters, known, channel: place?.name, outlook };
  process.stdout.write(options.json ? outdatedAsJson(found) : outdatedAsText(found));
  return options.fail ? exitCode(clusters) : 0;
}

function checkNames(names: readonly string[], clusters: readonly { readonly name: string }[]): void {
  const all = clusters.map(({ name }) => name);
  for (const name of names) {
    if (all.includes(name)) continue;
    throw new UserError(`the fleet has no cluster ${JSON.stringify(name)}${didYouMean(name, all)}`);
  }
}

/** What ships with this package, with another channel in it where one was asked for. */
async function knowledge(place: ChannelPlace | undefined, timeout: number): Promise<KnownReleases> {
  if (!place) return KNOWN_RELEASES;
  const channel = await readChannel(place, timeout * 1_000);
  return { ...KNOWN_RELEASES, kops: { ...KNOWN_RELEASES.kops, channel } };
}

function exitCode(clusters: readonly JudgedCluster[]): number {
  const levels = new Set(clusters.map(({ judgement }) => judgement?.status));
  if (levels.has('required')) return OVERDUE;
  return levels.has('soon') || levels.has('newer') ? OUTDATED : 0;
}
