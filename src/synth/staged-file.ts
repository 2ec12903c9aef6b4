import * as fs from 'node:fs';
import * as path from 'node:path';
import { CLUSTERS_FOLDER } from '../delivery';
import { safely } from './disk-error';

const STAGED_NAME = /^\..+\.(?<pid>\d+)\.cdkops-tmp$/;

/** No synth writes for that long: the number of its process belongs to another one by now. */
const LONGEST_RUN_MS = 3_600_000;

/** Where this process puts the text of a file until all texts are on the disk; .gitignore has the suffix. */
export function stagedName(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.cdkops-tmp`);
}

/** Removes what a killed run left beside our files. */
export function removeLeftovers(root: string, files: readonly string[]): void {
  const clusters = safely(
    () => fs.readdirSync(path.join(root, CLUSTERS_FOLDER), { withFileTypes: true }),
    [],
  );
  const folders = new Set(['.', CLUSTERS_FOLDER, ...files.map((file) => path.posix.dirname(file))]);
  for (const entry of clusters) if (entry.isDirectory()) folders.add(`${CLUSTERS_FOLDER}/${entry.name}`);
  for (const folder of folders) {
    for (const name of safely(() => fs.readdirSync(path.join(root, folder)), [])) {
      const pid = Number(STAGED_NAME.exec(name)?.groups?.pid);
      const file = path.join(root, folder, name);
      if (pid && !isBeingWritten(file, pid)) safely(() => fs.rmSync(file, { force: true }), undefined);
    }
  }
}

/** Another synth may be at work in the same folder. */
function isBeingWritten(file: string, pid: number): boolean {
  if (pid === process.pid) return false;
  const age = Date.now() - safely(() => fs.statSync(file).mtimeMs, 0);
  return age < LONGEST_RUN_MS && isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
