import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Problem } from '../core';
import { reason, safely } from './disk-error';
import type { DiskPlan } from './disk-plan';

/**
 * Why the disk would refuse a plan. Asked before anything is staged, so that all of it is said at once.
 * @param command - what to run again then
 */
export function accessProblems(root: string, plan: DiskPlan, command = 'synth'): Problem[] {
  const problems: Problem[] = [];
  const folders = new Set<string>();
  for (const { path: file, before } of [...plan.writes, ...plan.removes]) {
    folders.add(nearestFolder(root, path.posix.dirname(file)));
    // The mode tells the owner's will; asking for access would always say yes to root.
    const mode = before === undefined ? 0o600 : safely(() => fs.statSync(path.join(root, file)).mode, 0o600);
    if ((mode & 0o222) === 0) {
      problems.push({ field: file, message: `is read-only: chmod u+w it, then run ${command} again` });
    }
  }
  for (const folder of folders) {
    try {
      fs.accessSync(path.join(root, folder), fs.constants.W_OK | fs.constants.X_OK);
    } catch (error) {
      const message = `the folder cannot be written: ${reason(error)}. Mend that, then run ${command} again`;
      problems.push({ field: folder === '.' ? root : folder, message });
    }
  }
  return problems;
}

/** The folder itself, or the first one above it that is there. */
function nearestFolder(root: string, folder: string): string {
  return folder === '.' || fs.existsSync(path.join(root, folder))
    ? folder
    : nearestFolder(root, path.posix.dirname(folder));
}
