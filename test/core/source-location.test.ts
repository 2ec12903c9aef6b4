import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { sourceOfError } from '../../src/core';
import { findings } from './places/fleet';

const PLACES = path.join(__dirname, 'places');

/** `places/fleet.ts:9`: the line of the file that ends in a comment with the construct's name. */
function lineOf(file: string, construct: string): string {
  const lines = fs.readFileSync(path.join(PLACES, file), 'utf8').split('\n');
  return `places/${file}:${1 + lines.findIndex((line) => line.endsWith(`// ${construct}`))}:`;
}

const EXPECTED: [what: string, construct: string, line: string][] = [
  ['a subclass is at its new, not at its super', 'acme.example.com', lineOf('fleet.ts', 'acme')],
  ['a group made in a subclass is at its own new', 'made-inside', lineOf('acme-cluster.ts', 'made-inside')],
  ['a group of a subclass of NodeGroup is at its new', 'spot', lineOf('fleet.ts', 'spot')],
  ['a default group is at the new of its cluster', 'nodes-eu-central-1a', lineOf('fleet.ts', 'plain')],
  ['a member of a control plane is at the new of that', 'cp/control-plane', lineOf('fleet.ts', 'cp')],
];

function placeOf(construct: string, lines: readonly string[]): string {
  return lines.find((line) => line.split(']')[0]?.includes(construct)) ?? lines.join('\n');
}

describe('under jest', () => {
  const lines = findings();
  test.each(EXPECTED)('%s', (_what, construct, line) => expect(placeOf(construct, lines)).toContain(line));
});

describe('under tsx, as the command line runs it', () => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', 'tsx/cjs', path.join(PLACES, 'fleet.ts')],
    { encoding: 'utf8' },
  );
  const lines: string[] = stdout ? JSON.parse(stdout) : [stderr];
  test.each(EXPECTED)('%s', (_what, construct, line) => expect(placeOf(construct, lines)).toContain(line));
});

describe('the stack of an error', () => {
  const at = (frame: string) => {
    const error = new Error('x');
    error.stack = `Error: x\n    at node:internal/modules/cjs/loader:1:1\n${frame}`;
    return sourceOfError(error);
  };

  test.each([
    ['    at Object.<anonymous> (/home/me/fleet.ts:3:5)', '/home/me/fleet.ts'],
    ['    at new AcmeCluster (/home/me (copy)/my fleet.ts:3:5)', '/home/me (copy)/my fleet.ts'],
    ['    at /home/me (copy)/fleet.ts:3:5', '/home/me (copy)/fleet.ts'],
    ['    at file:///home/me/a%20b/fleet.ts:3:5', '/home/me/a b/fleet.ts'],
    ['    at async load (file:///home/me/fleet.mts:3:5)', '/home/me/fleet.mts'],
  ])('%s', (frame, file) => expect(at(frame)).toEqual({ file, line: 3, column: 5 }));

  test('code of packages counts only where there is no other', () => {
    const inPackage = '    at new Shared (/home/me/node_modules/@acme/clusters/lib/shared.js:1:2)';
    expect(at(`${inPackage}\n    at run (/home/me/fleet.ts:3:5)`)?.file).toBe('/home/me/fleet.ts');
    expect(at(inPackage)?.file).toContain('shared.js');
  });
});
