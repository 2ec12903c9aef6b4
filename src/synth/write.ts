import * as fs from 'node:fs';
import * as path from 'node:path';
import { UserError } from '../core';
import { reason, safely } from './disk-error';
import type { DiskPlan } from './disk-plan';
import { removeLeftovers, stagedName } from './staged-file';

/**
 * Carries out a plan, all or nothing: every new text is staged beside its place first, and only when all of them are on
 * the disk are they renamed, one after the other. Where the disk refuses, what was done is undone. A kill in between
 * leaves each file whole, old or new, and the next run completes the set. Nothing is synced to the disk: the files can
 * be made again from the code.
 * @param command - what to run again where the disk refuses
 * @throws UserError where the disk refuses.
 */
export function carryOut(root: string, plan: DiskPlan, command = 'synth'): void {
  const { writes, removes, unchanged } = plan;
  removeLeftovers(root, [...writes.map((write) => write.path), ...unchanged]);
  const undo: (() => void)[] = [];
  let target = '';
  try {
    const staged = writes.map(({ path: file, text, before }) => {
      target = file;
      const to = path.join(root, file);
      makeFolder(path.dirname(to), undo);
      const from = stagedName(to);
      undo.push(() => fs.rmSync(from, { force: true }));
      fs.writeFileSync(from, text, { flag: 'wx' });
      return { file, from, to, before };
    });
    // The pipeline comes last among the writes and before the removals, so that it never includes what is not there.
    for (const { file, from, to, before } of staged) {
      target = file;
      fs.renameSync(from, to);
      undo.push(() => restore(to, before));
    }
    for (const { path: file, before } of removes) {
      target = file;
      const gone = path.join(root, file);
      // Another synth may have been here before.
      fs.rmSync(gone, { force: true });
      undo.push(() => restore(gone, before));
    }
  } catch (error) {
    const failures = undo.reverse().filter((step) => !succeeds(step));
    const state =
      failures.length === 0
        ? `Nothing was changed: mend that and run ${command} again.`
        : `Some files are new and some are old, each is whole: mend that and run ${command} again, it completes the set.`;
    throw new UserError(`cannot write ${target}: ${reason(error)}. ${state}`);
  }
  for (const { path: file } of removes) removeIfEmpty(path.dirname(path.join(root, file)), root);
}

function succeeds(step: () => void): boolean {
  try {
    step();
    return true;
  } catch {
    return false;
  }
}

/** Makes a folder and those above it that are missing. */
function makeFolder(folder: string, undo: (() => void)[]): void {
  const top = fs.mkdirSync(folder, { recursive: true });
  if (top === undefined) return;
  undo.push(() => {
    for (let at = folder; at.length >= top.length; at = path.dirname(at)) removeIfEmpty(at, '');
  });
}

function restore(file: string, before: string | undefined): void {
  if (before === undefined) {
    fs.rmSync(file, { force: true });
    return;
  }
  const staged = stagedName(file);
  fs.writeFileSync(staged, before);
  fs.renameSync(staged, file);
}

/** Something else may be in it: that is not ours to remove. */
function removeIfEmpty(folder: string, root: string): void {
  if (folder !== root) safely(() => fs.rmdirSync(folder), undefined);
}
