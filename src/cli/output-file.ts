import * as fs from 'node:fs';
import * as path from 'node:path';
import { UserError } from '../core';
import { reason, safely } from '../synth/disk-error';
import { stagedName } from '../synth/staged-file';

/**
 * Writes a file that the user named, whole or not at all: the text is put beside its place first.
 * @throws UserError where the disk refuses.
 */
export function writeOutput(file: string, text: string): void {
  try {
    const place = safely(() => fs.realpathSync(file), path.resolve(file));
    const stat = fs.statSync(place, { throwIfNoEntry: false });
    if (stat?.isDirectory())
      throw new UserError(`--output: ${file} is a folder, expected the name of a file`);
    if (!stat && !fs.existsSync(path.dirname(place))) {
      throw new UserError(`--output: there is no folder ${path.dirname(file)}: make it first`);
    }
    // A device or a pipe has no place beside it.
    if (stat && !stat.isFile()) fs.writeFileSync(place, text);
    else replace(place, text, stat?.mode);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`cannot write ${file}: ${reason(error)}. It is as it was`);
  }
}

function replace(file: string, text: string, mode: number | undefined): void {
  const staged = stagedName(file);
  try {
    fs.writeFileSync(staged, text, { flag: 'wx', mode });
    fs.renameSync(staged, file);
  } catch (error) {
    safely(() => fs.rmSync(staged, { force: true }), undefined);
    throw error;
  }
}
