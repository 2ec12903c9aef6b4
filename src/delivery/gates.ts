import type { Job, Variables } from '../gitlab';
import type { ClusterDelivery } from './cluster-delivery';
import { credentialKeywords } from './credentials';
import { PIPELINE_VARIABLE } from './events';
import { SCRIPT_FILE } from './files';
import { newestKops } from './newest-kops';
import { deliverySettings } from './settings';
import { stageOf } from './stages';
import { beyond, clusterJob, commonJob, commonTemplateName } from './templates';
import { inAnyWay, inTurn, rulesOf, WHEN_MERGED } from './turns';
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

/** The name of the template with the rules of what is asked just before a wave opens. */
export function turnTemplateName({ wave }: WaveDelivery): string {
  return `.turn:${wave.name}`;
}

/**
 * The name of the template with the rules of what is asked of a wave as soon as it is through: also where only a later wave than
 * the next is to change, so that nobody lets that one soak in vain.
 */
export function behindTemplateName({ wave }: WaveDelivery): string {
  return `.behind:${wave.name}`;
}

/** When something is asked: whenever these clusters are to change. */
export function askedTemplate(clusters: readonly ClusterDelivery[]): Job {
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
      KOPS_VERSION: newestKops(gate.clusters)?.version ?? '',
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
 * A job of a child pipeline, of the same name: it hands on what the parent's has left. A job of a child cannot wait for one of its
 * parent, but it can fetch from it.
 * @see https://docs.gitlab.com/ci/yaml/#needspipelinejob
 */
export function openedJob(delivery: WaveDelivery, clusters: readonly ClusterDelivery[]): Job {
  const { wave } = delivery;
  const file = `open/${wave.name}`;
  return {
    ...where({ wave, clusters }),
    stage: stageOf('open', wave),
    rules: [{ if: WHEN_MERGED }, { if: inAnyWay(undefined) }],
    needs: [{ pipeline: `$${PIPELINE_VARIABLE}`, job: openJobName(delivery) }],
    timeout: TIMEOUT,
    script: [`test -f ${FOLDER}/${file}.json`],
    artifacts: artifacts(file),
  };
}

/** What runs where the wave's first cluster does, without any credentials. */
function where({ wave, clusters }: Pick<WaveDelivery, 'wave' | 'clusters'>): Job {
  const own = beyond(commonJob(wave.node.root), commonJob(clusters[0]?.construct ?? wave));
  const variables = { ...own.variables, KOPS_VERSION: newestKops(clusters)?.version ?? '' };
  return { extends: commonTemplateName(), ...own, variables };
}

function readVariables({ construct }: ClusterDelivery): Variables {
  return credentialKeywords(deliverySettings.get(construct, 'credentials'), 'read').variables;
}

function artifacts(file: string): Job['artifacts'] {
  return { paths: [`${FOLDER}/${file}.json`], expire_in: '1 month', access: 'developer' };
}
