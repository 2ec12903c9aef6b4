import type { IConstruct } from 'constructs';
import { Annotations, type Finding, findingAt, formatLocation, type Problem, UserError } from '../core';
import { clusterFile, type Fleet, fleetPipeline, MANIFEST_FILE, Wave } from '../delivery';
import type { PlainObject } from '../gitlab';
import { KopsCluster, type KopsDocument } from '../kops';
import { DEFAULT_APP, withHeader } from './generated-file';
import { stringifyDocuments, stringifyYaml } from './yaml';

/** What a fleet becomes: texts in memory, nothing written yet. */
export interface Synthesis {
  /** Text by path (relative to the project, with forward slashes), in the order in which they are to be written. */
  readonly files: ReadonlyMap<string, string>;
  /** Everything that is wrong; with one error among them the files must not be written. */
  readonly findings: readonly Finding[];
  readonly clusters: readonly SynthesisedCluster[];
}

/** One cluster in a synthesis. */
export interface SynthesisedCluster {
  readonly name: string;
  readonly wave: string;
  /** The kOps version. */
  readonly kops: string;
  /** The Kubernetes version. */
  readonly kubernetes: string;
  /** How many instance groups its manifest has. */
  readonly instanceGroups: number;
}

/**
 * Turns a fleet into its files and everything that is wrong with it; writes nothing.
 * @param app - the file that defines the fleet, relative to the project: each generated file names it
 */
export function synthesise(fleet: Fleet, app = DEFAULT_APP): Synthesis {
  const files = new Map<string, string>();
  const findings: Finding[] = [];
  const clusters: SynthesisedCluster[] = [];
  const makers = new Map<string, KopsCluster>();
  const locations = new Map<unknown, KopsCluster>();
  const attempt = (construct: IConstruct, work: () => readonly Finding[]) => {
    try {
      findings.push(...work());
    } catch (error) {
      findings.push(findingAt(construct, { message: describe(error) }));
    }
  };
  const addText = (construct: IConstruct, path: string, body: () => string) => {
    const message = pathProblem(path, files) ?? tryText(() => files.set(path, withHeader(path, body(), app)));
    if (message !== undefined) findings.push(findingAt(construct, { field: path, message }));
  };
  findings.push(...checkFleet(fleet));
  for (const wave of fleet.waves) {
    for (const cluster of wave.clusters) {
      attempt(cluster, () => {
        const { objects, findings: own } = cluster.manifest();
        const documents = objects.map(({ document }) => document);
        clusters.push(summary(wave, cluster, documents));
        const earlier = makers.get(cluster.name);
        // Two of one name in one wave have said so themselves.
        if (earlier?.node.scope === cluster.node.scope) return own;
        if (earlier) return [...own, findingAt(cluster, sameFile(cluster, earlier))];
        makers.set(cluster.name, cluster);
        const location = documents.find(({ kind }) => kind === 'Cluster')?.spec.configBase;
        const neighbour = locations.get(location);
        if (neighbour) return [...own, findingAt(cluster, sameState(neighbour))];
        if (typeof location === 'string') locations.set(location, cluster);
        // What is wrong is not written, so it need not be rendered.
        if (own.some(({ severity }) => severity === 'error')) return own;
        addText(cluster, clusterFile(cluster.name, MANIFEST_FILE), () =>
          stringifyDocuments(documents, { sortKeys: true }),
        );
        return own;
      });
    }
  }
  for (const construct of fleet.node.findAll()) attempt(construct, () => attached(construct));
  attempt(fleet, () => {
    // Without clusters there is no pipeline, and that has been said.
    if (makers.size === 0) return [];
    const pipeline = fleetPipeline(fleet, [...makers.values()]);
    for (const file of pipeline.files) addText(fleet, file.path, () => pipelineText(file.pipeline.render()));
    return pipeline.findings;
  });
  return { files, findings, clusters };
}

/** Why a text cannot be rendered; the messages of the YAML writer name the place in the data. */
function tryText(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What an exception says that the code behind a construct threw, ours or the administrator's. */
function describe(error: unknown): string {
  if (error instanceof UserError || error instanceof RangeError) return error.message;
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  // Types are checked beside this, so the place is what helps: a prop of a wrong type, or a mistake of ours.
  const frame = /\(?(?<file>\/[^\s()]+):(?<line>\d+):(?<column>\d+)\)?$/m.exec(error.stack ?? '')?.groups;
  const place = frame && { file: frame.file ?? '', line: Number(frame.line), column: Number(frame.column) };
  return `${error.name}: ${error.message}${place ? ` (thrown at ${formatLocation(place)})` : ''}`;
}

/** Why a text must not go to a path. */
function pathProblem(path: string, files: ReadonlyMap<string, string>): string | undefined {
  if (files.has(path)) return 'two parts of the fleet would write this file: give one of them another name';
  const inProject = path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  return inProject ? undefined : 'is no path in the project: expected names with slashes between them';
}

/** A blank line between jobs: people read them. */
function pipelineText(blocks: PlainObject): string {
  return Object.entries(blocks)
    .map(([name, block]) => stringifyYaml({ [name]: block }))
    .join('\n');
}

/** What is wrong with the fleet as a whole. */
function checkFleet(fleet: Fleet): Finding[] {
  const findings: Finding[] = [];
  const { waves } = fleet;
  if (waves.length === 0) {
    const message = "the fleet is empty: give it a wave and a cluster, for instance new Wave(fleet, 'dev')";
    findings.push(findingAt(fleet, { message }));
  }
  for (const wave of waves) {
    if (wave.clusters.length > 0) continue;
    const message = `the wave "${wave.name}" has no clusters: add one, new Cluster(…, 'dev.k8s.example.com', …), or remove it`;
    findings.push(findingAt(wave, { message }));
  }
  for (const child of fleet.node.children) {
    if (Wave.isWave(child) || !child.node.findAll().some(KopsCluster.isKopsCluster)) continue;
    const message = "a cluster must be in a wave: new Cluster(new Wave(fleet, 'dev'), …)";
    findings.push(findingAt(child, { message }));
  }
  return findings;
}

/** What a construct says of itself: annotations, and validations in the manner of the constructs library. */
function attached(construct: IConstruct): Finding[] {
  const validations = construct.node.validate().map((message): Problem => ({ message }));
  return [...Annotations.of(construct).problems, ...validations].map((problem) =>
    findingAt(construct, problem),
  );
}

function sameFile(cluster: KopsCluster, earlier: KopsCluster): Problem {
  const file = clusterFile(cluster.name, MANIFEST_FILE);
  return {
    message: `would write ${file}, which is that of ${earlier.node.path}: a fleet has each cluster once`,
  };
}

/** Keys and backups of a cluster lie there, too. */
function sameState(other: KopsCluster): Problem {
  return {
    field: 'spec.configBase',
    message: `is that of ${other.node.path}: each cluster needs a place of its own`,
  };
}

function summary(wave: Wave, cluster: KopsCluster, documents: readonly KopsDocument[]): SynthesisedCluster {
  const spec = documents.find(({ kind }) => kind === 'Cluster')?.spec;
  return {
    name: cluster.name,
    wave: wave.name,
    kops: cluster.kopsVersion ?? '',
    kubernetes: String(spec?.kubernetesVersion ?? ''),
    instanceGroups: documents.filter(({ kind }) => kind === 'InstanceGroup').length,
  };
}
