import rcompare from 'semver/functions/rcompare';
import type { Job, Rule, Variables } from '../gitlab';
import { type ClusterDelivery, changesOf } from './cluster-delivery';
import { credentialKeywords } from './credentials';
import { ASKS_WAVES_BEFORE, askedFor, FROM_MERGED, NOT_PLANNING } from './events';
import { clusterFolder, SCRIPT_FILE } from './files';
import { isKopsVersion } from './kops-lock';
import { globOf } from './name-patterns';
import { deliverySettings } from './settings';
import { stageOf } from './stages';
import { beyond, clusterJob, commonJob, commonTemplateName } from './templates';
import type { WaveDelivery } from './wave-delivery';

/** Clusters of a wave that one job asks for what has been rolled out: it has one role and one runner. */
export interface Gate {
  /** The wave's name, with a number behind it for further ones: `dev`, `dev.2`. */
  readonly name: string;
  readonly wave: WaveDelivery;
  readonly clusters: readonly ClusterDelivery[];
}

/** How many clusters one job asks: each takes some seconds, and their names have to fit into a variable. */
const MOST_CLUSTERS = 100;

/** Where gates leave what they have found. */
const FOLDER = 'gates';

/** How long a job of a gate may run. */
const TIMEOUT = '30m';

/** The gates of a wave: clusters are together that differ neither in their role nor in what their jobs run in. */
export function gatesOf(wave: WaveDelivery): Gate[] {
  const alike = new Map<string, ClusterDelivery[][]>();
  for (const cluster of wave.clusters) {
    const key = JSON.stringify([clusterJob(cluster.construct), readVariables(cluster)]);
    const parts = alike.get(key) ?? [[]];
    if ((parts.at(-1)?.length ?? 0) >= MOST_CLUSTERS) parts.push([]);
    parts.at(-1)?.push(cluster);
    alike.set(key, parts);
  }
  return [...alike.values()].flat().map((clusters, index) => {
    const name = index === 0 ? wave.wave.name : `${wave.wave.name}.${index + 1}`;
    return { name, wave, clusters };
  });
}

/** `rolled:dev`. */
export function rolledJobName({ name }: Gate): string {
  return `rolled:${name}`;
}

/** `open:prod`. */
export function openJobName({ wave }: WaveDelivery): string {
  return `open:${wave.name}`;
}

/** `soak:prod`. */
export function soakJobName({ wave }: WaveDelivery): string {
  return `soak:${wave.name}`;
}

/** The gates of a wave asked once more, before another one than the next opens: what was true may not be so any more. */
export function askedAgain(gates: readonly Gate[], { wave }: WaveDelivery): Gate[] {
  return gates.map((gate) => ({ ...gate, name: `${gate.name}.${wave.name}` }));
}

/** The name of the template with the rules of gates that are asked whenever the waves behind one are to change. */
export function gateTemplateName({ wave }: WaveDelivery): string {
  return `.behind:${wave.name}`;
}

/** The name of the template with the rules of gates that are asked whenever a wave is to change. */
export function turnTemplateName({ wave }: WaveDelivery): string {
  return `.turn:${wave.name}`;
}

/**
 * When gates are asked: whenever these clusters are to change.
 * @param clusters - those behind them
 */
export function gateTemplate(clusters: readonly ClusterDelivery[]): Job {
  return { rules: rulesOf(clusters, inTurn) };
}

/**
 * The job that is green when all clusters of a gate have been rolled out as this commit has them, whichever pipeline did it.
 * It needs nothing by name: all stages before its own come first.
 * @param template - that with its rules
 */
export function rolledJob(gate: Gate, template: string, stage: string | undefined): Job {
  const { wave } = gate.wave;
  const [first] = gate.clusters;
  const own = first ? beyond(clusterJob(wave), clusterJob(first.construct)) : {};
  return {
    extends: [commonTemplateName(wave), template],
    ...own,
    stage,
    variables: {
      ...own.variables,
      // Its image is the clusters', and may be named by their kOps. It does not run kops.
      KOPS_VERSION: newestKops(gate.clusters),
      CDKOPS_WAVE: wave.name,
      CDKOPS_GATE: gate.name,
      CDKOPS_CLUSTERS: gate.clusters.map(({ name }) => name).join('\n'),
      ...(first && readVariables(first)),
    },
    timeout: TIMEOUT,
    script: [`sh "$CI_PROJECT_DIR/${SCRIPT_FILE}" gate`],
    artifacts: artifacts(`rolled/${gate.name}`),
  };
}

/** The job that lets time pass: who starts it early gains nothing, since `open` looks at the clock itself. */
export function soakJob(delivery: WaveDelivery): Job {
  const { wave, clusters } = delivery;
  return {
    ...where(delivery),
    stage: stageOf('soak', wave),
    rules: rulesOf(clusters, inTurn).map((rule) => ({
      ...rule,
      when: 'delayed',
      start_in: wave.soak,
    })),
    timeout: TIMEOUT,
    script: [`echo "The waves before ${wave.name} have soaked for ${wave.soak}."`],
  };
}

/** The job that opens a wave, by itself or by a person. */
export function openJob(delivery: WaveDelivery, gates: readonly Gate[]): Job {
  const { wave, clusters } = delivery;
  const isManual = wave.approval === 'wave';
  const { variables, ...common } = where(delivery);
  return {
    ...common,
    stage: stageOf('open', wave),
    variables: {
      ...variables,
      CDKOPS_WAVE: wave.name,
      CDKOPS_GATES: gates.map(({ name }) => name).join(' '),
      CDKOPS_SOAK: String(wave.soakSeconds),
    },
    rules: rulesOf(clusters, inAnyWay),
    // Who may deploy to it may open the wave.
    ...(isManual && { when: 'manual', allow_failure: false, environment: { name: `wave/${wave.name}` } }),
    // Else it would load the plans of all clusters before.
    dependencies: gates.map(rolledJobName),
    timeout: TIMEOUT,
    script: [`sh "$CI_PROJECT_DIR/${SCRIPT_FILE}" open`],
    artifacts: artifacts(`open/${wave.name}`),
  };
}

/**
 * When one of these clusters is to change: it did in what was merged, or a person asks for it.
 * @param asked - when that person's wish counts, for some of the names
 */
export function rulesOf(
  clusters: readonly ClusterDelivery[],
  asked: (names: readonly string[]) => string,
): Rule[] {
  const names = clusters.map(({ name }) => name);
  return [
    ...patternsOf(clusters).map((changes) => ({ if: `${FROM_MERGED} && ${NOT_PLANNING}`, changes })),
    ...chunks(names, NAMES).map((some) => ({ if: asked(some) })),
  ];
}

/** A person rolls out some of these clusters, after the waves before them. */
export function inTurn(names: readonly string[] | undefined): string {
  return `${askedFor(names, 'rollout')} && ${NOT_PLANNING} && (${ASKS_WAVES_BEFORE})`;
}

/** A person changes some of these clusters, in turn or not. */
export function inAnyWay(names: readonly string[]): string {
  return `${askedFor(names, 'rollout', 'rollback')} && ${NOT_PLANNING}`;
}

/** Patterns of which one fits where one of these clusters has changed, in lists that a rule can hold. */
export function patternsOf(clusters: readonly ClusterDelivery[]): string[][] {
  const others = new Set<string>();
  const byFiles = new Map<string, string[]>();
  for (const cluster of clusters) {
    const folder = `${clusterFolder(cluster.name)}/`;
    const files: string[] = [];
    for (const path of changesOf(cluster)) {
      const file = path.slice(folder.length);
      if (path.startsWith(folder) && !file.includes('/')) files.push(file);
      else others.add(path);
    }
    const key = files.join();
    const alike = byFiles.get(key);
    if (alike) alike.push(cluster.name);
    else byFiles.set(key, [cluster.name]);
  }
  const folders = [...byFiles].flatMap(([files, names]) =>
    chunks(names, NAMES).map((some) => globOf(some, files.split(','))),
  );
  return chunks([...folders, ...others], PATTERNS);
}

/**
 * How many patterns a rule has: GitLab takes 50, but with more than 50,000 comparisons with files that changed it looks at none,
 * and says that they match. A job that is there in vain does no harm, but a child pipeline without a job fails.
 * @see https://docs.gitlab.com/ci/yaml/#ruleschanges
 */
const PATTERNS = 10;

/** How many names are in one pattern or condition: nobody reads more. */
export const NAMES = 20;

/** A list in parts of a size. */
export function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

/** What runs where the wave's clusters do, without any credentials. */
function where({ wave, clusters }: WaveDelivery): Job {
  const own = beyond(commonJob(wave.node.root), commonJob(wave));
  const variables = { ...own.variables, KOPS_VERSION: newestKops(clusters) };
  return { extends: commonTemplateName(), ...own, variables };
}

function readVariables({ construct }: ClusterDelivery): Variables {
  return credentialKeywords(deliverySettings.get(construct, 'credentials'), 'read').variables;
}

function newestKops(clusters: readonly ClusterDelivery[]): string {
  const versions = clusters.flatMap(({ kopsVersion = '' }) =>
    isKopsVersion(kopsVersion) ? [kopsVersion] : [],
  );
  return versions.sort(rcompare)[0] ?? '';
}

function artifacts(file: string): Job['artifacts'] {
  return { paths: [`${FOLDER}/${file}.json`], expire_in: '1 month', access: 'developer' };
}
