import { parseAllDocuments } from 'yaml';
import type { OfflineCheck } from '../../docs/clouds';
import { startOpenStack } from '../../docs/openstack';
import { createBucket } from './aws';
import { kopsOutput } from './kops';
import { type KopsJson, parseObjects } from './objects';
import { provided } from './provided';
import { emptyStateStore } from './state-store';

/** The objects of a manifest, as we wrote them and as kops has them afterwards, by kind and name. */
export interface RoundTrip {
  readonly written: Readonly<Record<string, unknown>>;
  readonly read: Readonly<Record<string, unknown>>;
}

/** Has the real kops take a manifest into an empty state store, and asks it for everything back. */
export async function roundTrip(manifest: string, check: OfflineCheck = AWS): Promise<RoundTrip> {
  const written = parseAllDocuments(manifest).map((document) => document.toJS() as KopsJson);
  const cluster = written.find(({ kind }) => kind === 'Cluster');
  if (!cluster) throw new Error('the manifest has no Cluster');
  const store = await emptyStateStore();
  await createConfigBase(cluster);
  const cloud = check.server === 'openstack' ? await startOpenStack() : undefined;
  try {
    const env = { ...check.env, ...cloud?.env };
    const command = check.command === 'create' ? ['create'] : ['replace', '--force'];
    await kopsOutput([...command, '--filename', '-'], { store, input: manifest, env });
    const all = ['get', 'all', '--name', cluster.metadata.name, '--output', 'json'];
    const read = parseObjects(await kopsOutput(all, { store, env }));
    return {
      // kops keeps SSH keys apart and never shows them.
      written: byName(written.filter(({ kind }) => kind !== 'SSHCredential')),
      read: byName(read.map(withoutAdditions)),
    };
  } finally {
    cloud?.server.close();
  }
}

/** The emulator is all that AWS needs. */
const AWS: OfflineCheck = { command: 'replace', env: {} };

/** Everything that kops adds to an object of ours, by its own account: when it first saw it. */
function withoutAdditions(object: KopsJson): KopsJson {
  const { creationTimestamp, ...metadata } = object.metadata;
  if (creationTimestamp === undefined)
    throw new Error('kops no longer adds creationTimestamp: take it off this list');
  return { ...object, metadata };
}

function byName(objects: readonly KopsJson[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

/** SSH keys go to the live place that the cluster names, whatever `--state` says. */
async function createConfigBase({ spec }: KopsJson): Promise<void> {
  const { configBase } = spec as { configBase?: string };
  const bucket = /^s3:\/\/([^/]+)/.exec(configBase ?? '')?.[1];
  if (bucket !== undefined) await createBucket(provided('emulator'), bucket);
}
