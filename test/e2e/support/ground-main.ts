import * as fs from 'node:fs';
import * as path from 'node:path';
import setup from '../setup';
import teardown from '../teardown';
import { deliveryGround } from './delivery-ground';
import { smallFleet } from './small-fleet';

/*
 * Brings the ground up by hand and keeps it up until it is killed:
 *   node --require tsx/cjs test/e2e/support/ground-main.ts [CLUSTER [FILE]]
 * prints the variables to export (into FILE where one is given) and writes the manifest of a small cluster into $FLEET.
 */
async function main(): Promise<void> {
  const [cluster, file] = process.argv.slice(2);
  await setup();
  const ground = await deliveryGround(cluster);
  const fleet = path.join(path.dirname(ground.home), 'fleet');
  // Manifests alone: the ground is there to work on jobs that are not finished.
  const options = { bucket: ground.bucket, clusters: ground.cluster, fleet: { pipeline: false } } as const;
  const files = smallFleet(options);
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(fleet, name)), { recursive: true });
    fs.writeFileSync(path.join(fleet, name), text);
  }
  const env = {
    ...ground.env,
    KOPS_STATE_STORE: ground.store,
    KOPS_CLUSTER_NAME: ground.cluster,
    FLEET: fleet,
  };
  const text = Object.entries(env).map(([name, value]) => `export ${name}='${value}'\n`);
  if (file) fs.writeFileSync(file, text.join(''));
  else process.stdout.write(text.join(''));
  console.error('the ground stands; end it with Ctrl-C');
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await ground.stop();
  await teardown();
}

main().catch(async (error: unknown) => {
  console.error(error);
  await teardown();
  process.exit(1);
});
