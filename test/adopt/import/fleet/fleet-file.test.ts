import * as swc from '@swc/core';
import * as fc from 'fast-check';
import type { Code } from '../../../../src/adopt/import/code/model';
import {
  type AddedCluster,
  addToFleet,
  FLEET_MARKER,
  importedNames,
  newFleetFile,
} from '../../../../src/adopt/import/fleet/fleet-file';
import { complaints } from '../code/support';

const C: AddedCluster = { functionName: 'addCK8sLocal', from: './c.k8s.local/cluster', wave: 'dev' };
const D: AddedCluster = { functionName: 'addDK8sLocal', from: './d.k8s.local/cluster', wave: 'dev' };
const IMPORTED = { ...C, wave: 'imported' };

const FLEET = [
  "import { Cluster, Fleet, StateStore, Wave } from 'cdkops';",
  "import { zonesOf } from './acme';",
  '',
  '/** All clusters. */',
  "export const fleet = new Fleet({ stateStore: StateStore.s3('s'), kops: '1.36.2' });",
  '',
  "const dev = new Wave(fleet, 'dev', { cloudLabels: { stage: 'dev' } });",
  "new Cluster(dev, 'one', { zones: zonesOf('a') });",
  FLEET_MARKER,
  '',
  'function more() {}',
];

const textOf = (lines: readonly string[], lineEnd = '\n') => lines.join(lineEnd) + lineEnd;

/** The fleet above with other lines in place of some. */
function fleetWith(changes: Readonly<Record<number, string | readonly string[]>>): string {
  return textOf(FLEET.flatMap((line, index) => changes[index] ?? line));
}

/** What the file does when it is run: the fleets, the waves, the clusters and what they are given. `undefined`: it cannot be. */
function traceOf(text: string): unknown[] | undefined {
  const trace: unknown[] = [];
  const make = (kind: string) =>
    class {
      readonly what: unknown[];
      constructor(...given: unknown[]) {
        this.what = [kind, ...given.map((each) => (each as { what?: unknown[] })?.what?.slice(0, 3) ?? each)];
        trace.push(this.what);
      }
    };
  const classes: Record<string, unknown> = {
    Fleet: make('Fleet'),
    Wave: make('Wave'),
    Cluster: make('Cluster'),
  };
  classes.StateStore = { s3: (bucket: string) => bucket };
  classes.zonesOf = (zone: string) => [zone];
  const known = new Proxy(classes, {
    get: (target, name) =>
      target[String(name)] ?? ((wave: { what: unknown }) => trace.push([String(name), wave?.what])),
    has: () => true,
  });
  try {
    const { code } = swc.transformSync(text, {
      jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
      module: { type: 'commonjs', noInterop: true },
    });
    new Function('exports', 'require', code)({}, () => known);
    return trace;
  } catch {
    return undefined;
  }
}

function parses(text: string): boolean {
  try {
    swc.parseSync(text, { syntax: 'typescript', decorators: true });
    return true;
  } catch {
    return false;
  }
}

const added = (text: string, ...additions: readonly AddedCluster[]) => addToFleet(text, additions);

describe('adds', () => {
  test('an import and a call', () => {
    expect(added(fleetWith({}), C)).toEqual({
      text: fleetWith({
        1: [
          "import { addCK8sLocal } from './c.k8s.local/cluster';",
          "import { zonesOf } from './acme';",
        ].reverse(),
        8: ['addCK8sLocal(dev);', FLEET_MARKER],
      }),
    });
  });

  test('several, in order, and each once', () => {
    const once = added(fleetWith({}), D, C);
    const text = 'text' in once ? once.text : '';
    expect(text).toBe(
      fleetWith({
        1: [
          "import { zonesOf } from './acme';",
          "import { addCK8sLocal } from './c.k8s.local/cluster';",
          "import { addDK8sLocal } from './d.k8s.local/cluster';",
        ],
        8: ['addDK8sLocal(dev);', 'addCK8sLocal(dev);', FLEET_MARKER],
      }),
    );
    expect(added(text, C, D)).toEqual({ text });
    const more = { functionName: 'addA', from: './c10/cluster', wave: 'dev' };
    expect(added(text, C, more)).toEqual({
      text: text
        .replace('import { addDK8sLocal', "import { addA } from './c10/cluster';\nimport { addDK8sLocal")
        .replace(FLEET_MARKER, `addA(dev);\n${FLEET_MARKER}`),
    });
  });

  test('what was added in part', () => {
    const text = fleetWith({ 1: "import { addCK8sLocal as add } from './c.k8s.local/cluster.js';" });
    expect(added(text, C)).toEqual({ text: text.replace(FLEET_MARKER, `add(dev);\n${FLEET_MARKER}`) });
  });

  test('modules with an ending, which are the same without it', () => {
    const [c, d] = [C, D].map((each) => ({ ...each, from: `${each.from}.js` })) as [
      AddedCluster,
      AddedCluster,
    ];
    const change = added(fleetWith({}), c, d) as { text: string };
    expect(change.text).toContain(
      [
        "import { zonesOf } from './acme';",
        "import { addCK8sLocal } from './c.k8s.local/cluster.js';",
        "import { addDK8sLocal } from './d.k8s.local/cluster.js';",
      ].join('\n'),
    );
    expect(added(change.text, C, d)).toEqual(change);
    const plain = added(fleetWith({}), C) as { text: string };
    expect(added(plain.text, c)).toEqual(plain);
  });

  test('modules of folders with quotes in their names, once', () => {
    for (const from of ["./it's/cluster", './a"b/cluster', './a\\b/cluster', `./'a'"/cluster`]) {
      for (const text of [fleetWith({}), fleetWith({}).replaceAll("'", '"')]) {
        const change = added(text, { ...C, from }, D) as { text: string };
        expect(parses(change.text)).toBe(true);
        const { body } = swc.parseSync(change.text, { syntax: 'typescript' });
        expect(body.flatMap((each) => ('source' in each ? [each.source?.value] : []))).toContain(from);
        expect(added(change.text, { ...C, from }, D)).toEqual(change);
      }
    }
  });

  test('a wave, once', () => {
    const text = fleetWith({
      0: "import { Fleet, StateStore, Cluster, type WaveProps } from 'cdkops';",
      6: [],
      7: [],
    });
    expect(added(text, IMPORTED, { ...D, wave: 'imported' })).toEqual({
      text: text
        .replace('type WaveProps }', 'type WaveProps, Wave }')
        .replace("from './acme';", (zones) =>
          [
            zones,
            "import { addCK8sLocal } from './c.k8s.local/cluster';",
            "import { addDK8sLocal } from './d.k8s.local/cluster';",
          ].join('\n'),
        )
        .replace(
          FLEET_MARKER,
          `const imported = new Wave(fleet, 'imported');\naddCK8sLocal(imported);\naddDK8sLocal(imported);\n${FLEET_MARKER}`,
        ),
    });
  });

  test('a wave below other clusters stands apart', () => {
    const change = added(fleetWith({}), IMPORTED) as { text: string };
    expect(change.text).toContain(
      [
        "new Cluster(dev, 'one', { zones: zonesOf('a') });",
        '',
        "const imported = new Wave(fleet, 'imported');",
        'addCK8sLocal(imported);',
        FLEET_MARKER,
      ].join('\n'),
    );
    expect(added(change.text, { ...D, wave: 'imported' })).toEqual({
      text: change.text
        .replace('addCK8sLocal(imported);', 'addCK8sLocal(imported);\naddDK8sLocal(imported);')
        .replace(
          "c.k8s.local/cluster';",
          "c.k8s.local/cluster';\nimport { addDK8sLocal } from './d.k8s.local/cluster';",
        ),
    });
  });

  test.each([
    ["import { Cluster, Fleet } from 'cdkops';", "import { Cluster, Fleet, Wave } from 'cdkops';"],
    [
      "import { Cluster, Fleet, zones } from 'cdkops';",
      "import { Cluster, Fleet, Wave, zones } from 'cdkops';",
    ],
    ["import { Fleet, Cluster } from 'cdkops';", "import { Fleet, Cluster, Wave } from 'cdkops';"],
    ["import { Fleet, type Wave } from 'cdkops';", "import { Fleet, Wave } from 'cdkops';"],
    ["import {Fleet} from 'cdkops';", "import {Fleet, Wave} from 'cdkops';"],
    [
      "import {\n  Cluster,\n  Fleet,\n} from 'cdkops';",
      "import {\n  Cluster,\n  Fleet,\n  Wave,\n} from 'cdkops';",
    ],
    [
      "import {\n    Fleet,\n    zones\n} from 'cdkops';",
      "import {\n    Fleet,\n    Wave,\n    zones\n} from 'cdkops';",
    ],
    [
      "import {\n    Cluster, Fleet,\n} from 'cdkops';",
      "import {\n    Cluster, Fleet, Wave,\n} from 'cdkops';",
    ],
    [
      "import { type AwsCredentials, type AwsRoles, Bastion, Cluster, ControlPlane, Fleet, NodeGroup, zonesOf } from 'cdkops';",
      [
        'import {',
        ...[
          'type AwsCredentials',
          'type AwsRoles',
          'Bastion',
          'Cluster',
          'ControlPlane',
          'Fleet',
          'NodeGroup',
          'Wave',
          'zonesOf',
        ].map((name) => `  ${name},`),
        "} from 'cdkops';",
      ].join('\n'),
    ],
  ])('a wave needs its class: %s', (before, after) => {
    const text = textOf([before, 'export const all = new Fleet();', FLEET_MARKER]);
    expect(added(text, IMPORTED)).toEqual({
      text: textOf([
        after,
        "import { addCK8sLocal } from './c.k8s.local/cluster';",
        'export const all = new Fleet();',
        '',
        "const imported = new Wave(all, 'imported');",
        'addCK8sLocal(imported);',
        FLEET_MARKER,
      ]),
    });
  });

  test('names that are taken are not used again', () => {
    const text = fleetWith({ 10: 'const imported = 1;' });
    expect(added(text, IMPORTED)).toEqual({ text: expect.stringContaining('addCK8sLocal(imported2);') });
  });

  test('a class of another name, where it is imported as such', () => {
    const text = fleetWith({
      0: "import { Cluster, Fleet, StateStore, Wave as W } from 'cdkops';",
      6: [],
      7: [],
    });
    expect(added(text, IMPORTED)).toEqual({ text: expect.stringContaining("= new W(fleet, 'imported');") });
  });

  test.each([
    "export const dev = new Wave(fleet, 'dev');",
    'let dev=new Wave(fleet,"dev")',
    "var dev = new Wave(fleet, 'dev'), other = { dev: 1 }; more[dev == other];",
    'const dev: Wave = new AcmeWave(fleet, `dev`, {});',
    "const dev =\n  new cdkops.Wave(\n    fleet,\n    // a comment\n    'dev',\n  );",
    "const dev /* dev */ = /* new Wave(fleet, 'prod') */ new Wave(fleet, 'dev');",
  ])('finds the wave in %s', (declaration) => {
    const change = added(fleetWith({ 6: declaration }), C);
    expect(change).toEqual({ text: expect.stringContaining('addCK8sLocal(dev);') });
  });

  test('keeps the style of the file', () => {
    const text = textOf(
      [
        '\uFEFF// Ours.',
        "'use strict'",
        'import { Fleet } from "cdkops"',
        'import "./side-effect"',
        'import type { A } from "./a"',
        'import b = require("./b")',
        'import c, * as d from "./c" // why',
        'export const fleet = new Fleet()',
        'c(b)',
        'namespace all {',
        `\t// cdkops import: new clusters go above this line`,
        '}',
      ],
      '\r\n',
    );
    expect(added(text, IMPORTED)).toEqual({
      text: text
        .replace('{ Fleet }', '{ Fleet, Wave }')
        .replace('// why\r\n', '// why\r\nimport { addCK8sLocal } from "./c.k8s.local/cluster"\r\n')
        .replace(
          '\t//',
          '\tconst imported = new Wave(fleet, "imported")\r\n\taddCK8sLocal(imported)\r\n\t//',
        ),
    });
  });
});

describe('leaves the file alone, and says what to add', () => {
  const LINES = ["import { addCK8sLocal } from './c.k8s.local/cluster';", 'addCK8sLocal(dev);'];

  test.each<[string, Readonly<Record<number, string | readonly string[]>>, string, string[]?]>([
    ['no marked place', { 8: [] }, `since it has no line "${FLEET_MARKER}"`],
    ['a marker in a string', { 8: `const x = \`\n${FLEET_MARKER}\n\`;` }, 'since it has no line'],
    ['a marker in a comment', { 8: `/*\n${FLEET_MARKER}\n*/` }, 'since it has no line'],
    ['two', { 10: FLEET_MARKER }, 'more than once'],
    [
      'a marker behind something',
      { 8: `more(); ${FLEET_MARKER}` },
      'something stands before the comment in line 9',
    ],
    [
      'a marker in a list',
      { 8: `const all = [\n${FLEET_MARKER}\n];` },
      'the comment in line 10 is not between',
    ],
    ['in an object', { 8: `const all = {\n${FLEET_MARKER}\n};` }, 'may not run'],
    ['in a class', { 8: `class A extends b() {\n${FLEET_MARKER}\n}` }, 'may not run'],
    ['in a switch', { 8: `switch (dev) {\n${FLEET_MARKER}\n}` }, 'may not run'],
    [
      'in a condition',
      { 8: `if (dev) {\n${FLEET_MARKER}\n}` },
      'the comment in line 10 may not run, or more',
    ],
    ['in its other branch', { 8: `if (dev) {} else {\n${FLEET_MARKER}\n}` }, 'may not run'],
    ['in a loop', { 8: `while (more()) {\n${FLEET_MARKER}\n}` }, 'or more than once'],
    ['in a loop of another kind', { 8: `do {\n${FLEET_MARKER}\n} while (more());` }, 'or more than once'],
    ['in a loop over all', { 8: `for (const a of [1]) {\n${FLEET_MARKER}\n}` }, 'or more than once'],
    ['in a try', { 8: `try {\n${FLEET_MARKER}\n} finally {}` }, 'may not run'],
    ['in a block with a label', { 8: `a: {\n${FLEET_MARKER}\n}` }, 'may not run'],
    ['in a block of a condition', { 8: `if (dev) {\n{\n${FLEET_MARKER}\n}\n}` }, 'may not run'],
    ['in a function', { 8: `function f() {\n${FLEET_MARKER}\n}` }, 'may not run'],
    ['in a function without a name', { 8: `more(() => {\n${FLEET_MARKER}\n});` }, 'may not run'],
    ['in a namespace of elsewhere', { 8: `declare namespace a {\n${FLEET_MARKER}\n}` }, 'may not run'],
    ['in a type', { 8: `type A = () => {\n${FLEET_MARKER}\n};` }, 'may not run'],
    ['in an expression', { 8: `const a =\n${FLEET_MARKER}\n1;` }, 'is not between'],
    ['in a chain', { 8: `more()\n${FLEET_MARKER}\n.more();` }, 'is not between'],
    ['before else', { 8: `if (dev) {}\n${FLEET_MARKER}\nelse more();` }, 'is not between'],
    ['below a condition', { 8: `if (dev)\n${FLEET_MARKER}\nmore();` }, 'is not between'],
    ['below a decorator', { 8: `@more()\n${FLEET_MARKER}\nclass A {}` }, 'is not between'],
    ['before brackets', { 8: `more()\n${FLEET_MARKER}\n(dev);` }, 'is not between'],
    [
      'no variable',
      { 6: "new Wave(fleet, 'dev');", 7: [] },
      'since no variable that is known there has the wave "dev"',
    ],
    [
      'one of a function',
      { 6: "function f() { const dev = new Wave(fleet, 'dev'); }", 7: [] },
      'no variable that is known there',
    ],
    [
      'one below',
      { 6: [], 7: [], 10: "const dev = new Wave(fleet, 'dev');" },
      'no variable that is known there',
    ],
    [
      'one that is hidden',
      { 6: ["const dev = new Wave(fleet, 'dev');", 'function g() { const dev = 1; }'] },
      'no variable that',
    ],
    ...[
      'dev = other;',
      'function g() { dev = other; }',
      'dev ||= other;',
      '[a, dev] = others;',
      '({ a: dev } = others);',
      'for (dev of others) more();',
      'dev++;',
    ].map((line): [string, Readonly<Record<number, string>>, string] => [
      `one that gets another value: ${line}`,
      { 6: "let dev = new Wave(fleet, 'dev');", 10: line },
      'no variable that is known there',
    ]),
    [
      'a variable with something else of the wave',
      { 6: "const dev = new Wave(fleet, 'dev').clusters;" },
      'no variable that is known there',
    ],
    [
      'bytes that are no UTF-8',
      { 10: '// caf\uFFFD' },
      'since it is not UTF-8 (or has the character U+FFFD)',
    ],
    [
      'two of the name',
      { 7: "const two = new Wave(fleet, 'dev');" },
      'since it has the wave "dev" more than once',
    ],
    [
      'waves by a function',
      { 6: 'const dev = wave(name);', 7: 'function wave(name: string) { return new Wave(fleet, name); }' },
      'may be "dev"',
    ],
    [
      'a name that is put together',
      { 6: `const dev = new Wave(fleet, \`d\${'ev'}\`);` },
      'since it has waves whose names are no plain strings',
    ],
    [
      "the function's name taken",
      { 10: 'function addCK8sLocal() {}' },
      'since it uses the name addCK8sLocal for something else',
    ],
    ['its name imported from elsewhere', { 1: "import { addCK8sLocal } from './c';" }, 'for something else'],
    [
      'imports on one line',
      { 1: "import a from 'a'; import { zonesOf } from './acme';" },
      'that stand on lines of their own',
    ],
    [
      'a statement behind an import',
      { 1: "import { zonesOf } from './acme'; zonesOf('a');" },
      'that stand on lines of their own',
    ],
    ['an import of no known form', { 1: "import { zonesOf } frm './acme';" }, 'since it could not be told'],
    ['an open comment', { 10: '/* ' }, 'since it could not be told'],
    ['an open string', { 10: "const a = 'b" }, 'since it could not be told'],
    ['an open template', { 10: 'const a = `b' }, 'since it could not be told'],
    ['an open bracket', { 10: 'more(' }, 'since it could not be told'],
    ['a bracket too many', { 10: 'more())' }, 'since it could not be told'],
    ['escapes in names', { 10: 'const \\u0061 = 1;' }, 'since it could not be told'],
  ])('%s', (_, changes, why, lines = LINES) => {
    expect(added(fleetWith(changes), C)).toEqual({ lines, why: expect.stringContaining(why) });
  });

  test.each<[string, Readonly<Record<number, string | readonly string[]>>, string]>([
    ['no fleet', { 4: 'export default new Fleet();' }, 'since no variable that is known there has the fleet'],
    ['two fleets', { 10: 'const other = new Fleet();' }, 'has the fleet'],
    [
      'another class of that name',
      { 0: "import { Cluster, Fleet, StateStore } from 'cdkops';", 1: "import { Wave } from './wave';" },
      '`Wave` could be added',
    ],
    ['no names', { 0: "import * as cdkops from 'cdkops';" }, '`Wave` could be added'],
    ['types alone', { 0: "import type { Fleet } from 'cdkops';" }, '`Wave` could be added'],
  ])('a new wave, with %s', (_, changes, why) => {
    const text = fleetWith({ 6: [], 7: [], ...changes }).replace(', Wave', '');
    expect(added(text, IMPORTED)).toEqual({
      lines: expect.arrayContaining([
        "import { addCK8sLocal } from './c.k8s.local/cluster';",
        expect.stringMatching(/^const imported = new Wave\(\w+, 'imported'\);$/),
        'addCK8sLocal(imported);',
      ]),
      why: expect.stringContaining(why),
    });
  });

  test('a wave that the fleet has, made out of sight', () => {
    expect(addToFleet(fleetWith({}), [{ ...C, wave: 'prod' }], ['dev', 'prod'])).toEqual({
      lines: ["import { addCK8sLocal } from './c.k8s.local/cluster';", 'addCK8sLocal(prod);'],
      why: 'since it does not say by its name which variable has the wave "prod"',
    });
  });

  test('what is there already is not among the lines', () => {
    const [, call] = LINES;
    const text = fleetWith({ 1: LINES[0] ?? '', 8: [] });
    expect(added(text, C)).toEqual({ lines: [call], why: expect.any(String) });
    expect(added(fleetWith({ 0: "import { Fleet } from 'cdkops';", 6: [], 7: [], 8: [] }), IMPORTED)).toEqual(
      {
        lines: [
          "import { Wave } from 'cdkops';",
          LINES[0],
          "const imported = new Wave(fleet, 'imported');",
          'addCK8sLocal(imported);',
        ],
        why: expect.any(String),
      },
    );
  });
});

describe('is not fooled by', () => {
  test.each([
    "// const dev = new Wave(fleet, 'dev');",
    "/* const dev = new Wave(fleet, 'dev'); */",
    'const text = "const dev = new Wave(fleet, \'dev\');";',
    "const text = `\nconst dev = new Wave(fleet, 'dev');\n`;",
    "const text = /const dev = new Wave(fleet, 'dev')/;",
  ])('%s', (line) => {
    const change = added(fleetWith({ 6: line, 7: [] }), C);
    expect(change).toEqual({
      text: expect.stringContaining("dev = new Wave(fleet, 'dev');\naddCK8sLocal(dev);"),
    });
  });

  test.each([
    ['an import in a template', "const a = `\nimport { x } from 'y';\n`;"],
    ['an import in a comment', "/*\nimport { x } from 'y';\n*/"],
    ['a call in a comment', '// addCK8sLocal(dev);'],
    ['a call in a string', "const a = 'addCK8sLocal(dev)';"],
    ['quotes in a regular expression', 'const a = /[\'"`/]/.test("x") || 4 / 2 / 1;'],
    ['a regular expression behind a condition', 'if (dev) /"/.test("x");'],
    ['brackets in a string', "const a = '({[';"],
    ['a placeholder', `const a = \`\${[1, 2].join(':')} '\`;`],
    ['a call of another object', 'const a = { addCK8sLocal2() {} };'],
  ])('%s', (_, line) => {
    const text = fleetWith({ 7: line });
    expect(added(text, C)).toEqual({
      text: text
        .replace(
          "from './acme';\n",
          "from './acme';\nimport { addCK8sLocal } from './c.k8s.local/cluster';\n",
        )
        .replace(`${FLEET_MARKER}`, `addCK8sLocal(dev);\n${FLEET_MARKER}`),
    });
  });
});

describe('the names that a fleet imports', () => {
  const names = (text: string) => {
    const { byFile, words } = importedNames(text) ?? {};
    return { byFile: byFile && Object.fromEntries(byFile), words };
  };

  test('are those that the files have, whatever the fleet calls them', () => {
    const text = fleetWith({
      1: [
        "import { addCK8sLocal } from './c.k8s.local/cluster';",
        "import { addOne as addD } from './d.k8s.local/cluster.js';",
        "import { type Props, zones, addE } from '../e/cluster';",
        "import { addF } from '../e/cluster';",
        "import type { G } from './g/cluster';",
        "import { type H } from './h/cluster';",
        "import * as i from './i/cluster';",
        "import j from './j/cluster';",
      ],
      10: '// commented',
    });
    const { byFile, words } = names(text);
    expect(byFile).toEqual({
      cdkops: 'Cluster',
      './c.k8s.local/cluster': 'addCK8sLocal',
      './d.k8s.local/cluster': 'addOne',
      '../e/cluster': 'addE',
    });
    expect([...(words ?? [])]).toEqual(expect.arrayContaining(['fleet', 'dev', 'zonesOf', 'addD', 'i', 'j']));
    expect([...(words ?? [])]).not.toContain('commented');
  });

  test('are not known where it is not plain what is code', () => {
    expect(importedNames(fleetWith({ 10: 'more(' }))).toBeUndefined();
    expect(importedNames(fleetWith({ 1: "import { zonesOf } frm './acme';" }))).toBeUndefined();
  });
});

describe('a new fleet', () => {
  const stateStore: Code = {
    kind: 'call',
    callee: 'StateStore.s3',
    arguments: [{ kind: 'literal', value: "it's" }],
  };

  test('has what all clusters share, and a place for them', () => {
    const text = newFleetFile({ stateStore, kops: '1.36.2', kubernetesVersion: '1.35.5' });
    expect(text).toBe(
      textOf([
        "import { Fleet, StateStore } from 'cdkops';",
        '',
        '/** All clusters, in waves. */',
        'export const fleet = new Fleet({',
        '  stateStore: StateStore.s3("it\'s"),',
        "  kops: '1.36.2',",
        "  kubernetesVersion: '1.35.5',",
        '});',
        '',
        FLEET_MARKER,
      ]),
    );
    expect(newFleetFile({ stateStore: undefined, kops: '1.36.2' })).toBe(
      textOf([
        "import { Fleet } from 'cdkops';",
        '',
        '/** All clusters, in waves. */',
        'export const fleet = new Fleet({',
        "  kops: '1.36.2',",
        '});',
        '',
        FLEET_MARKER,
      ]),
    );
  });

  test('takes clusters, as the linter wants it', () => {
    const many = Array.from({ length: 12 }, (_, index): AddedCluster => {
      const name = ['a', 'B', 'a-b', 'a.b', 'a10', 'a2', 'ab', '1', '10', '9', 'z', 'a-1'][index] ?? '';
      return {
        functionName: `add${index}`,
        from: `./${name}/cluster`,
        wave: index % 2 ? 'imported' : 'prod-eu',
      };
    });
    const empty = newFleetFile({ stateStore, kops: '1.36.2' });
    const at = once(addToFleet(empty, many));
    const byOne = many.reduce((text, each) => once(addToFleet(text, [each])), empty);
    expect(complaints({ 'at-once.ts': at, 'one-by-one.ts': byOne })).toEqual([]);
    expect((traceOf(at) as unknown[][]).filter(([kind]) => String(kind).startsWith('add'))).toHaveLength(12);
    expect(at).toContain("import { Fleet, StateStore, Wave } from 'cdkops';\n");
  });
});

const once = (change: ReturnType<typeof addToFleet>): string => ('text' in change ? change.text : change.why);

/** What may stand between the statements of a fleet. */
const TRAPS = [
  '',
  '// new Wave(fleet, "prod")',
  "/* import { x } from 'y'; */",
  'const s1 = "}";',
  `const s2 = \`{ \${1} '\`;`,
  `const s3 = \`\${'x'.replace('\`', '{')}\`;`,
  "new Cluster(fleet, 'it\\'s // no comment', {});",
  'function f1(a = 1) { return a / 2; }',
  'const r1 = /[/"]/g;',
  "const w1 = () => new Wave(fleet, 'other');",
  'type T1 = { a: string };',
  'interface I1 { a(): void }',
  '{ const dev2 = 1; }',
  'label: for (const a of []) continue label;',
  'const o1 = { a: { b: [1, 2] } };',
  'export {};',
  "const imported2 = 'x';",
];

const fleetText = fc
  .record({
    quote: fc.constantFrom("'", '"'),
    semicolon: fc.constantFrom(';', ''),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    wave: fc.constantFrom(
      'const dev = new Wave(fleet, "dev")',
      'export let dev = new Wave(\n  fleet, "dev", {})',
      '',
    ),
    imports: fc.subarray([
      'import "./a"',
      'import { b1 } from "./b"',
      'import type { T } from "t"',
      'import {\n  c1,\n  c2,\n} from "../c"',
    ]),
    marker: fc.constantFrom(
      FLEET_MARKER,
      `  ${FLEET_MARKER}`,
      `;{\n  {}\n  {\n  ${FLEET_MARKER}\n} }`,
      `export namespace all {\n  ${FLEET_MARKER}\n}`,
    ),
    traps: fc.array(fc.constantFrom(...TRAPS), { minLength: 5, maxLength: 5 }),
  })
  .map(({ quote, semicolon, lineEnd, wave, imports, marker, traps }) => {
    const statements = [
      'import { Cluster, Fleet, StateStore, Wave } from "cdkops"',
      ...imports,
      'export const fleet = new Fleet({ kops: "1" })',
      wave,
    ].map((statement) => statement.replaceAll('"', quote) + (statement === '' ? '' : semicolon));
    const [first, second, ...others] = [...new Set(traps)];
    const comment = /^\/[/*]/.test(first ?? '') ? [first] : [];
    const lines = [...comment, ...statements, second ?? '', marker, ...others];
    return `${lines.join('\n').replaceAll('\n', lineEnd)}${lineEnd}`;
  });

const additions = fc.subarray(
  [
    C,
    D,
    { ...IMPORTED, functionName: 'addX', from: '../x' },
    { ...D, functionName: 'addY', wave: 'new-one' },
  ],
  {
    minLength: 1,
  },
);

/** That a change does what it should and nothing else. */
function expectHarmless(text: string, given: readonly AddedCluster[]): 'changed' | 'left alone' {
  const change = addToFleet(text, given);
  if (!('text' in change)) {
    expect(change.why).toMatch(/^since /);
    return 'left alone';
  }
  if (parses(text)) expect(parses(change.text)).toBe(true);
  const before = traceOf(text);
  if (!before) return 'changed';
  const after = traceOf(change.text);
  const isNew = ([kind, , name]: unknown[]) =>
    String(kind).startsWith('add') || (kind === 'Wave' && given.some(({ wave }) => wave === name));
  const of = (trace: unknown) => (trace as unknown[][]).filter((each) => !isNew(each));
  expect(after).toBeDefined();
  expect(of(after)).toEqual(of(before));
  const calls = (after as unknown[][]).filter(([kind]) => String(kind).startsWith('add'));
  expect(calls.map(([name, wave]) => [name, (wave as unknown[])[2]])).toEqual(
    given.map(({ functionName, wave }) => [functionName, wave]),
  );
  const waves = (after as unknown[][]).filter(([kind]) => kind === 'Wave').map(([, , name]) => name);
  for (const { wave } of given) expect(waves.filter((name) => name === wave)).toHaveLength(1);
  expect(addToFleet(change.text, given)).toEqual({ text: change.text });
  return 'changed';
}

test('whatever the fleet looks like, it does the same as before, and adds the clusters', () => {
  const outcomes = { changed: 0, 'left alone': 0 };
  fc.assert(
    fc.property(fleetText, additions, (text, given) => {
      outcomes[expectHarmless(text, given)] += 1;
    }),
    { numRuns: 300 },
  );
  expect(outcomes.changed).toBeGreaterThan(250);
});

test('of a fleet with anything in it, nothing is broken', () => {
  const scrap = fc.constantFrom(
    ...[
      "'",
      '"',
      '`',
      '$',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      '/',
      '*',
      '//',
      '/*',
      '*/',
      '\\',
      ';',
      ',',
      '\n',
      '.',
      '=',
      '@',
      '<',
      '!',
    ],
    ...[
      'else ',
      'class ',
      'switch (1) ',
      'if (0) ',
      'import ',
      ' from ',
      'new ',
      'Wave',
      'dev',
      'type ',
      'const ',
      '=> ',
      'async ',
      FLEET_MARKER,
    ],
  );
  const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat(6), scrap });
  fc.assert(
    fc.property(
      fleetText,
      fc.array(change, { minLength: 1, maxLength: 3 }),
      additions,
      (whole, changes, given) => {
        const text = changes.reduce((rest, { at, drop, scrap: put }) => {
          const position = Math.floor(at * rest.length);
          return rest.slice(0, position) + put + rest.slice(position + drop);
        }, whole);
        expectHarmless(text, given);
      },
    ),
    { numRuns: 1500 },
  );
});
