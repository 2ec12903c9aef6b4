import type { IConstruct } from 'constructs';
import { Annotations, type Finding, findingAt, type Problem } from '../core';
import { type Fleet, Wave } from '../delivery';
import { type Deliverable, deliverablesOf } from '../delivery/deliverable';
import { clusterFile, MANIFEST_FILE, PIPELINE_FILE } from '../delivery/files';

/** What is wrong with the fleet as a whole. */
export function checkFleet(fleet: Fleet): Finding[] {
  const findings: Finding[] = [];
  const { waves } = fleet;
  if (waves.length === 0) {
    const message = "the fleet is empty: give it a wave and a cluster, for instance new Wave(fleet, 'dev')";
    findings.push(findingAt(fleet, { message }));
  }
  for (const wave of waves) {
    if (deliverablesOf(wave).length > 0) continue;
    const message = `the wave "${wave.name}" has no clusters: add one, new Cluster(…, 'dev.k8s.example.com', …), or remove it`;
    findings.push(findingAt(wave, { message }));
  }
  for (const child of fleet.node.children) {
    if (Wave.isWave(child) || deliverablesOf(child).length === 0) continue;
    const message = "a cluster must be in a wave: new Cluster(new Wave(fleet, 'dev'), …)";
    findings.push(findingAt(child, { message }));
  }
  for (const cluster of deliverablesOf(fleet)) {
    if (!fleet.forgotten.has(cluster.name)) continue;
    const message = `the cluster is in the code, and forgotten: take out the line fleet.forget('${cluster.name}', …), or the cluster`;
    findings.push(findingAt(cluster, { message }));
  }
  return findings;
}

/** What a construct says of itself: annotations, and validations in the manner of the constructs library. */
export function attached(construct: IConstruct): Finding[] {
  const validations = construct.node.validate().map((message): Problem => ({ message }));
  return [...Annotations.of(construct).problems, ...validations].map((problem) =>
    findingAt(construct, problem),
  );
}

/** Two clusters of one name: kOps would take them for one. */
export function sameFile(cluster: Deliverable, earlier: Deliverable, isGenerated: boolean): Problem {
  const file = clusterFile(cluster.name, isGenerated ? MANIFEST_FILE : PIPELINE_FILE);
  return {
    message: `would write ${file}, which is that of ${earlier.node.path}: a fleet has each cluster once`,
  };
}

/** Keys and backups of a cluster lie there, too. */
export function sameState(other: Deliverable): Problem {
  return {
    field: 'spec.configBase',
    message: `is that of ${other.node.path}: each cluster needs a place of its own`,
  };
}
