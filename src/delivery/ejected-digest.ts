import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ClusterDelivery } from './cluster-delivery';

/** What the jobs take for the digest of a cluster's manifest where people write the files. */
export type DigestOfFiles = (cluster: Pick<ClusterDelivery, 'manifest' | 'templateFlags'>) => string;

/**
 * Makes those digests as `digest_of_files` of the script does: of the manifest's text, or of a template's flags and files.
 * Line ends do not count.
 * @param root - the project's folder
 * @param generated - texts of manifests that are not on the disk yet, by path
 */
export function digestsOfFiles(root: string, generated: ReadonlyMap<string, string>): DigestOfFiles {
  const contents = (file: string) => generated.get(file) ?? fs.readFileSync(path.join(root, file));
  return ({ manifest, templateFlags = [] }) => {
    if (manifest !== undefined) return digest(contents(manifest));
    const files = inputsOf(root, templateFlags).map((file) => `${file} ${digest(contents(file))}\n`);
    return digest(`${templateFlags.join(' ')}\n${files.join('')}`);
  };
}

/** Files that flags of `kops toolbox template` name, in the order of the flags; those of a folder in that of their bytes. */
function inputsOf(root: string, flags: readonly string[]): string[] {
  return flags.flatMap((flag, index) => {
    if (!['--template', '--values', '--snippets'].includes(flags[index - 1] ?? '')) return [];
    if (!fs.statSync(path.join(root, flag)).isDirectory()) return [flag];
    const inside = filesIn(path.join(root, flag)).map((file) => Buffer.from(file));
    return inside.sort(Buffer.compare).map((file) => `${flag}/${file.toString()}`);
  });
}

/** Paths of the files in a folder and those below it; hidden ones are no part of it. */
function filesIn(folder: string): string[] {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    if (entry.name.startsWith('.')) return [];
    if (!entry.isDirectory()) return entry.isFile() ? [entry.name] : [];
    return filesIn(path.join(folder, entry.name)).map((file) => `${entry.name}/${file}`);
  });
}

function digest(contents: string | Buffer): string {
  // One letter a byte, so that bytes that are no text count, too.
  const text = Buffer.from(contents).toString('latin1').replaceAll('\r', '');
  return createHash('sha256').update(text, 'latin1').digest('hex');
}
