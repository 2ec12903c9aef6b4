import * as fs from 'node:fs';
import * as path from 'node:path';
import { given } from '../core';

/** What has to be at a path. */
export type Wanted = 'file' | 'folder' | 'file or folder';

/** A path of the project, looked up. */
export type ProjectPath =
  | { readonly path: string; readonly kind: 'file' | 'folder'; readonly problem?: undefined }
  | { readonly problem: string };

/**
 * No blanks: the path becomes a flag among others in a variable. No `*`, `?`, brackets or `$`: it becomes a pattern in
 * the rules of GitLab, which would mean other files.
 */
const PART = /^[\p{L}\p{N}_.@+=][\p{L}\p{M}\p{N}_.@+=~-]*$/u;

/** Looks up what an administrator named; `problem` says what is wrong with it, to be read after the field. */
export function projectPath(root: string, name: string, wanted: Wanted): ProjectPath {
  const normal = path.posix.normalize(name).replace(/\/$/, '');
  const parts = normal.split('/');
  if (parts.includes('..') || normal === '.' || !parts.every((part) => PART.test(part))) {
    const message = `expected the path of a ${wanted} in the project, without blanks and pattern characters, got ${given(name)}`;
    return { problem: message };
  }
  const full = path.join(root, normal);
  const stat = fs.statSync(full, { throwIfNoEntry: false });
  if (!stat)
    return { problem: `there is no ${normal} (looked for ${full}): paths are relative to the project` };
  const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'special file';
  if (kind === 'special file' || !wanted.split(' or ').includes(kind)) {
    return { problem: `${normal} is a ${kind}: expected a ${wanted}` };
  }
  // Rules look at the path that is written here: what changes elsewhere would start no job.
  const real = fs.realpathSync(full);
  if (real !== path.join(fs.realpathSync(root), normal)) {
    return { problem: `${normal} leads to ${real}: write the path of the ${kind} itself` };
  }
  return { path: normal, kind };
}
