import * as fs from 'node:fs';
import * as path from 'node:path';
import { UserError } from '../core';
import { KOPS_LOCK_FILE, type KopsLock, parseKopsLock } from '../delivery/kops-lock';

/**
 * The lock of a project; `undefined` where it has none.
 * @throws UserError where the file cannot be read, or is no lock.
 */
export function readKopsLock(root: string): KopsLock | undefined {
  const text = readKopsLockText(root);
  return text === undefined ? undefined : parseKopsLock(text);
}

/**
 * The text of a project's lock; `undefined` where it has none.
 * @throws UserError where the file cannot be read.
 */
export function readKopsLockText(root: string): string | undefined {
  try {
    return fs.readFileSync(path.join(root, KOPS_LOCK_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UserError(`cannot read ${KOPS_LOCK_FILE}: ${(error as Error).message}`);
  }
}
