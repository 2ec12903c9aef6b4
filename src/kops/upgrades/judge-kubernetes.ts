import type { Advice } from './advice';
import { type ChannelRule, newerBy, ruleFor } from './channel';
import { daysBetween } from './day';
import type { KnownReleases } from './known';
import { minorOf, parseVersion, type Version } from './version';

/** The day that is today, and how far ahead to look. */
export interface Outlook {
  /** Such as `2026-11-23`. */
  readonly today: string;
  /** In days: what ends within so many is near its end. */
  readonly within: number;
}

/** How a kOps release takes a minor release of Kubernetes. */
export type KopsSupport = 'supported' | 'deprecated' | 'refused';

/** What there is to say of a cluster's Kubernetes version. */
export interface KubernetesJudgement {
  /** As it was written. */
  readonly version: string;
  /** What the channel recommends to this version, where that is newer. */
  readonly upgrade?: string;
  /** The oldest version that the channel accepts, where that is newer. */
  readonly required?: string;
  /** The next minor release, and whether the cluster's kOps runs it. */
  readonly next?: { readonly version: string; readonly needsNewerKops: boolean };
  /** The last day on which its minor release is maintained, and the days from today to it, below 0 when it is past. */
  readonly endOfLife?: { readonly date: string; readonly days: number };
  /** What the cluster's kOps makes of it; undefined where that kOps is not known. */
  readonly kopsSupport?: KopsSupport;
  readonly advice?: Advice;
}

/** The address of a build that is not released. Source: ParseKubernetesVersion in kOps's pkg/apis/kops/util. */
const ADDRESS = /\/v(?<minor>1\.\d+)\./;

/** The version that a cluster says, or the first of the minor release that the address of a build names. */
export function kubernetesVersionOf(text: string): Version | undefined {
  return parseVersion(text) ?? parseVersion(ADDRESS.exec(text)?.groups?.minor ?? '');
}

/** What a cluster's kOps is, and what it could be. */
export interface KopsChoice {
  readonly version: Version;
  /** The newest that runs the cluster's Kubernetes, where that is a newer one. */
  readonly upgrade: string | undefined;
}

/** Judges a Kubernetes version, `text` as it was written. */
export function judgeKubernetes(
  text: string,
  version: Version,
  kops: KopsChoice,
  known: KnownReleases,
  outlook: Outlook,
): KubernetesJudgement {
  const rules = known.kops.channel.kubernetesVersions;
  const rule = ruleFor(rules, version);
  // A build of one's own is not replaced by a release.
  const isBuild = parseVersion(text) === undefined;
  const date = known.kubernetes.endOfLife[minorOf(version)];
  const facts: KubernetesJudgement = {
    version: text,
    upgrade: isBuild ? undefined : newerBy(rule, 'recommendedVersion', version)?.version,
    required: isBuild ? undefined : newerBy(rule, 'requiredVersion', version)?.version,
    next: nextMinor(version, kops.version, rules),
    endOfLife: date === undefined ? undefined : { date, days: daysBetween(outlook.today, date) },
    kopsSupport: supportOf(version, kops.version, known),
  };
  return { ...facts, advice: adviceOf(facts, version, kops, known, outlook) };
}

/** The channel answers for a minor release that it does not know, too: with the newest that it knows. */
function nextMinor(
  { major, minor }: Version,
  kops: Version,
  rules: readonly ChannelRule[],
): KubernetesJudgement['next'] {
  const first = parseVersion(`${major}.${minor + 1}`) as Version;
  const found = parseVersion(ruleFor(rules, first)?.recommendedVersion ?? '');
  if (!found || minorOf(found) !== minorOf(first)) return undefined;
  return { version: found.version, needsNewerKops: found.minor > kops.minor };
}

function supportOf(version: Version, kops: Version, known: KnownReleases): KopsSupport | undefined {
  const release = known.kops.releases[minorOf(kops)];
  if (!release) return undefined;
  const isBefore = (other: string) => version.minor < Number(other.split('.')[1]);
  if (isBefore(release.oldestKubernetes)) return 'refused';
  return isBefore(release.oldestRecommendedKubernetes) ? 'deprecated' : 'supported';
}

/** The most pressing of what there is to say. */
function adviceOf(
  { upgrade, required, next, endOfLife, kopsSupport }: KubernetesJudgement,
  version: Version,
  kops: KopsChoice,
  known: KnownReleases,
  outlook: Outlook,
): Advice | undefined {
  const [minor, kopsMinor] = [minorOf(version), minorOf(kops.version)];
  const onwards = () => wayOn(version, next, kops, known, outlook);
  if (kopsSupport === 'refused') {
    const message = `kOps ${kopsMinor} refuses Kubernetes ${minor}: ${onwards()}`;
    return { level: 'required', code: 'kubernetes-refused', message };
  }
  if (required) {
    const message = `kOps refuses Kubernetes ${version.version}, its channel asks for ${required} or later: take ${upgrade ?? required}`;
    return { level: 'required', code: 'kubernetes-required', message };
  }
  if (endOfLife && endOfLife.days < 0) {
    const message = `Kubernetes ${minor} has had no fixes since ${endOfLife.date}: ${onwards()}`;
    return { level: 'required', code: 'kubernetes-ended', message };
  }
  if (endOfLife && endOfLife.days <= outlook.within) {
    const message = `Kubernetes ${minor} gets no fixes after ${endOfLife.date}: ${onwards()}`;
    return { level: 'soon', code: 'kubernetes-ending', message };
  }
  if (kopsSupport === 'deprecated') {
    const message = `kOps ${kopsMinor} calls Kubernetes ${minor} deprecated, a later one refuses it: ${onwards()}`;
    return { level: 'soon', code: 'kubernetes-deprecated', message };
  }
  if (!upgrade) return undefined;
  const message = `Kubernetes ${version.version} is not the newest of ${minor}: take ${upgrade}`;
  return { level: 'newer', code: 'kubernetes-newer', message };
}

/** Where to go from a minor release that ends: one minor release at a time, with a kOps that runs it. */
function wayOn(
  { major, minor }: Version,
  next: KubernetesJudgement['next'],
  kops: KopsChoice,
  known: KnownReleases,
  outlook: Outlook,
): string {
  const following = `${major}.${minor + 1}`;
  const newest = parseVersion(kops.upgrade ?? '') ?? kops.version;
  const isRun = newest.minor > minor;
  if (!next) return isRun ? `take ${following}` : `take ${following} as soon as a kOps runs it`;
  const goal = lastingMinor(major, minor + 1, known, outlook);
  const newer = isRun ? newest.version : following;
  const way = next.needsNewerKops ? `take kOps ${newer} first, then ${next.version}` : `take ${next.version}`;
  return goal > minor + 1 ? `${way}, and go on to ${major}.${goal}, one minor release at a time` : way;
}

/** The first minor release, from one on, that is not near its end; else the last that is known. */
function lastingMinor(
  major: number,
  from: number,
  { kubernetes }: KnownReleases,
  { today, within }: Outlook,
): number {
  for (let at = from; ; at++) {
    const end = kubernetes.endOfLife[`${major}.${at}`];
    if (end === undefined) return Math.max(from, at - 1);
    if (daysBetween(today, end) > within) return at;
  }
}
