import * as swc from '@swc/core';
import * as fc from 'fast-check';
import { clusterFileText, importStatement } from '../../../../src/adopt/import/code/cluster-file';
import { dataCode } from '../../../../src/adopt/import/code/data-code';
import type { Code, Statement } from '../../../../src/adopt/import/code/model';
import { anyText, complaints, formatted } from './support';

function construct(className: string, scope: string, name: string, props: object): Code {
  return {
    kind: 'call',
    callee: `new ${className}`,
    arguments: [{ kind: 'raw', text: scope }, { kind: 'literal', value: name }, dataCode(props)],
  };
}

const STATEMENTS: readonly Statement[] = [
  {
    lead: 'const cluster = ',
    code: construct('Cluster', 'wave', 'c.k8s.local', { zones: ['us-east-1a'], topology: 'private' }),
    before: ['The first one.'],
  },
  { code: construct('NodeGroup', 'cluster', 'gpu', { machineType: 'g5.xlarge', minSize: 0 }) },
  { lead: 'return ', code: { kind: 'raw', text: 'cluster' } },
];

const FILE = {
  imports: ['NodeGroup', 'type Wave', 'Cluster', 'NodeGroup'],
  comment: 'Imported from manifests/c.yaml.',
  functionName: 'addCK8sLocal',
  returnType: 'Cluster',
  statements: STATEMENTS,
};

test('a whole file', () => {
  const { text, body } = clusterFileText(FILE);
  expect(text).toBe(
    [
      "import { Cluster, NodeGroup, type Wave } from 'cdkops';",
      '',
      '/** Imported from manifests/c.yaml. */',
      'export function addCK8sLocal(wave: Wave): Cluster {',
      '  // The first one.',
      "  const cluster = new Cluster(wave, 'c.k8s.local', { zones: ['us-east-1a'], topology: 'private' });",
      "  new NodeGroup(cluster, 'gpu', { machineType: 'g5.xlarge', minSize: 0 });",
      '  return cluster;',
      '}',
      '',
    ].join('\n'),
  );
  expect(text).toContain(`{${body}}\n`);
  expect(body.startsWith('\n  // The first one.')).toBe(true);
});

test('the body runs as it is', () => {
  const { body } = clusterFileText(FILE);
  const made: unknown[][] = [];
  class Any {
    constructor(...given: unknown[]) {
      made.push(given);
    }
  }
  const result = new Function('Cluster', 'NodeGroup', 'wave', body)(Any, Any, 'the wave');
  expect(result).toBeInstanceOf(Any);
  expect(made).toEqual([
    ['the wave', 'c.k8s.local', { zones: ['us-east-1a'], topology: 'private' }],
    [result, 'gpu', { machineType: 'g5.xlarge', minSize: 0 }],
  ]);
});

test('with more imports, something before the function, a long name', () => {
  const name = `add${'Long'.repeat(25)}`;
  const { text } = clusterFileText({
    ...FILE,
    functionName: name,
    otherImports: [
      { names: ['near'], from: './near' },
      { names: ['zonesOf', 'AcmeCluster', 'type Zone'], from: '../acme-cluster' },
    ],
    preamble: 'export const size = near(AcmeCluster, zonesOf) as Zone;',
  });
  expect(text).toContain(
    [
      "import { Cluster, NodeGroup, type Wave } from 'cdkops';",
      "import { AcmeCluster, type Zone, zonesOf } from '../acme-cluster';",
      "import { near } from './near';",
      '',
      'export const size = near(AcmeCluster, zonesOf) as Zone;',
      '',
      '/** Imported from manifests/c.yaml. */',
      `export function ${name}(`,
      '  wave: Wave,',
      '): Cluster {',
    ].join('\n'),
  );
  expect(formatted(text)).toBe(text);
});

test('imports are as the linter wants them, whatever they are', () => {
  const names =
    'Bastion Cluster ControlPlane InstanceGroup KopsCluster KopsInstanceGroup NodeGroup SshCredential StateStore Wave merge';
  const all = ['a1', 'a2', 'a10', 'A', 'a', 'B', 'b', 'Ab', 'aB', 'AB', '_x', '$x', ...names.split(' ')];
  const anyNames = fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 12 });
  const types = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
  const files = fc.sample(fc.tuple(anyNames, types), 300).map(([given, areTypes], index) => {
    const imports = given.map((name, at) => (areTypes[at] ? `type ${name}` : name));
    const uses = given.map((name, at) =>
      areTypes[at] ? `const _${at}: ${name} = 1 as never;` : `void ${name};`,
    );
    return [`x${index}.ts`, `${importStatement(imports, 'cdkops')}\n\n${uses.join('\n')}\n`] as const;
  });
  expect(complaints(Object.fromEntries(files))).toEqual([]);
});

test('the linter has nothing to say of a file', () => {
  const files = {
    'cluster.ts': clusterFileText(FILE).text,
    'other.ts': clusterFileText({
      ...FILE,
      otherImports: [
        { names: ['size'], from: './size' },
        { names: ['AcmeCluster'], from: '../acme' },
        { names: ['zonesOf'], from: '../../acme' },
      ],
      preamble: 'export const all = [size, AcmeCluster, zonesOf];',
    }).text,
  };
  expect(complaints(files)).toEqual([]);
});

test('files of modules with an ending, and of folders with any name, are imported as they are called', () => {
  const otherImports = [
    { names: ['two'], from: "./it's" },
    { names: ['three'], from: './a\\b"\'' },
    { names: ['AcmeCluster'], from: '../imported-cluster.js' },
    { names: ['one'], from: './imported-cluster.js' },
    { names: ['all'], from: './imported-cluster/all.js' },
  ];
  const preamble = 'export const used = [AcmeCluster, one, two, three, all];';
  const { text } = clusterFileText({ ...FILE, otherImports, preamble });
  expect(complaints({ 'cluster.ts': text })).toEqual([]);
  const { body } = swc.parseSync(text, { syntax: 'typescript' });
  const sources = body.flatMap((each) => (each.type === 'ImportDeclaration' ? [each.source.value] : []));
  expect(sources.sort()).toEqual(['cdkops', ...otherImports.map(({ from }) => from)].sort());
});

test('any comment and any strings give a file that compiles to the same data', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (comment, name, value) => {
      const code = construct('Cluster', 'wave', name, { [`k${value}`]: value });
      const statements = [{ lead: 'return ', code, before: [comment], beside: value }];
      const { text } = clusterFileText({ ...FILE, imports: ['Cluster', 'type Wave'], comment, statements });
      const { code: compiled } = swc.transformSync(text, {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
      });
      const exported: { addCK8sLocal?: (wave: unknown) => unknown } = {};
      class Cluster {
        readonly given: unknown[];
        constructor(...given: unknown[]) {
          this.given = given;
        }
      }
      new Function('exports', 'require', compiled)(exported, () => ({ Cluster }));
      expect(exported.addCK8sLocal?.(1)).toEqual({ given: [1, name, { [`k${value}`]: value }] });
      expect(Object.keys(exported)).toEqual(['addCK8sLocal']);
    }),
    { numRuns: 300 },
  );
});
