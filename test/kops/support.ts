import {
  Cluster,
  type ClusterProps,
  Fleet,
  type FleetProps,
  formatFinding,
  type KopsCluster,
  type KopsDocument,
  StateStore,
  Wave,
} from '../../src';
import { synthesise } from '../../src/synth';

/** A wave of a fleet that has all settings that a cluster needs. */
export function aWave(settings: FleetProps = {}): Wave {
  const fleet = new Fleet({
    stateStore: StateStore.s3('kops-state'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.1',
    ...settings,
  });
  return new Wave(fleet, 'wave');
}

/** A cluster in one zone unless the props say otherwise. */
export function aCluster(props: Partial<ClusterProps> = {}, name = 'c.k8s.local'): Cluster {
  return new Cluster(aWave(), name, { zones: ['eu-central-1a'], ...props });
}

/** What cannot be said in TypeScript, and comes from JSON and JavaScript all the same. */
export function untyped(value: unknown): never {
  return value as never;
}

/** The documents of a manifest in which nothing is wrong, warnings aside. */
export function documentsOf(cluster: KopsCluster): KopsDocument[] {
  const { objects, findings } = cluster.manifest();
  expect(findings.filter(({ severity }) => severity === 'error').map(formatFinding)).toEqual([]);
  return JSON.parse(JSON.stringify(objects.map(({ document }) => document)));
}

// biome-ignore lint/suspicious/noExplicitAny: tests look at parts of a spec, without a type for each
type Spec = any;

/** The spec of the cluster itself. */
export function specOf(cluster: KopsCluster): Spec {
  return documentsOf(cluster)[0]?.spec;
}

/** The specs of its instance groups, by name. */
export function groupsOf(cluster: KopsCluster): Readonly<Record<string, Spec>> {
  const groups = documentsOf(cluster).filter(({ kind }) => kind === 'InstanceGroup');
  return Object.fromEntries(groups.map(({ metadata, spec }) => [metadata.name, spec]));
}

/** Everything that synth says of the cluster's fleet, without the places in the code; none of it may be an exception. */
export function findingsOf(cluster: KopsCluster): string[] {
  const { findings } = synthesise(cluster.node.root as Fleet);
  const texts = findings.map((finding) => formatFinding({ ...finding, location: undefined }));
  for (const text of texts) expect(text).not.toMatch(/TypeError|RangeError|threw/);
  return texts;
}
