import * as crypto from 'node:crypto';
import { createBucket } from './aws';
import { provided } from './provided';

/** The state store that every cluster of the create tests has; setup makes it. */
export const STATE_STORE = 'kops-state';

/** A new, empty state store: tests that write share nothing. */
export async function emptyStateStore(): Promise<string> {
  const bucket = `store-${crypto.randomUUID()}`;
  await createBucket(provided('emulator'), bucket);
  return `s3://${bucket}`;
}
