import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseAllDocuments } from 'yaml';
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

/** Clouds that kops talks to before it takes a manifest, beside AWS, which the emulator is. */
const CLOUDS_OUT_OF_REACH = ['azure', 'digitalocean', 'gce', 'openstack'];

/** Clouds that want to be given a token before anything else, but do not look at it to take a manifest. */
const TOKENS = {
  HCLOUD_TOKEN: '0'.repeat(64),
  SCW_ACCESS_KEY: `SCW${'0'.repeat(17)}`,
  SCW_SECRET_KEY: '11111111-1111-1111-1111-111111111111',
  SCW_DEFAULT_PROJECT_ID: '11111111-1111-1111-1111-111111111111',
};

/**
 * Has the real kops take a manifest into an empty state store, and asks it for everything back. For a cloud out of reach
 * the manifest is put there without kops judging it: kops then reads it all the same.
 */
export async function roundTrip(manifest: string): Promise<RoundTrip> {
  const written = parseAllDocuments(manifest).map((document) => document.toJS() as KopsJson);
  const cluster = written.find(({ kind }) => kind === 'Cluster');
  if (!cluster) throw new Error('the manifest has no Cluster');
  const outOfReach = CLOUDS_OUT_OF_REACH.includes(
    String((cluster.spec as { cloudProvider?: string }).cloudProvider),
  );
  const store = outOfReach ? stored(manifest, written) : await replaced(manifest, cluster);
  const read = parseObjects(
    await kopsOutput(['get', 'all', '--name', cluster.metadata.name, '--output', 'json'], { store }),
  );
  return {
    // kops keeps SSH keys apart and never shows them.
    written: byName(written.filter(({ kind }) => kind !== 'SSHCredential')),
    read: byName(outOfReach ? read : read.map(withoutAdditions)),
  };
}

async function replaced(manifest: string, cluster: KopsJson): Promise<string> {
  const store = await emptyStateStore();
  await createConfigBase(cluster);
  await kopsOutput(['replace', '--force', '--filename', '-'], { store, input: manifest, env: TOKENS });
  return store;
}

/** A state store whose files are the documents of a manifest as they are, split where kops splits. */
function stored(manifest: string, objects: readonly KopsJson[]): string {
  const store = fs.mkdtempSync(path.join(provided('home'), 'store-'));
  const [cluster] = objects;
  const folder = path.join(store, cluster?.metadata.name ?? '');
  fs.mkdirSync(path.join(folder, 'instancegroup'), { recursive: true });
  manifest.split('\n---\n').forEach((text, index) => {
    const object = objects[index];
    if (object?.kind === 'Cluster') fs.writeFileSync(path.join(folder, 'config'), text);
    if (object?.kind === 'InstanceGroup') {
      fs.writeFileSync(path.join(folder, 'instancegroup', object.metadata.name), text);
    }
  });
  return pathToFileURL(store).href;
}

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
