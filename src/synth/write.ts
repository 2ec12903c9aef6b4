import * as fs from 'node:fs';
import * as path from 'node:path';
import { UserError } from '../core';
import { CLUSTERS_FOLDER } from '../delivery';
import { reason } from './disk-error';
import type { DiskPlan } from './disk-plan';

/** Ends the names of files that are being written; .gitignore has it. */
const STAGED_SUFFIX = '.cdkops-tmp';
const STAGED_NAME = /^\.(?<name>.+)\.(?<pid>\d+)\.cdkops-tmp$/;

/**
 * Carries out a plan, all or nothing: every new text is staged beside its place first, and only when all of them are on
 * the disk are they renamed, one after the other. A kill in between leaves each file whole, old or new, and the next run
 * completes the set. Nothing is synced to the disk: the files can be made again from the code.
 * @throws UserError where the disk refuses; while staging, nothing has changed then.
 */
export function carryOut(root: string, plan: DiskPlan): void {
  removeLeftovers(root);
  const staged: { readonly from: string; readonly to: string }[] = [];
  const madeFolders: string[] = [];
  let target = '';
  try {
    for (const { path: file, text } of plan.writes) {
      target = file;
      const to = path.join(root, file);
      const made = fs.mkdirSync(path.dirname(to), { recursive: true });
      if (made) madeFolders.push(made);
      const from = path.join(path.dirname(to), `.${path.basename(to)}.${process.pid}${STAGED_SUFFIX}`);
      staged.push({ from, to });
      fs.writeFileSync(from, text, { flag: 'wx' });
    }
  } catch (error) {
    for (const { from } of staged) fs.rmSync(from, { force: true });
    for (const folder of madeFolders.reverse()) fs.rmSync(folder, { recursive: true, force: true });
    throw new UserError(`cannot write ${target}: ${reason(error)}. Nothing was changed.`);
  }
  try {
    // The pipeline comes last among the writes and before the removals, so that it never includes what is not there.
    for (const { from, to } of staged) {
      target = path.relative(root, to);
      fs.renameSync(from, to);
    }
    for (const file of plan.removes) {
      target = file;
      fs.rmSync(path.join(root, file));
      removeIfEmpty(path.join(root, path.dirname(file)), root);
    }
  } catch (error) {
    for (const { from } of staged) fs.rmSync(from, { force: true });
    throw new UserError(
      `cannot write ${target}: ${reason(error)}. Mend that and run synth again: it completes the set.`,
    );
  }
}

/** What a killed run left: staged files of processes that are no more. */
function removeLeftovers(root: string): void {
  const clusters = path.join(root, CLUSTERS_FOLDER);
  const folders = [root, clusters, ...list(clusters).map((name) => path.join(clusters, name))];
  for (const folder of folders) {
    for (const name of list(folder)) {
      const pid = Number(STAGED_NAME.exec(name)?.groups?.pid);
      if (pid && !isRunning(pid)) fs.rmSync(path.join(folder, name), { force: true });
    }
  }
}

function list(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function removeIfEmpty(folder: string, root: string): void {
  if (folder === root) return;
  try {
    fs.rmdirSync(folder);
  } catch {
    // Something else is in it: not ours to remove.
  }
}
