import { isMap, UserError } from '../../core';
import { readManifest } from '../../delivery/manifest-file';

/** One document of a manifest, as plain data. */
export interface ManifestDocument {
  /** `Cluster`, `InstanceGroup`… */
  readonly kind: string;
  /** `metadata.name`; empty where it has none. */
  readonly name: string;
  /** All of it. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Whether objects of a kind stand in manifests; all others are of a pipeline. */
export function isOfManifest(kind: string): boolean {
  return OF_MANIFEST.has(kind);
}

const OF_MANIFEST: ReadonlySet<string> = new Set(['Cluster', 'InstanceGroup', 'SSHCredential']);

/**
 * The documents of a manifest, read as kOps does.
 * @param file - its name, for messages
 * @throws UserError where kOps would read something else than what stands there: with the line.
 */
export function manifestDocuments(text: string, file: string): ManifestDocument[] {
  const { documents, problems } = readManifest(text);
  const [problem] = problems;
  if (problem) throw new UserError(`${file}:${problem.line} ${problem.message}`);
  return documents.map(({ value }) => {
    const metadata = isMap(value.metadata) ? value.metadata : {};
    return { kind: textOf(value.kind), name: textOf(metadata.name), data: value };
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
