import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Fleet } from '../../src';
import { synthesise } from '../../src/synth';
import { CLOUDS } from '../docs/clouds';
import { ROOT } from './support/folders';
import { roundTrip } from './support/round-trip';

const EXAMPLES = path.join(ROOT, 'docs/examples');

// kops drops what it does not know in silence. So: what it read must come back, nothing missing and nothing changed.

/** The manifests that a program makes, which must be without error. */
function manifestsOf(program: string): string[] {
  const { fleet } = require(path.join(EXAMPLES, program)) as { fleet: Fleet };
  const { files, findings } = synthesise(fleet);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  return [...files].flatMap(([file, text]) => (file.endsWith('/kops.yaml') ? [text] : []));
}

describe('the committed manifests come back from kops unchanged', () => {
  const folder = path.join(ROOT, 'clusters');
  const files = fs.readdirSync(folder).flatMap((cluster) => {
    const file = path.join(folder, cluster, 'kops.yaml');
    return fs.existsSync(file) ? [[`clusters/${cluster}/kops.yaml`, file] as const] : [];
  });

  test('there are some', () => expect(files).not.toEqual([]));

  test.each(files)('%s', async (_name, file) => {
    const { written, read } = await roundTrip(fs.readFileSync(file, 'utf8'));
    expect(read).toEqual(written);
  });
});

/** Fields of an example that no kops knows, there to show how to write such: kops drops them. */
const UNKNOWN_FIELDS: Readonly<Record<string, readonly string[]>> = { 'aws-escape-hatches.ts': ['acmeMesh'] };

function withoutUnknown(objects: Readonly<Record<string, unknown>>, fields: readonly string[] = []) {
  const known = structuredClone(objects) as Record<string, { spec: Record<string, unknown> }>;
  for (const { spec } of Object.values(known)) for (const field of fields) delete spec[field];
  return known;
}

describe('the manifests of the examples come back from kops unchanged', () => {
  const programs = fs.readdirSync(EXAMPLES).filter((file) => file.endsWith('.ts'));

  test('there are some', () => expect(programs).not.toEqual([]));

  test.each(programs)('%s', async (program) => {
    const manifests = manifestsOf(program);
    expect(manifests).not.toEqual([]);
    for (const text of manifests) {
      const { written, read } = await roundTrip(text, CLOUDS[path.basename(program, '.ts')]);
      expect(read).toEqual(withoutUnknown(written, UNKNOWN_FIELDS[program]));
    }
  });
});

describe('the comparison sees what kops drops', () => {
  test.each(['aws-minimal.ts', 'hetzner.ts'])('%s', async (program) => {
    const [manifest = ''] = manifestsOf(program);
    const misspelt = manifest.replace('\n  networking:', '\n  networkign:');
    const { written, read } = await roundTrip(misspelt, CLOUDS[path.basename(program, '.ts')]);
    expect(read).not.toEqual(written);
  });
});
