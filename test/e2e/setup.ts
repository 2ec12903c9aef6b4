import * as fs from 'node:fs';
import * as path from 'node:path';
import { createBucket, createHostedZone } from './support/aws';
import { DNS_ZONE, PRIVATE_DNS_ZONE } from './support/create-matrix';
import { startEmulator } from './support/emulator';
import { CACHE } from './support/folders';
import { provideKops } from './support/kops-binary';
import { provideKubectl } from './support/kubectl-binary';
import { provide } from './support/provided';
import { providePython } from './support/python';
import { requireTools } from './support/required-tools';
import { STATE_STORE } from './support/state-store';
import teardown, { tearDownWith } from './teardown';

/** Once before all end-to-end tests: everything that they need, or one error that says what is missing. */
export default async function setup(): Promise<void> {
  requireTools();
  try {
    await prepare();
  } catch (error) {
    // jest tears nothing down where setup fails.
    await teardown();
    throw error;
  }
}

async function prepare(): Promise<void> {
  const kops = provideKops();
  const kubectl = provideKubectl();
  const python = providePython();
  const home = fs.mkdtempSync(path.join(CACHE, 'home-'));
  tearDownWith(() => fs.rmSync(home, { recursive: true, force: true }));
  const emulator = await startEmulator(python);
  tearDownWith(() => emulator.stop());
  await createBucket(emulator.url, STATE_STORE);
  await createHostedZone(emulator.url, DNS_ZONE, 'public');
  await createHostedZone(emulator.url, PRIVATE_DNS_ZONE, 'private');
  provide({ kops, kubectl, python, emulator: emulator.url, home });
}
