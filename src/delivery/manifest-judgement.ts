import { Construct, RootConstruct } from 'constructs';
import { given, isMap, type Problem, withoutNulls } from '../core';
import type { Kind, KopsDocument } from '../kops';
import { checkStructure } from '../kops/api';
import { CLUSTER_LABEL } from '../kops/document';
import { checkCluster } from '../kops/rules';
import type { Known } from './external-cluster';
import type { ManifestDocument, ManifestProblem } from './manifest-file';

/** The documents of a manifest, and what is wrong with them. */
export interface ManifestJudgement {
  readonly documents: readonly KopsDocument[];
  readonly problems: readonly ManifestProblem[];
}

const KINDS: readonly string[] = ['Cluster', 'InstanceGroup', 'SSHCredential'] satisfies readonly Kind[];

/** Judges a hand-written manifest as one that constructs make, and by what its jobs need besides. */
export function judgeManifest(
  name: string,
  documents: readonly ManifestDocument[],
  known: Known,
): ManifestJudgement {
  const problems: ManifestProblem[] = [];
  const judged: KopsDocument[] = [];
  const places = new RootConstruct();
  const objects: { construct: Construct; document: KopsDocument; source: ManifestDocument }[] = [];
  let isWellTyped = true;
  for (const source of documents) {
    const kind = source.value.kind;
    const add = ({ field, ...problem }: Problem) =>
      problems.push({ ...problem, line: source.line(field), field: fieldOf(source.value, field) });
    if (typeof kind !== 'string' || !KINDS.includes(kind)) {
      const message = `kOps replaces objects of the kinds ${KINDS.join(', ')}, got ${given(kind)}: take it out of this file`;
      add({ field: 'kind', message });
      isWellTyped = false;
      continue;
    }
    const value = withoutNulls(source.value, (field, message) => {
      add({ field, message });
      isWellTyped = false;
    }) as Record<string, unknown>;
    const structure = checkStructure(kind as Kind, value, known.release);
    for (const { field, message } of structure) add({ field, message });
    isWellTyped &&= structure.every((problem) => problem.kind !== 'type');
    const ties = tieProblems(name, value);
    for (const problem of ties) add(problem);
    isWellTyped &&= ties.length === 0;
    const document = { spec: {}, ...value } as unknown as KopsDocument;
    judged.push(document);
    objects.push({ construct: new Construct(places, `line ${source.line()}`), document, source });
  }
  const clusters = objects.filter(({ document }) => document.kind === 'Cluster');
  const [cluster, second] = clusters;
  if (!cluster) {
    problems.push({ line: 1, message: `there is no Cluster in the file: expected one named ${name}` });
  } else if (second) {
    problems.push({ line: second.source.line(), message: 'there is a Cluster already: a manifest has one' });
  } else if (isWellTyped) {
    for (const problem of specProblems(name, cluster.document, known)) {
      problems.push({ ...problem, line: cluster.source.line(problem.field), field: problem.field });
    }
    for (const { path, field, message, severity } of checkCluster(objects, known.kopsVersion)) {
      const { source } = objects.find(({ construct }) => construct.node.path === path) ?? cluster;
      problems.push({ line: source.line(field), field: fieldOf(source.value, field), message, severity });
    }
  }
  return { documents: judged, problems };
}

/** `InstanceGroup nodes › spec.minSize`; a cluster has only one Cluster, so that needs no name. */
function fieldOf(
  { kind, metadata }: ManifestDocument['value'],
  field: string | undefined,
): string | undefined {
  if (kind === 'Cluster' || !isMap(metadata) || typeof metadata.name !== 'string') return field;
  return [`${kind} ${metadata.name}`, field].filter(Boolean).join(' › ');
}

/** What makes an object one of this cluster. */
function tieProblems(cluster: string, { kind, metadata }: Record<string, unknown>): Problem[] {
  const { name, labels } = isMap(metadata) ? metadata : {};
  if (kind === 'Cluster') {
    if (name === cluster) return [];
    const message = `expected ${cluster}, the name that the fleet has for this cluster, got ${given(name)}`;
    return [{ field: 'metadata.name', message }];
  }
  const problems: Problem[] = [];
  if (kind === 'InstanceGroup' && (typeof name !== 'string' || name === '')) {
    problems.push({ field: 'metadata.name', message: `expected the name of the group, got ${given(name)}` });
  }
  const label = isMap(labels) ? labels[CLUSTER_LABEL] : undefined;
  if (label !== cluster) {
    const message = `expected ${cluster}, by which kOps knows whose it is, got ${given(label)}`;
    problems.push({ field: `metadata.labels[${CLUSTER_LABEL}]`, message });
  }
  return problems;
}

/** What the jobs need of the cluster's spec, and kOps would make up. */
function specProblems(name: string, { spec }: KopsDocument, { stateStore, release }: Known): Problem[] {
  const problems: Problem[] = [];
  const field = 'spec.configBase';
  const expected = stateStore.configBase(name, release);
  const base = typeof spec.configBase === 'string' ? spec.configBase.replace(/\/+$/, '') : '';
  if (base === '') {
    const message = `is missing, and a dry run would show changes that nobody made: add the line "  configBase: ${expected}" below "spec:"`;
    problems.push({ field, message });
  } else if (base !== expected) {
    const others = base.startsWith(`${stateStore.url(release)}/`) && !base.endsWith(`/${name}`);
    const message = others
      ? `is the place of another cluster in the state store: expected ${expected}, got ${base}`
      : `is ${base}, but the state store has the cluster at ${expected}: right only where the cluster was made so, its keys there and its objects here`;
    problems.push({ field, message, severity: others ? 'error' : 'warning' });
  }
  if (spec.kubernetesVersion === undefined) {
    const message =
      'is missing: kOps would take what its channel recommends that day; write the version that the cluster has';
    problems.push({ field: 'spec.kubernetesVersion', message, severity: 'warning' });
  }
  return problems;
}
