import * as fs from 'node:fs';
import * as path from 'node:path';
import { settingsOf } from '../adopt/import/context';
import type { FittedProp } from '../adopt/import/fit/fitted';
import { stateStoreProp } from '../adopt/import/fit/state-store-code';
import { addToFleet, newFleetFile } from '../adopt/import/fleet/fleet-file';
import type { ImportedCluster } from '../adopt/import/imported-cluster';
import { chooseKops } from '../adopt/import/kops-release';
import { didYouMean, formatLocation, type Problem, sourceOf, UserError } from '../core';
import { deliverablesOf } from '../delivery/deliverable';
import type { ClusterSettings, StateStore } from '../kops';
import { guardAgainst } from './app-error';
import type { ImportOptions } from './import-options';
import type { ImportFile } from './import-target';
import { loadFleet } from './load-fleet';

/** A function that adds a cluster to a wave, and its file. */
export interface FleetAddition {
  readonly cluster: string;
  readonly functionName: string;
  /** The file, relative to the project. */
  readonly file: string;
}

/** The fleet that clusters are imported into. */
export interface TargetFleet {
  /** The file that defines it, relative to the project. */
  readonly app: string;
  /** The wave that the clusters go to. */
  readonly wave: string;
  /** What holds there. */
  readonly settings: ClusterSettings;
  /** Why clusters cannot be added: the fleet has them already. */
  conflicts(additions: readonly FleetAddition[]): Problem[];
  /** The fleet's file with the clusters, or the lines that somebody has to add, and why. */
  with(
    additions: readonly FleetAddition[],
  ): ImportFile | { readonly lines: readonly string[]; readonly why: string };
}

/** The wave for clusters of which nobody says where they belong. */
const NEW_WAVE = 'imported';

/**
 * The fleet of the project, or a new one where there is none yet.
 * @throws UserError where the fleet cannot be loaded, or has no wave of that name.
 */
export async function openTarget(
  root: string,
  { app, wave, kops }: ImportOptions,
  clusters: readonly ImportedCluster[],
): Promise<TargetFleet> {
  const file = path.relative(root, path.resolve(app)).split(path.sep).join('/');
  if (!fs.existsSync(path.resolve(app))) return newFleet(file, wave ?? NEW_WAVE, kops, clusters);
  const endGuard = guardAgainst(path.resolve(app));
  try {
    const fleet = loadFleet(path.resolve(app));
    await new Promise(setImmediate);
    const known = fleet.waves.find(({ name }) => name === (wave ?? NEW_WAVE));
    if (wave !== undefined && !known) {
      const names = fleet.waves.map(({ name }) => name);
      const there = names.length > 0 ? `its waves are ${names.join(', ')}` : 'it has none yet';
      throw new UserError(
        `--wave: the fleet of ${file} has no wave ${JSON.stringify(wave)}${didYouMean(wave, names)}: ${there}`,
      );
    }
    const declared = new Map(deliverablesOf(fleet).map((cluster) => [cluster.name, sourceOf(cluster)]));
    return {
      app: file,
      wave: wave ?? NEW_WAVE,
      settings: settingsOf(known ?? fleet),
      conflicts: (additions) =>
        additions.flatMap(({ cluster, file: own }): Problem[] => {
          const source = declared.get(cluster);
          // Its own file is another matter: that is there, or is overwritten.
          if (!declared.has(cluster) || source?.file.split(path.sep).join('/').endsWith(`/${own}`)) return [];
          const place = source ? ` (${formatLocation(source)})` : '';
          return [
            {
              field: cluster,
              message: `the fleet has this cluster already${place}: take it out there first`,
            },
          ];
        }),
      with: (additions) =>
        added(
          file,
          fs.readFileSync(path.resolve(app), 'utf8'),
          wave ?? NEW_WAVE,
          fleet.waves.map(({ name }) => name),
          additions,
        ),
    };
  } finally {
    endGuard();
    process.chdir(root);
  }
}

/** A fleet with what most of the clusters have: a store, a kOps, a Kubernetes. */
function newFleet(
  app: string,
  wave: string,
  kops: string | undefined,
  clusters: readonly ImportedCluster[],
): TargetFleet {
  const specs = clusters.map(({ documents }) => documents[0]?.document.spec ?? {});
  const version =
    kops ?? mostCommon(clusters.map((cluster) => chooseKops(cluster, undefined, undefined).version)) ?? '';
  const kubernetesVersion = mostCommon(specs.map((spec) => spec.kubernetesVersion));
  const store = mostCommon(
    clusters.map(({ name, documents }) => storeOf(name, documents[0]?.document.spec.configBase)),
  );
  const stateStore: FittedProp | undefined =
    store === undefined ? undefined : stateStoreProp(store, process.env);
  const settings: ClusterSettings = {
    ...(stateStore && { stateStore: stateStore.value as StateStore }),
    kops: version,
    ...(typeof kubernetesVersion === 'string' && { kubernetesVersion }),
  };
  return {
    app,
    wave,
    settings,
    conflicts: () => [],
    with: (additions) => {
      const text = newFleetFile({
        stateStore: stateStore?.code,
        kops: version,
        kubernetesVersion: settings.kubernetesVersion,
      });
      return added(app, text, wave, [], additions);
    },
  };
}

function added(
  app: string,
  text: string,
  wave: string,
  waves: readonly string[],
  additions: readonly FleetAddition[],
): ReturnType<TargetFleet['with']> {
  const folder = path.posix.dirname(app);
  const result = addToFleet(
    text,
    additions.map(({ functionName, file }) => {
      const from = path.posix.relative(folder, file).replace(/\.ts$/, '');
      return { functionName, from: from.startsWith('.') ? from : `./${from}`, wave };
    }),
    waves,
  );
  return 'text' in result ? { path: app, text: result.text, isShared: true } : result;
}

function storeOf(name: string, configBase: unknown): string | undefined {
  const isUsual = typeof configBase === 'string' && configBase.endsWith(`/${name}`);
  return isUsual ? configBase.slice(0, -name.length - 1) : undefined;
}

function mostCommon<T>(values: readonly (T | undefined)[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, few], [, many]) => many - few)[0]?.[0];
}
