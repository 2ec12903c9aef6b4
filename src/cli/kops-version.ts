import { UserError } from '../core';
import { runKops } from './run-kops';

/**
 * The version of the kOps on PATH, such as `1.36.2`; nothing where that cannot be told, which is no reason to do without it.
 * @param timeout - in milliseconds
 */
export async function kopsVersion(timeout: number): Promise<string | undefined> {
  try {
    const { stdout } = await runKops(['version', '--short'], { timeout });
    return /^(?:Client version: )?v?(\d+\.\d+\.\S+)/m.exec(stdout)?.[1];
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
