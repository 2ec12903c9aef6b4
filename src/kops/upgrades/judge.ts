import { type Advice, LEVELS, type Level } from './advice';
import { judgeKops, type KopsJudgement } from './judge-kops';
import {
  judgeKubernetes,
  type KubernetesJudgement,
  kubernetesVersionOf,
  type Outlook,
} from './judge-kubernetes';
import type { KnownReleases } from './known';
import { parseVersion } from './version';

/** The versions that a cluster has. */
export interface ClusterVersions {
  readonly kops: string;
  /** What its manifest says; undefined where nothing is known of it. */
  readonly kubernetes: string | undefined;
}

/** What there is to say of a cluster's versions. */
export interface VersionJudgement {
  /** The most pressing of all advice; `current` where there is none. */
  readonly status: Level | 'current';
  /** Undefined where its version is none. */
  readonly kops: KopsJudgement | undefined;
  /** Undefined where its version is not known. */
  readonly kubernetes: KubernetesJudgement | undefined;
  /** What to do, most pressing first. */
  readonly advice: readonly Advice[];
}

/** Judges the versions of a cluster by what is known of releases: what is newer, required, near its end. */
export function judgeVersions(
  given: ClusterVersions,
  known: KnownReleases,
  outlook: Outlook,
): VersionJudgement {
  const text = given.kubernetes ?? '';
  const [kopsVersion, kubernetesVersion] = [parseVersion(given.kops), kubernetesVersionOf(text)];
  const kops = kopsVersion && judgeKops(kopsVersion, kubernetesVersion, known);
  const kubernetes =
    kopsVersion && kops && kubernetesVersion
      ? judgeKubernetes(
          text,
          kubernetesVersion,
          { version: kopsVersion, upgrade: kops.upgrade },
          known,
          outlook,
        )
      : undefined;
  const advice = [kops?.advice, kubernetes ? kubernetes.advice : UNKNOWN_KUBERNETES]
    .flatMap((one) => one ?? [])
    .sort((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
  return { status: advice[0]?.level ?? 'current', kops, kubernetes, advice };
}

const UNKNOWN_KUBERNETES: Advice = {
  level: 'unknown',
  code: 'kubernetes-unknown',
  message: 'the Kubernetes version is not known here: look into the template, or write it into the manifest',
};
