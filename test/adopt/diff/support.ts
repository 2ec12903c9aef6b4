import type { FieldChange } from '../../../src/adopt';
import {
  type ClusterDifference,
  compareDocuments,
  type ManifestDocument,
  manifestDocuments,
} from '../../../src/adopt';

/** A document of kind Cluster with this spec. */
export function cluster(spec: object, metadata: object = {}): ManifestDocument {
  return document('Cluster', 'dev.k8s.local', spec, metadata);
}

/** A document of any kind. */
export function document(kind: string, name: string, spec: object, metadata: object = {}): ManifestDocument {
  return { kind, name, data: { kind, metadata: { name, ...metadata }, spec } };
}

/** How two versions of a cluster differ. */
export function compare(
  before: readonly ManifestDocument[] | undefined,
  after: readonly ManifestDocument[] | undefined,
): ClusterDifference | undefined {
  const difference = compareDocuments(before, after);
  return difference && { cluster: 'dev.k8s.local', ...difference };
}

/** The changes between two specs, without `spec.` in front. */
export function changes(before: object, after: object): FieldChange[] {
  const all = compare([cluster(before)], [cluster(after)])?.objects.flatMap((object) => object.changes) ?? [];
  return all.map(({ field, ...rest }) => ({ field: field.replace(/^spec\./, ''), ...rest }));
}

/** The changes between two specs that are written as YAML. */
export function yamlChanges(before: string, after: string): FieldChange[] {
  const documents = (spec: string) =>
    manifestDocuments(
      `kind: Cluster\nmetadata:\n  name: dev.k8s.local\nspec:\n${spec.replace(/^/gm, '  ')}\n`,
      'a.yaml',
    );
  return compare(documents(before), documents(after))?.objects.flatMap((object) => object.changes) ?? [];
}

/** Files in memory: folders are what lies below them. */
export function files(texts: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  return {
    asked,
    read: (paths: readonly string[]) => {
      asked.push(...paths);
      return new Map(
        Object.entries(texts).filter(([file]) =>
          paths.some((path) => file === path || file.startsWith(`${path}/`)),
        ),
      );
    },
  };
}
