import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Schema, type SchemaTable } from '../../../src/kops/api/schema-table';
import type { Tables } from '../../../tools/kops-api/annotate';
import { readReleases } from '../../../tools/kops-api/crd';
import { generate } from '../../../tools/kops-api/generate';

type Node = Record<string, unknown>;

const text: Node = { type: 'string' };
const int32: Node = { type: 'integer', format: 'int32' };
const object = (properties: Record<string, Node>): Node => ({ type: 'object', properties });
const list = (items: Node): Node => ({ type: 'array', items });
const map = (additionalProperties: Node): Node => ({ type: 'object', additionalProperties });

const TABLES: Tables = {
  names: { ownerReferences: 'OwnerReference', kubelet: 'KubeletConfigSpec' },
  enums: {},
  docs: {},
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kops-api-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a release to disk, with the specs of two kinds. */
function release(version: string, cluster: Record<string, Node>, group: Record<string, Node> = {}): void {
  mkdirSync(join(folder, version));
  const files = { clusters: cluster, instancegroups: group, sshcredentials: {} };
  for (const [name, properties] of Object.entries(files)) {
    const openAPIV3Schema = object({ spec: object(properties) });
    const versions = [{ name: 'v1alpha3' }, { name: 'v1alpha2', schema: { openAPIV3Schema } }];
    // JSON is YAML as well.
    writeFileSync(join(folder, version, `kops.k8s.io_${name}.yaml`), JSON.stringify({ spec: { versions } }));
  }
}

/** Runs the generator; `kubelet` must exist for the table of names to hold. */
function run(tables: Partial<Tables> = {}) {
  return generate(readReleases(folder), { ...TABLES, ...tables });
}

/** The entry of a field in the schema. */
function entry(files: { readonly 'schema.json': string }, name: string, field: string): string | undefined {
  return (JSON.parse(files['schema.json']) as SchemaTable).objects[name]?.[field];
}

const kubelet = object({ maxPods: int32 });

test('a field that comes or goes says so, in the types and in the schema', () => {
  release('1.30.4', { kubelet, gone: text, always: text });
  release('1.31.0', { kubelet, always: text });
  release('1.32.1', { kubelet, always: text, fresh: list(text) });
  const { files, model } = run();
  expect(model.releases).toEqual(['1.30', '1.31', '1.32']);
  expect(files['types.ts']).toContain('  /** kOps 1.30. */\n  readonly gone?: string;\n');
  expect(files['types.ts']).toContain(
    '  /** kOps 1.32 and later. */\n  readonly fresh?: readonly string[];\n',
  );
  expect(files['types.ts']).toContain('export interface ClusterSpec {\n  readonly always?: string;\n');
  expect(entry(files, 'ClusterSpec', 'fresh')).toBe('string[] 1.32-');
  expect(entry(files, 'ClusterSpec', 'gone')).toBe('string -1.30');
});

test('a field that went and came back has two spans', () => {
  release('1.30.4', { kubelet, x: text });
  release('1.31.0', { kubelet });
  release('1.32.1', { kubelet, x: text });
  expect(entry(run().files, 'ClusterSpec', 'x')).toBe('string -1.30,1.32-');
  const fields = new Schema({
    releases: ['1.30', '1.31', '1.32'],
    enums: {},
    objects: { A: { x: 'string -1.30,1.32-', y: 'string' } },
  }).fieldsOf('A');
  expect([fields.get('x')?.releases, fields.get('y')?.releases]).toEqual([0b101, 0b111]);
});

test('where releases differ in the type, either will do', () => {
  release('1.30.4', { kubelet, x: text, y: list(text) });
  release('1.31.0', { kubelet, x: int32, y: list(int32) });
  const { files } = run();
  expect(entry(files, 'ClusterSpec', 'x')).toBe('int32|string');
  expect(entry(files, 'ClusterSpec', 'y')).toBe('int32[]|string[]');
  expect(files['types.ts']).toContain('readonly x?: number | string;\n');
  expect(files['types.ts']).toContain('readonly y?: readonly number[] | readonly string[];\n');
});

test('the same type in two places is one interface', () => {
  release('1.30.4', { kubelet }, {});
  release(
    '1.31.0',
    { kubelet: object({ maxPods: int32, new: text }) },
    {
      kubelet: object({ maxPods: int32, new: text }),
    },
  );
  const { files } = run();
  expect(files['types.ts'].match(/interface KubeletConfigSpec/g)).toHaveLength(1);
  expect(files['types.ts']).toContain('In `ClusterSpec.kubelet`, `InstanceGroupSpec.kubelet`.');
  // The group's kubelet is new in 1.31, but not every field in it.
  expect(entry(files, 'KubeletConfigSpec', 'maxPods')).toBe('int32');
  expect(entry(files, 'KubeletConfigSpec', 'new')).toBe('string 1.31-');
  expect(entry(files, 'InstanceGroupSpec', 'kubelet')).toBe('KubeletConfigSpec 1.31-');
});

test('one name for two different objects is an error', () => {
  release('1.30.4', { kubelet }, { kubelet: object({ other: text }) });
  expect(() => run()).toThrow(
    /ClusterSpec.kubelet and InstanceGroupSpec.kubelet are both called KubeletConfigSpec/,
  );
});

test('names that are not in the table are derived, and told', () => {
  release('1.30.4', {
    kubelet,
    'kube-thing': object({ part: list(object({ a: text })) }),
    other: object({ part: map(object({ b: text })) }),
    empty: object({}),
  });
  const { model, files } = run();
  expect(model.derived).toEqual({
    'ClusterSpec.empty': 'EmptySpec',
    'ClusterSpec.kube-thing': 'KubeThingSpec',
    'KubeThingSpec.part': 'PartSpec',
    'ClusterSpec.other': 'OtherSpec',
    'OtherSpec.part': 'OtherPartSpec',
  });
  expect(files['types.ts']).toContain("  readonly 'kube-thing'?: KubeThingSpec;\n");
  expect(files['types.ts']).toContain('  readonly part?: Readonly<Record<string, OtherPartSpec>>;\n');
  expect(files['types.ts']).toContain('export type EmptySpec = Readonly<Record<string, never>>;\n');
});

test('sentences and sets of values end up in the types, closed sets in the schema, too', () => {
  release('1.30.4', { kubelet, colour: text, modes: list(text) });
  release('1.31.0', { kubelet, colour: text, modes: list(text), later: text });
  const { files } = run({
    enums: {
      Colour: { values: ['red', 'blue'], fields: ['ClusterSpec.colour'] },
      Mode: { values: ['fast'], fields: ['ClusterSpec.modes'], open: true },
    },
    docs: { ClusterSpec: { colour: 'Paint of the cluster.', later: 'Came late.' } },
  });
  expect(files['types.ts']).toContain("export type Colour = 'red' | 'blue';\n");
  expect(files['types.ts']).toContain("export type Mode = 'fast' | (string & {});\n");
  expect(files['types.ts']).toContain('  /** Paint of the cluster. */\n  readonly colour?: Colour;\n');
  expect(files['types.ts']).toContain('  /** Came late. kOps 1.31 and later. */\n');
  expect(files['types.ts']).toContain('  readonly modes?: readonly Mode[];\n');
  expect(JSON.parse(files['schema.json']).enums).toEqual({ Colour: ['red', 'blue'] });
  expect(entry(files, 'ClusterSpec', 'colour')).toBe('Colour');
  expect(entry(files, 'ClusterSpec', 'modes')).toBe('string[]');
});

test.each<[string, Partial<Tables>, RegExp]>([
  ['name', { names: { ...TABLES.names, nowhere: 'Nowhere' } }, /names\.ts has entries .*: nowhere$/],
  [
    'sentence',
    { docs: { ClusterSpec: { nowhere: 'X.' } } },
    /no such field .*: ClusterSpec\.nowhere in docs\.ts$/,
  ],
  [
    'set of values',
    { enums: { A: { values: ['a'], fields: ['ClusterSpec.nowhere'] } } },
    /no such field .*: ClusterSpec\.nowhere in enums\.ts$/,
  ],
  [
    'set of values for a number',
    { enums: { A: { values: ['a'], fields: ['KubeletConfigSpec.maxPods'] } } },
    /KubeletConfigSpec\.maxPods is not text, but int32/,
  ],
])('a %s that fits no field is an error', (_, tables, message) => {
  release('1.30.4', { kubelet });
  expect(() => run(tables)).toThrow(message);
});

test('the newest patch release of a minor counts, and minors are in order of number', () => {
  release('1.9.0', { kubelet });
  release('1.10.9', { kubelet, old: text });
  release('1.10.10', { kubelet, new: text });
  const { model, files } = run();
  expect(model.releases).toEqual(['1.9', '1.10']);
  expect(files['types.ts']).toContain('new?: string');
  expect(files['types.ts']).not.toContain('old?: string');
});

test('what is written is the same at every run', () => {
  release('1.30.4', { kubelet, b: text, a: text });
  expect(run().files).toEqual(run().files);
});

test('a folder without releases, or a release without a file, is an error', () => {
  expect(() => run()).toThrow(/no folder named like a kOps release/);
  mkdirSync(join(folder, '1.30.4'));
  expect(() => run()).toThrow(/has no clusters\.yaml/);
});
