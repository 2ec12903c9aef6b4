import { Annotations, type Finding, findingAt, type Problem } from '../core';
import { clusterFile, type Fleet, fleetPipeline, MANIFEST_FILE, Wave } from '../delivery';
import type { PlainObject } from '../gitlab';
import { KopsCluster, type KopsDocument } from '../kops';
import { withHeader } from './generated-file';
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

/** Turns a fleet into its files and everything that is wrong with it; writes nothing. */
export function synthesise(fleet: Fleet): Synthesis {
  const files = new Map<string, string>();
  const findings: Finding[] = [];
  const clusters: SynthesisedCluster[] = [];
  const makers = new Map<string, KopsCluster>();
  findings.push(...checkFleet(fleet));
  for (const wave of fleet.waves) {
    for (const cluster of wave.clusters) {
      const { objects, findings: own } = cluster.manifest();
      findings.push(...own);
      const earlier = makers.get(cluster.name);
      if (earlier) findings.push(findingAt(cluster, sameFile(cluster, earlier)));
      else makers.set(cluster.name, cluster);
      const documents = objects.map(({ document }) => document);
      clusters.push(summary(wave, cluster, documents));
      // What is wrong is not written, so it need not be rendered.
      if (earlier || own.some(({ severity }) => severity === 'error')) continue;
      addText(files, findings, cluster, clusterFile(cluster.name, MANIFEST_FILE), () =>
        stringifyDocuments(documents, { sortKeys: true }),
      );
    }
  }
  findings.push(...attached(fleet));
  const pipeline = fleetPipeline(fleet, [...makers.values()]);
  findings.push(...pipeline.findings);
  for (const file of pipeline.files) {
    addText(files, findings, fleet, file.path, () => pipelineText(file.pipeline.render()));
  }
  return { files, findings, clusters };
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

/** What constructs say of themselves: annotations, and validations in the manner of the constructs library. */
function attached(fleet: Fleet): Finding[] {
  return fleet.node.findAll().flatMap((construct) => {
    const validations = construct.node.validate().map((message): Problem => ({ message }));
    return [...Annotations.of(construct).problems, ...validations].map((problem) =>
      findingAt(construct, problem),
    );
  });
}

function sameFile(cluster: KopsCluster, earlier: KopsCluster): Problem {
  const file = clusterFile(cluster.name, MANIFEST_FILE);
  return {
    message: `would write ${file}, which is that of ${earlier.node.path}: a fleet has each cluster once`,
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

function addText(
  files: Map<string, string>,
  findings: Finding[],
  maker: Fleet | KopsCluster,
  path: string,
  render: () => string,
): void {
  try {
    files.set(path, withHeader(render()));
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    findings.push(findingAt(maker, { field: path, message: error.message }));
  }
}
