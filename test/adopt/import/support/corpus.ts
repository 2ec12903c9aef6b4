import * as fs from 'node:fs';
import * as path from 'node:path';
import { type KopsRelease, releaseOf } from '../../../../src/kops/api';

/** A manifest that was written for these tests, as teams have them. */
export interface Manifest {
  /** The name of its file, without the end. */
  readonly slug: string;
  readonly text: string;
  /** What it stands for, in its own words. */
  readonly about: string;
  /** The release of kOps that it is for. */
  readonly release: KopsRelease;
}

const FOLDER = path.resolve(__dirname, '../manifests');

/** All of them, by the names of their files. */
export const CORPUS: readonly Manifest[] = fs
  .readdirSync(FOLDER)
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .map((file) => {
    const text = fs.readFileSync(path.join(FOLDER, file), 'utf8');
    const [, about = '', minor = ''] = /(kOps (\d+\.\d+)[^"\r\n]*)/.exec(head(text)) ?? [];
    const release = releaseOf(minor);
    if (!release) throw new Error(`${file} does not begin with "# kOps 1.…, what it stands for"`);
    return { slug: file.replace('.yaml', ''), text, about, release };
  });

/** Where a manifest says what it stands for: its first lines. JSON has one, and an annotation in it. */
function head(text: string): string {
  return text.startsWith('{') ? text.slice(0, 200) : text.split('\n', 2).join('\n');
}
