import * as fs from 'node:fs';
import * as path from 'node:path';
import { UserError } from '../core';
import { textOf } from './text-of-bytes';

/** Files on the disk, beneath a project's folder. */
export class ProjectFiles {
  constructor(private readonly root: string) {}

  /** The texts of all files among or below these paths, by path; links are followed no further than git would. */
  public read(paths: readonly string[]): Map<string, string> {
    const texts = new Map<string, string>();
    for (const file of paths) this.collect(file, texts);
    return texts;
  }

  private collect(file: string, texts: Map<string, string>): void {
    const full = path.join(this.root, file);
    try {
      const stat = fs.lstatSync(full, { throwIfNoEntry: false });
      if (stat?.isFile()) texts.set(file, textOf(fs.readFileSync(full)));
      if (stat?.isDirectory()) {
        for (const name of fs.readdirSync(full)) this.collect(path.posix.join(file, name), texts);
      }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new UserError(`cannot read ${file}: ${code === 'EACCES' ? 'permission denied' : message}`);
    }
  }
}
