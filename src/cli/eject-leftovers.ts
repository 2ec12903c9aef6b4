import * as fs from 'node:fs';
import * as path from 'node:path';
import { CLUSTERS_FOLDER, type Fleet } from '../delivery';
import { KOPS_LOCK_FILE } from '../delivery/kops-lock';
import { safely } from '../synth/disk-error';

/** A fleet whose files have been left to people. */
export interface Leftovers {
  /** The project's folder. */
  readonly root: string;
  readonly fleet: Fleet;
  /** Files that were loaded for it, absolute. */
  readonly code: readonly string[];
}

/** Where cdkops itself is: in a clone of it, that is in the project. */
const CDKOPS = path.resolve(__dirname, '..');

/** What the project needs no more, for a person to remove: nobody knows what else they use it for. */
export function whatCanGo({ root, fleet, code }: Leftovers): string {
  const { verify } = fleet.pipeline || {};
  const ownCommands = verify ? verify.script : undefined;
  const files = [
    ...ownCode(root, code),
    ...[KOPS_LOCK_FILE, `${CLUSTERS_FOLDER}/tsconfig.json`].filter(isThere(root)),
  ];
  const packages = packagesOf(root);
  return [
    'These files are yours now: nothing in them needs cdkops, Node or TypeScript. Commit and merge them.',
    ...(fleet.pipeline === false
      ? []
      : [
          'The pipeline of that commit has jobs for all clusters, and nothing to do for those that were rolled out.',
        ]),
    ...(ownCommands
      ? [
          '',
          'The commands of verify are gone. Put back those that need no cdkops:',
          ...ownCommands.map(indented),
        ]
      : []),
    '',
    'What no job needs any more:',
    indented(`git rm ${files.map(quoted).join(' ')}`),
    ...(packages.length > 0 ? [indented(`npm uninstall ${packages.join(' ')}`)] : []),
    indented('package.json, its lock and what else belongs to Node, where nothing else of yours needs them'),
    '',
    'How to do by hand what the code did: docs/eject.md of cdkops.',
    '',
  ].join('\n');
}

/** The project's own files among those that were loaded, relative to it. */
function ownCode(root: string, code: readonly string[]): string[] {
  const own = code
    .map((file) => file.replace(/\?.*$/, ''))
    .filter((file) => path.relative(CDKOPS, file).startsWith('..'))
    .map((file) => path.relative(root, file).split(path.sep).join('/'))
    .filter((file) => !file.startsWith('../') && !file.split('/').includes('node_modules'));
  return [...new Set(own)].sort();
}

/** Which packages of the project are there for the fleet. */
function packagesOf(root: string): string[] {
  const text = safely(() => fs.readFileSync(path.join(root, 'package.json'), 'utf8'), '{}');
  const { dependencies, devDependencies } = safely(() => JSON.parse(text), {}) as Record<string, object>;
  return ['cdkops', 'constructs'].filter((name) => name in { ...dependencies, ...devDependencies });
}

function isThere(root: string): (file: string) => boolean {
  return (file) => fs.existsSync(path.join(root, file));
}

function indented(line: string): string {
  return `  ${line}`;
}

/** A path as a word for a shell. */
function quoted(file: string): string {
  return /^[\w./@-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}
