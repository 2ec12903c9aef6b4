import compare from 'semver/functions/compare';
import gt from 'semver/functions/gt';
import type { Advice } from './advice';
import { newerBy, ruleFor } from './channel';
import type { KnownReleases } from './known';
import { minorOf, parseVersion, type Version } from './version';

/** What there is to say of a cluster's kOps version. */
export interface KopsJudgement {
  readonly version: string;
  /** The newest release of all. */
  readonly newest: string;
  /** The newest release that does not refuse the cluster's Kubernetes, where that is newer than what it has. */
  readonly upgrade?: string;
  /** The oldest version that its channel lets do anything, where that is newer. */
  readonly required?: string;
  /** Whether kOps still maintains its minor release: it does so for the newest and the one before. */
  readonly isMaintained: boolean;
  /** Since when it is not, where that is known. */
  readonly endedOn?: string;
  readonly advice?: Advice;
}

/**
 * Judges a kOps version.
 * @param kubernetes - the cluster's Kubernetes, where it is known
 */
export function judgeKops(
  version: Version,
  kubernetes: Version | undefined,
  { kops }: Pick<KnownReleases, 'kops'>,
): KopsJudgement {
  const rule = ruleFor(kops.channel.kopsVersions, version);
  const stable = candidates(kops);
  const newest = stable.at(-1) ?? version;
  const recommended = newerBy(rule, 'recommendedVersion', version);
  const required = newerBy(rule, 'requiredVersion', version);
  const upgrade = [...stable, ...(recommended ? [recommended] : [])]
    .filter((one) => gt(one, version) && (!kubernetes || kubernetes.minor >= oldestKubernetes(one, kops)))
    .sort(compare)
    .at(-1);
  const isMaintained = newest.minor - version.minor < 2;
  const facts: KopsJudgement = {
    version: version.version,
    newest: newest.version,
    upgrade: upgrade?.version,
    required: required?.version,
    isMaintained,
    // It ended with the release that made it one too many.
    endedOn: isMaintained ? undefined : kops.releases[successorOf(version)]?.released,
  };
  return { ...facts, advice: adviceOf(facts, version, remedyOf(upgrade, newest, kubernetes)) };
}

/** The release with which kOps stopped to maintain this one. */
function successorOf({ major, minor }: Version): string {
  return `${major}.${minor + 2}`;
}

/** The most pressing of what there is to say. */
function adviceOf(facts: KopsJudgement, version: Version, remedy: string): Advice | undefined {
  if (facts.required) {
    const message = `kOps ${facts.version} refuses to work, its channel asks for ${facts.required} or later: ${remedy}`;
    return { level: 'required', code: 'kops-required', message };
  }
  if (!facts.isMaintained) {
    const day = facts.endedOn ? `, on ${facts.endedOn}` : '';
    const message = `kOps ${minorOf(version)} has had no fixes since kOps ${successorOf(version)} came out${day}: ${remedy}`;
    return { level: 'required', code: 'kops-ended', message };
  }
  if (!facts.upgrade) return undefined;
  return {
    level: 'newer',
    code: 'kops-newer',
    message: `kOps ${facts.version} is not the newest: ${remedy}`,
  };
}

/** The releases to choose from, oldest first: the newest of each minor release, and what the channel names. */
function candidates({ releases, channel }: KnownReleases['kops']): Version[] {
  const known = Object.values(releases).map(({ newest }) => newest);
  const named = channel.kopsVersions.map(({ recommendedVersion = '' }) => recommendedVersion);
  return [...known, ...named]
    .flatMap((text) => parseVersion(text) ?? [])
    .filter(({ prerelease }) => prerelease.length === 0)
    .sort(compare);
}

/**
 * The oldest minor release of Kubernetes that a kOps runs. Of a kOps that is newer than what is known: the two newest
 * after its own, and two more that are deprecated (https://kops.sigs.k8s.io/welcome/releases/).
 */
function oldestKubernetes(kops: Version, { releases }: KnownReleases['kops']): number {
  const known = releases[minorOf(kops)];
  return known ? Number(known.oldestKubernetes.split('.')[1]) : kops.minor - 4;
}

function remedyOf(upgrade: Version | undefined, newest: Version, kubernetes: Version | undefined): string {
  const limit = kubernetes ? `Kubernetes ${minorOf(kubernetes)}` : '';
  if (!upgrade) return limit ? `no newer one runs ${limit}, so upgrade that first` : 'take a newer one';
  const isLimited = gt(newest, upgrade) && limit;
  return `take ${upgrade.version}${isLimited ? `, the newest that runs ${limit}` : ''}`;
}
