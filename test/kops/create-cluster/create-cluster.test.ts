import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KopsDocument } from '../../../src';
import { aWave, documentsOf } from '../support';
import { PROGRAMS } from './programs';

const FIXTURES = path.join(__dirname, 'fixtures');
const NAMES = fs
  .readdirSync(FIXTURES)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace('.yaml', ''));

function fixture(name: string): KopsDocument[] {
  const text = fs.readFileSync(path.join(FIXTURES, `${name}.yaml`), 'utf8');
  return parseAllDocuments(text).map((document) => document.toJS());
}

function programOf(name: string) {
  const program = PROGRAMS[name];
  if (!program) throw new Error(`no program for ${name}`);
  return program;
}

test('each manifest of kops create cluster has a program', () => {
  expect(Object.keys(PROGRAMS).sort()).toEqual(NAMES.sort());
});

describe.each(NAMES)('%s', (name) => {
  test("is the same data, in the same order, with kOps's defaults", () => {
    const wave = aWave({ image: 'ami-03cf127a', defaults: 'kops' });
    expect(documentsOf(programOf(name)(wave))).toEqual(fixture(name));
  });

  test('differs in httpTokens and sshAccess alone with secure defaults', () => {
    const documents = documentsOf(programOf(name)(aWave({ image: 'ami-03cf127a' })));
    const expected = fixture(name).map(({ spec, ...document }) => {
      const { sshAccess, ...other } = spec;
      const instanceMetadata = { httpTokens: 'required' };
      return { ...document, spec: document.kind === 'Cluster' ? other : { ...other, instanceMetadata } };
    });
    expect(documents).toEqual(expected);
  });

  test('renders the same a second time', () => {
    const cluster = programOf(name)(aWave());
    expect(cluster.manifest()).toEqual(cluster.manifest());
  });
});
