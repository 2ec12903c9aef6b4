import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { E2E } from './folders';
import { kopsOutput } from './kops';
import { type KopsJson, parseObjects } from './objects';
import { STATE_STORE } from './state-store';

const CHANNEL = pathToFileURL(path.join(E2E, 'channel.yaml')).href;

export const KUBERNETES_VERSION = '1.35.1';

/**
 * The objects that the real `kops create cluster` would make: what our defaults must equal.
 *
 * kops reads our channel file and writes the file's address into the cluster; `--set` puts back the name that it writes
 * where it has its own channel.
 */
export async function createCluster(name: string, flags: readonly string[]): Promise<KopsJson[]> {
  const args = [
    'create',
    'cluster',
    '--name',
    name,
    '--cloud',
    'aws',
    '--kubernetes-version',
    KUBERNETES_VERSION,
  ];
  const channel = ['--channel', CHANNEL, '--set', 'cluster.spec.channel=stable'];
  const output = ['--dry-run', '--output', 'json'];
  return parseObjects(
    await kopsOutput([...args, ...channel, ...output, ...flags], { store: `s3://${STATE_STORE}` }),
  );
}
