import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Problem } from '../core';
import { reason, safely } from './disk-error';

/** What stands in the way of a folder, from the top; a folder that is not there can be made. */
export function folderProblem(root: string, folder: string): Problem | undefined {
  let field = '';
  for (const part of folder === '.' ? [] : folder.split('/')) {
    field = path.posix.join(field, part);
    const stat = safely(() => fs.lstatSync(path.join(root, field)), undefined);
    if (stat === undefined) return undefined;
    if (stat.isSymbolicLink()) {
      const message =
        'is a symbolic link, but cdkops writes only into folders of the project itself: put a folder in its place';
      return { field, message };
    }
    if (!stat.isDirectory()) {
      const message = 'is a file, but cdkops needs a folder there: move the file away, then try again';
      return { field, message };
    }
  }
  return undefined;
}

/** The text of a file, nothing where it is not there; or why it cannot be one of ours. */
export function readPlain(root: string, file: string): { text?: string; problem?: string } {
  const full = path.join(root, file);
  try {
    const stat = fs.lstatSync(full);
    if (stat.isDirectory()) {
      return {
        problem: 'is a folder, but cdkops writes a file there. Move the folder away, then try again',
      };
    }
    if (!stat.isFile()) {
      return { problem: 'is a link or another special file: remove it, then try again' };
    }
    return { text: fs.readFileSync(full, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? {} : { problem: `cannot be read: ${reason(error)}` };
  }
}
