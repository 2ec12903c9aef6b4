import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCALARS, SCHEMA } from '../../../src/kops/api/schema-table';
import { DOCS } from '../../../tools/kops-api/docs';

const TYPES = readFileSync(join(__dirname, '../../../src/kops/api/types.ts'), 'utf8');

/** Fields by interface, read off the text of types.ts. */
function interfaces(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [, name = '', body = ''] of TYPES.matchAll(/^export interface (\w+) \{\n(.*?)^\}/gms)) {
    found.set(
      name,
      [...body.matchAll(/^ {2}readonly (?:'([^']+)'|(\w+))\?:/gm)].map(
        ([, quoted, plain]) => quoted ?? plain ?? '',
      ),
    );
  }
  for (const [, name = ''] of TYPES.matchAll(/^export type (\w+) = Readonly<Record<string, never>>;/gm)) {
    found.set(name, []);
  }
  return found;
}

test('types and schema have the same objects and fields', () => {
  const inTypes = Object.fromEntries([...interfaces()].filter(([name]) => !name.endsWith('Manifest')));
  const inSchema = Object.fromEntries(
    Object.entries(SCHEMA.objects).map(([name, fields]) => [name, Object.keys(fields)]),
  );
  expect(inTypes).toEqual(inSchema);
  expect(Object.values(inSchema).flat().length).toBeGreaterThan(1200);
});

test('every type in the schema is there', () => {
  const known = new Set([...SCALARS, ...Object.keys(SCHEMA.objects), ...Object.keys(SCHEMA.enums)]);
  const used = Object.values(SCHEMA.objects)
    .flatMap((fields) => Object.values(fields))
    .flatMap((line) => (line.split(' ')[0] ?? '').split('|'))
    .map((type) => type.replace(/(\[\]|\{\})+$/, ''));
  expect(used.filter((type) => !known.has(type))).toEqual([]);
});

test('every object is used, from the kinds down', () => {
  const roots = ['ClusterSpec', 'InstanceGroupSpec', 'SSHCredentialSpec', 'ObjectMeta'];
  const lines = Object.values(SCHEMA.objects).flatMap((fields) => Object.values(fields));
  const used = new Set([...roots, ...lines.map((line) => line.replace(/[[{ ].*$/, ''))]);
  expect(Object.keys(SCHEMA.objects).filter((name) => !used.has(name))).toEqual([]);
});

test('every sentence is in the types, and is one', () => {
  const sentences = Object.values(DOCS).flatMap((fields) => Object.values(fields));
  const text = TYPES.replace(/\n {3}\* /g, ' ').replace(/\s+/g, ' ');
  expect(sentences.filter((sentence) => !text.includes(sentence))).toEqual([]);
  expect(sentences.filter((sentence) => !/^[\w`].*\.$/.test(sentence))).toEqual([]);
  expect(sentences.length).toBeGreaterThanOrEqual(170);
});
