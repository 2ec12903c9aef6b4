import { execFileSync } from 'node:child_process';
import compare from 'semver/functions/compare';
import { parse } from 'yaml';
import { KOPS_RELEASES } from '../../src/kops/api';
import { parseChannel } from '../../src/kops/upgrades/channel';
import type { KnownReleases, KopsReleaseFacts } from '../../src/kops/upgrades/known';
import { parseVersion } from '../../src/kops/upgrades/version';

/** Where kOps says which Kubernetes it refuses. */
const LIMITS = 'upup/pkg/fi/cloudup/apply_cluster.go';

/** Reads a clone at one of its commits. */
function git(clone: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 }).trim();
}

/** The day of a commit. */
function dayOf(clone: string, commit: string): string {
  return git(clone, 'log', '-1', '--format=%cs', commit);
}

function factsOf(clone: string, release: string): KopsReleaseFacts {
  const tags = git(clone, 'tag', '--list', `v${release}.*`).split('\n');
  const stable = tags.filter((tag) => /^v[\d.]+$/.test(tag)).sort(compare);
  const newest = stable.at(-1);
  if (newest === undefined) throw new Error(`${clone} has no tag of kOps ${release}: git fetch --tags`);
  const source = git(clone, 'show', `${newest}:${LIMITS}`);
  const limit = (name: string) => {
    const found = new RegExp(`\\b${name}\\s*=\\s*"(\\d+\\.\\d+)\\.0"`).exec(source)?.[1];
    if (found === undefined) throw new Error(`${LIMITS} of ${newest} does not say ${name}`);
    return found;
  };
  return {
    newest: newest.slice(1),
    released: dayOf(clone, `v${release}.0`),
    oldestKubernetes: limit('OldestSupportedKubernetesVersion'),
    oldestRecommendedKubernetes: limit('OldestRecommendedKubernetesVersion'),
  };
}

/** Days on which releases of Kubernetes reach their end of life, both of those that did and of those that will. */
function endsOfLife(clone: string): Map<string, string> {
  const read = (file: string) =>
    parse(git(clone, 'show', `HEAD:data/releases/${file}.yaml`), { schema: 'failsafe' });
  const entries: { release: string; endOfLifeDate: string }[] = [
    ...read('schedule').schedules,
    ...read('eol').branches,
  ];
  return new Map(entries.map(({ release, endOfLifeDate }) => [release, endOfLifeDate]));
}

const minor = (release: string | undefined) => Number(release?.split('.')[1]);

/** What two clones say: one of kubernetes/kops with its tags, one of kubernetes/website. */
export function readReleases(kops: string, website: string): KnownReleases {
  const releases = Object.fromEntries(KOPS_RELEASES.map((release) => [release, factsOf(kops, release)]));
  const channel = parseChannel(git(kops, 'show', 'HEAD:channels/stable'), 'channels/stable');
  const oldest = minor(releases[KOPS_RELEASES[0] as string]?.oldestKubernetes);
  const newest = minor(KOPS_RELEASES.at(-1));
  const isFrom = (first: number) => (rule: { recommendedVersion?: string; range?: string }) =>
    (parseVersion(rule.range?.replace(/^[<>=]+/, '') ?? '')?.minor ?? 0) >= first &&
    !rule.range?.startsWith('<');
  const ends = endsOfLife(website);
  const endOfLife: Record<string, string> = {};
  for (let at = oldest; at <= newest; at++) {
    const day = ends.get(`1.${at}`);
    if (day === undefined) throw new Error(`${website} does not say when Kubernetes 1.${at} ends`);
    endOfLife[`1.${at}`] = day;
  }
  return {
    kops: {
      asOf: dayOf(kops, 'HEAD'),
      channel: {
        kubernetesVersions: channel.kubernetesVersions.filter(isFrom(oldest)),
        kopsVersions: channel.kopsVersions.filter(isFrom(minor(KOPS_RELEASES[0]))),
      },
      releases,
    },
    kubernetes: { asOf: dayOf(website, 'HEAD'), endOfLife },
  };
}
