import * as fs from 'node:fs';
import * as path from 'node:path';
import { type DeliveryGround, REGION } from './delivery-ground';
import { CLUSTER } from './delivery-project';
import { runProcess } from './process-run';

/** Gives an Auto Scaling group another maximum, by the aws client, as somebody in a hurry does. */
export async function resizeGroup(ground: DeliveryGround, group: string, maxSize: number): Promise<void> {
  const command = ['aws', '--region', REGION, 'autoscaling', 'update-auto-scaling-group'];
  const given = ['--auto-scaling-group-name', `${group}.${CLUSTER}`, '--max-size', String(maxSize)];
  const { code, output } = await runProcess([...command, ...given], {
    cwd: ground.home,
    env: ground.env,
    timeoutSeconds: 30,
  });
  if (code !== 0) throw new Error(output);
}

/** Has kops say that it is another version, all else being as it is. Returns how to undo that. */
export function sayVersion(ground: DeliveryGround, version: string): () => void {
  const kops = path.join(ground.bin, 'kops');
  const real = fs.realpathSync(kops);
  fs.rmSync(kops);
  const script = `#!/bin/sh\nif [ "$1" = version ]; then echo ${version}; else exec '${real}' "$@"; fi\n`;
  fs.writeFileSync(kops, script, { mode: 0o755 });
  return () => {
    fs.rmSync(kops);
    fs.symlinkSync(real, kops);
  };
}

/** Has another text in an object of the store for as long as something runs; `undefined`: has it away. */
export async function withObject(
  ground: DeliveryGround,
  key: string,
  text: string | undefined,
  during: () => Promise<unknown>,
): Promise<void> {
  const before = (await ground.storeKeys(key)).includes(key) ? await ground.storeObject(key) : undefined;
  await putOrRemove(ground, key, text);
  try {
    await during();
  } finally {
    await putOrRemove(ground, key, before);
  }
}

function putOrRemove(ground: DeliveryGround, key: string, text: string | undefined): Promise<void> {
  return text === undefined ? ground.removeStoreObject(key) : ground.putStoreObject(key, text);
}
