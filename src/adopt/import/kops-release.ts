import coerce from 'semver/functions/coerce';
import valid from 'semver/functions/valid';
import { UserError } from '../../core';
import { KOPS_RELEASES } from '../../kops';
import { checkStructure, type KopsRelease, releaseOf } from '../../kops/api';
import { KNOWN_RELEASES } from '../../kops/upgrades';
import type { ImportedCluster } from './imported-cluster';

/** The kOps that an imported cluster gets. */
export interface ChosenKops {
  /** For instance `1.36.2`. */
  readonly version: string;
  readonly release: KopsRelease;
  /** Why, where it is not the fleet's: to be read after the version. */
  readonly reason?: string;
}

/**
 * The kOps version for a cluster: the one that was asked for, else the fleet's where it knows every field and runs the
 * cluster's Kubernetes, else the newest that does.
 * @param fleets - the version that holds in the wave, where there is one
 * @throws UserError where a version is asked for that cdkops does not know.
 */
export function chooseKops(
  { documents }: ImportedCluster,
  asked: string | undefined,
  fleets: string | undefined,
): ChosenKops {
  if (asked !== undefined) return { version: asked, release: known(asked), reason: 'as asked for' };
  const unknownTo = (release: KopsRelease) =>
    documents.flatMap(({ document }, index) =>
      checkStructure(document.kind, document, release)
        .filter(({ kind }) => kind === 'unknown')
        .map(({ field }) => `${index} ${field}`),
    );
  const kubernetes = documents.find(({ document }) => document.kind === 'Cluster')?.document.spec
    .kubernetesVersion;
  const fleetsRelease = fleets === undefined ? undefined : releaseOf(fleets);
  const own = fleetsRelease && unknownTo(fleetsRelease);
  if (fleets && fleetsRelease && own?.length === 0 && runs(fleetsRelease, kubernetes)) {
    return { version: fleets, release: fleetsRelease };
  }
  const newestFirst = [...KOPS_RELEASES].reverse();
  const unknown = new Map(newestFirst.map((release) => [release, new Set(unknownTo(release))]));
  const [first = new Set<string>(), ...others] = unknown.values();
  const toAll = [...first].filter((field) => others.every((set) => set.has(field)));
  const isTold = (release: KopsRelease) => unknown.get(release)?.size === toAll.length;
  if (fleets && fleetsRelease && isTold(fleetsRelease) && runs(fleetsRelease, kubernetes)) {
    return { version: fleets, release: fleetsRelease };
  }
  const able = newestFirst.filter((release) => runs(release, kubernetes));
  const choice = able.length > 0 ? able : newestFirst;
  const fewest = Math.min(...choice.map((release) => unknown.get(release)?.size ?? 0));
  const release = choice.find(isTold) ?? choice.find((one) => unknown.get(one)?.size === fewest);
  const [newest = '1.36'] = newestFirst;
  const chosen = release ?? newest;
  return {
    version: newestOf(chosen),
    release: chosen,
    reason: reason(chosen, fleetsRelease, fleets, kubernetes, own),
  };
}

function reason(
  chosen: KopsRelease,
  fleetsRelease: KopsRelease | undefined,
  fleets: string | undefined,
  kubernetes: unknown,
  unknown: readonly string[] = [],
): string {
  if (!runs(chosen, kubernetes)) return `no kOps that cdkops knows runs Kubernetes ${kubernetes}`;
  if (fleets === undefined) return 'the newest that knows its fields and runs its Kubernetes';
  if (!fleetsRelease) return `the fleet's ${fleets} is none that cdkops knows`;
  if (!runs(fleetsRelease, kubernetes)) return `the fleet's ${fleets} does not run Kubernetes ${kubernetes}`;
  const [field = ''] = unknown.map((text) => text.slice(text.indexOf(' ') + 1));
  return chosen === fleetsRelease ? '' : `the fleet's ${fleets} does not know ${field}`;
}

/** Whether a release of kOps runs a Kubernetes version; where none is named, its channel decides. */
function runs(release: KopsRelease, kubernetes: unknown): boolean {
  const version = typeof kubernetes === 'string' ? coerce(kubernetes) : undefined;
  if (!version) return true;
  const oldest = coerce(KNOWN_RELEASES.kops.releases[release]?.oldestKubernetes);
  return version.minor <= Number(release.split('.')[1]) && version.minor >= (oldest?.minor ?? 0);
}

function newestOf(release: KopsRelease): string {
  return KNOWN_RELEASES.kops.releases[release]?.newest ?? `${release}.0`;
}

function known(version: string): KopsRelease {
  const release = valid(version) === version ? releaseOf(version) : undefined;
  if (release) return release;
  const range = `${KOPS_RELEASES[0]} to ${KOPS_RELEASES.at(-1)}`;
  throw new UserError(
    `--kops: cdkops knows kOps ${range}, got ${JSON.stringify(version)}; expected a version such as 1.36.2`,
  );
}
