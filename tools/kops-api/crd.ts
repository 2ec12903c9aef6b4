/**
 * Reads the custom resource definitions of kOps releases from disk.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What this generator needs of an OpenAPI v3 schema node. */
export interface SchemaNode {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly additionalProperties?: SchemaNode;
  readonly 'x-kubernetes-int-or-string'?: boolean;
}

/** The specs of one kOps release, by kind. */
export interface Release {
  /** Minor release: `1.36`. */
  readonly minor: string;
  /** Schema of `spec` for each kind. */
  readonly specs: Readonly<Record<Kind, SchemaNode>>;
}

/** File of each kind in a release's folder, without a prefix such as `kops.k8s.io_`. */
const FILES = {
  Cluster: 'clusters.yaml',
  InstanceGroup: 'instancegroups.yaml',
  SSHCredential: 'sshcredentials.yaml',
} as const;

/** The kinds of documents that administrators write for kOps. */
export type Kind = keyof typeof FILES;

/** All kinds, in the order in which they are written. */
export const KINDS = Object.keys(FILES) as readonly Kind[];

/** The API version that is read out of the definitions. */
const API_VERSION = 'v1alpha2';

interface Definition {
  readonly spec: {
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: SchemaNode };
    }[];
  };
}

/**
 * Reads every release below `folder`, oldest first.
 *
 * @param folder - holds one sub-folder a release (`1.36.2`) with the three files of {@link FILES};
 *   of several patch releases of one minor the newest counts
 */
export function readReleases(folder: string): Release[] {
  const newest = new Map<number, { patch: number; name: string }>();
  for (const name of readdirSync(folder)) {
    const match = /^v?1\.(\d+)\.(\d+)$/.exec(name);
    if (!match) continue;
    const minor = Number(match[1]);
    const patch = Number(match[2]);
    if (patch >= (newest.get(minor)?.patch ?? 0)) newest.set(minor, { patch, name });
  }
  if (newest.size === 0) throw new Error(`no folder named like a kOps release (1.36.2) in ${folder}`);
  return [...newest.entries()]
    .sort(([a], [b]) => a - b)
    .map(([minor, { name }]) => ({
      minor: `1.${minor}`,
      specs: Object.fromEntries(
        KINDS.map((kind) => [kind, readSpec(join(folder, name), kind)]),
      ) as Release['specs'],
    }));
}

/** The schema of `spec` in one file; kOps's own name for the file works too (`kops.k8s.io_clusters.yaml`). */
function readSpec(folder: string, kind: Kind): SchemaNode {
  const file = readdirSync(folder).find((name) => name.endsWith(FILES[kind]));
  if (!file) throw new Error(`${folder} has no ${FILES[kind]}`);
  const definition = parse(readFileSync(join(folder, file), 'utf8')) as Definition;
  const version = definition.spec.versions.find(({ name }) => name === API_VERSION);
  const spec = version?.schema.openAPIV3Schema.properties?.spec;
  if (!spec) throw new Error(`${join(folder, file)} has no schema of spec in ${API_VERSION}`);
  return spec;
}
