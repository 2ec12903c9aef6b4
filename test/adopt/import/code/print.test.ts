import { isDeepStrictEqual } from 'node:util';
import * as swc from '@swc/core';
import * as fc from 'fast-check';
import { dataCode } from '../../../../src/adopt/import/code/data-code';
import type { Code, Statement } from '../../../../src/adopt/import/code/model';
import { printCode, printStatements } from '../../../../src/adopt/import/code/print';
import { setOwn } from '../../../../src/core/data';
import { NASTY_STRINGS } from '../../../fixtures/strings';
import { anyData, anyStatement, anyText, complaints, formatted } from './support';

/** The data that code stands for. */
function dataOf(code: Code): unknown {
  if (code.kind === 'literal') return code.value;
  if (code.kind === 'list') return code.items.map(({ value }) => dataOf(value));
  const result: Record<string, unknown> = {};
  if (code.kind === 'object') {
    for (const { key = '', value } of code.members) setOwn(result, key, dataOf(value));
  }
  return result;
}

const evaluate = (text: string): unknown => new Function(`'use strict'; return ${text}`)();

const text = (value: string): Code => ({ kind: 'literal', value });
const raw = (name: string): Code => ({ kind: 'raw', text: name });

/** `new Class(cluster, 'gpu', props)`. */
function construct(props: object, name = 'gpu', className = 'NodeGroup'): Code {
  return {
    kind: 'call',
    callee: `new ${className}`,
    arguments: [raw('cluster'), text(name), dataCode(props)],
  };
}

const printed = (...statements: readonly Statement[]) => printStatements(statements, 2);

/** Lines as a function's body has them. */
const body = (...lines: readonly string[]) => lines.map((line) => `  ${line}\n`).join('');

describe('layout', () => {
  test('what is printed is what Biome would make of it', () => {
    const all = fc.sample(anyStatement, 1500);
    const file = all
      .map((statement, index) => `function f${index}() {\n${printStatements([statement], 2)}}\n`)
      .join('\n');
    // One by one, so that a failure shows the statement that it is about.
    const functions = (whole: string) => whole.split(/^(?=function f\d+\(\) \{$)/m);
    const wanted = functions(formatted(file));
    for (const [index, part] of functions(file).entries()) expect(part).toBe(wanted[index]);
  });

  test('so it is where a line is just long enough, or just too long', () => {
    const store = (bucket: number): Code => ({
      kind: 'call',
      callee: 'StateStore.s3',
      arguments: [text('b'.repeat(bucket))],
    });
    const range = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const long = [
      text('x'.repeat(120)),
      dataCode(-1.5),
      dataCode(1.5),
      dataCode(Number.NaN),
      dataCode(null),
      dataCode([1]),
      raw('a.b'),
    ];
    const pairs: [key: number, value: Code][] = [
      ...range(1, 8).flatMap((key): [number, Code][] => long.map((value) => [key, value])),
      ...range(96, 110).flatMap((key): [number, Code][] => long.map((value) => [key, value])),
      ...range(20, 32).flatMap((bucket) => range(60, 95).map((key): [number, Code] => [key, store(bucket)])),
      ...range(60, 110).map((key): [number, Code] => [key, dataCode({ a: ['b'] })]),
    ];
    const statements = pairs.map(
      ([key, value], index): Statement => ({
        lead: `const x${index} = `,
        code: { kind: 'object', members: [{ key: 'k'.repeat(key), value, before: ['broken'] }] },
      }),
    );
    const names = range(60, 110).map(
      (length): Statement => ({ code: construct({ spot: true }, 'n'.repeat(length)) }),
    );
    const file = printStatements([...statements, ...names], 0);
    expect(formatted(file)).toBe(file);
  });

  test('a construct with few props is a line', () => {
    const props = { machineType: 'g5.xlarge', zones: ['us-east-1a'], minSize: 0, maxSize: 6 };
    expect(printed({ code: construct(props) })).toBe(
      body(
        "new NodeGroup(cluster, 'gpu', { machineType: 'g5.xlarge', zones: ['us-east-1a'], minSize: 0, maxSize: 6 });",
      ),
    );
  });

  test('one with many has a line for each', () => {
    expect(printed({ lead: 'const c = ', code: construct({ a: 1, b: 2, c: 3, d: 4, e: [] }) })).toBe(
      body(
        "const c = new NodeGroup(cluster, 'gpu', {",
        '  a: 1,',
        '  b: 2,',
        '  c: 3,',
        '  d: 4,',
        '  e: [],',
        '});',
      ),
    );
  });

  test('so has one whose line would be too long', () => {
    const name = 'n'.repeat(60);
    expect(printed({ code: construct({ zones: ['us-east-1a', 'us-east-1b'], spot: true }, name) })).toBe(
      body(
        `new NodeGroup(cluster, '${name}', {`,
        "  zones: ['us-east-1a', 'us-east-1b'],",
        '  spot: true,',
        '});',
      ),
    );
  });

  test('where not even the name fits, each argument has a line', () => {
    const name = 'n'.repeat(100);
    expect(printed({ lead: 'return ', code: construct({ spot: true }, name) })).toBe(
      body('return new NodeGroup(', '  cluster,', `  '${name}',`, '  { spot: true },', ');'),
    );
  });

  test('objects that lie deep in each other are broken', () => {
    expect(printCode(dataCode({ a: { b: { c: 1 } } }))).toBe('{ a: { b: { c: 1 } } }');
    expect(printCode(dataCode({ a: { b: { c: { d: 1 } } } }))).toBe('{\n  a: { b: { c: { d: 1 } } },\n}');
  });

  test('numbers fill their lines, text has a line each, objects too', () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index * 1000);
    expect(
      printCode(dataCode(numbers))
        .split('\n')
        .map((line) => line.length),
    ).toEqual([1, 107, 106, 57, 1]);
    const long = 'x'.repeat(60);
    expect(printCode(dataCode([long, long]))).toBe(`[\n  '${long}',\n  '${long}',\n]`);
    expect(
      printCode(
        dataCode([
          { a: 1, b: 2 },
          { a: 3, b: 4 },
        ]),
      ),
    ).toBe('[\n  { a: 1, b: 2 },\n  { a: 3, b: 4 },\n]');
  });

  test('spreads, calls, names', () => {
    const store: Code = {
      kind: 'call',
      callee: 'StateStore.s3',
      arguments: [text('b'), dataCode({ region: 'r' })],
    };
    const members = [
      { key: undefined, value: raw('base') },
      { key: 'stateStore', value: store },
      { key: 'zones', value: raw('zones') },
      { key: 'other', value: raw('zones') },
    ];
    expect(printCode({ kind: 'object', members })).toBe(
      "{ ...base, stateStore: StateStore.s3('b', { region: 'r' }), zones, other: zones }",
    );
    expect(printCode({ kind: 'call', callee: 'merge', arguments: [] })).toBe('merge()');
  });
});

describe('comments', () => {
  test('stand above, beside and at the end', () => {
    const list: Code = {
      kind: 'list',
      items: [
        { value: text('a'), before: ['first'] },
        { value: text('b'), beside: 'second' },
      ],
      after: ['no more'],
    };
    const members = [
      { key: 'minSize', value: dataCode(3), before: ['Three.\nSince May.', 'Really.'], beside: 'was 2' },
      { key: 'zones', value: list },
    ];
    const code = construct({});
    const props: Code = { kind: 'object', members, after: ['spot: true'] };
    const given =
      code.kind === 'call' ? { ...code, arguments: [...code.arguments.slice(0, 2), props] } : code;
    expect(printed({ code: given, before: ['The group.'], beside: 'nothing beside so many lines' })).toBe(
      body(
        '// The group.',
        '// nothing beside so many lines',
        "new NodeGroup(cluster, 'gpu', {",
        '  // Three.',
        '  // Since May.',
        '  // Really.',
        '  minSize: 3, // was 2',
        '  zones: [',
        '    // first',
        "    'a',",
        "    'b', // second",
        '    // no more',
        '  ],',
        '  // spot: true',
        '});',
      ),
    );
  });

  test('go above where they do not fit beside', () => {
    const beside = 'x'.repeat(95);
    const member = (value: Code) => printCode({ kind: 'object', members: [{ key: 'key', value, beside }] });
    expect(member(text('1'))).toBe(`{\n  key: '1', // ${beside}\n}`);
    expect(member(text('12'))).toBe(`{\n  // ${beside}\n  key: '12',\n}`);
    expect(member(dataCode({ a: ['b\nc'] }))).toBe(`{\n  // ${beside}\n  key: { a: ['b\\nc'] },\n}`);
    const many = { key: 'key', value: text('1'), beside: 'a\nb' };
    expect(printCode({ kind: 'object', members: [many] })).toBe("{\n  // a\n  // b\n  key: '1',\n}");
  });

  test('of nothing but comments', () => {
    expect(printCode({ kind: 'object', members: [], after: ['none'] })).toBe('{\n  // none\n}');
    expect(printCode({ kind: 'list', items: [], after: ['none'] })).toBe('[\n  // none\n]');
  });

  test('on numbers stand behind them', () => {
    const items = [{ value: dataCode(1), before: ['a\nb'], beside: 'c' }, { value: dataCode(2) }];
    expect(printCode({ kind: 'list', items })).toBe('[\n  1, // a b c\n  2,\n]');
  });
});

test('there may be more of anything than a call can have arguments', () => {
  const many = Array.from({ length: 150_000 }, (_, index) => `c${index}`);
  const one: Code = { kind: 'literal', value: 1 };
  const all: readonly Code[] = [
    { kind: 'object', members: [{ key: 'a', value: one, before: many }], after: many },
    { kind: 'object', members: [], after: many },
    { kind: 'list', items: [{ value: one, before: many }], after: many },
    { kind: 'list', items: many.map((name) => ({ value: text(name) })) },
    { kind: 'list', items: many.map(() => ({ value: one })) },
    { kind: 'object', members: many.map((key) => ({ key, value: one })) },
  ];
  for (const code of all) {
    const given = [raw('cluster'), code];
    const lines = printed({ code: { kind: 'call', callee: 'f', arguments: given }, before: many }).split(
      '\n',
    );
    expect(lines.length).toBeGreaterThan(150_000);
  }
  const apart = [{ code: one, before: [many.join('\n')], beside: many.join('\n') }];
  expect(printed(...apart).split('\n')).toHaveLength(300_002);
});

describe('data', () => {
  test('code gives the data that it is made of, compiled or not', () => {
    const all = fc.sample(anyData, 1500);
    const texts = all.map((code) => printCode(code));
    const wrong = (text: string, code: Code) => !isDeepStrictEqual(evaluate(text), dataOf(code));
    expect(texts.filter((printed, index) => wrong(printed, all[index] as Code))).toEqual([]);
    const file = `export const all: unknown[] = [\n${texts.join(',\n')}\n];`;
    const { code: compiled } = swc.transformSync(file, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    const exported: { all?: unknown[] } = {};
    new Function('exports', compiled)(exported);
    expect(isDeepStrictEqual(exported.all, all.map(dataOf))).toBe(true);
  });

  test('any text stays the text that it is', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        expect(evaluate(printCode(text(value)))).toBe(value);
        expect(evaluate(printCode(dataCode({ [value]: value })))).toStrictEqual(
          JSON.parse(JSON.stringify({ [value]: value })),
        );
      }),
      { numRuns: 3000 },
    );
  });

  test.each(NASTY_STRINGS.map(({ name, text: value }) => [name, value]))('%s', (_, value) => {
    expect(evaluate(printCode(dataCode([value, { [value]: value }])))).toStrictEqual([
      value,
      Object.defineProperty({}, value, { value, enumerable: true, configurable: true, writable: true }),
    ]);
  });

  test('__proto__ is a key like any other', () => {
    const data = JSON.parse('{"__proto__":{"__proto__":1},"constructor":2}');
    expect(printCode(dataCode(data))).toBe("{ ['__proto__']: { ['__proto__']: 1 }, constructor: 2 }");
    expect(evaluate(printCode(dataCode(data)))).toStrictEqual(data);
  });

  test.each([
    ['größe', 'größe'],
    ['名前', '名前'],
    ['new', 'new'],
    ['a-b', "'a-b'"],
    ['1', "'1'"],
    ['ทย', "'\\u0e17\\u0e22'"],
    ['k\u{323b0}', "'k\\u{323b0}'"],
    ['', "''"],
  ])('the key %s', (key, wanted) => {
    const code = printCode(dataCode({ [key]: 1 }));
    expect(code).toBe(`{ ${wanted}: 1 }`);
    expect(formatted(`x = ${code};\n`)).toBe(`x = ${code};\n`);
    expect(() => swc.parseSync(`x = ${code}`, { syntax: 'typescript' })).not.toThrow();
  });

  test.each([
    [0, '0'],
    [-0, '-0'],
    [-1.5, '-1.5'],
    [1e21, '1e21'],
    [2 ** 64, '18446744073709552000'],
    [5e-324, '5e-324'],
    [Number.NaN, 'Number.NaN'],
    [-Infinity, 'Number.NEGATIVE_INFINITY'],
  ])('%p', (value, wanted) => {
    expect(printCode(dataCode(value))).toBe(wanted);
    expect(evaluate(wanted)).toBe(value);
  });

  test.each([
    ['plain', "'plain'"],
    ["it's", '"it\'s"'],
    [`'"`, `'\\'"'`],
    ['a\\b', "'a\\\\b'"],
    ['a\n', "'a\\n'"],
    ['a\tb\rc', "'a\\tb\\rc'"],
    ['\0\x1b\x7f\x85', "'\\u0000\\u001b\\u007f\\u0085'"],
    ['\u2028\u2029\ufeff\u00a0\u3000', "'\\u2028\\u2029\\ufeff\\u00a0\\u3000'"],
    ['admin\u202e\u2066x\u200b\u00ad', "'admin\\u202e\\u2066x\\u200b\\u00ad'"],
    ['\ud800x\udc00', "'\\ud800x\\udc00'"],
    ['\u{e0041}\u{10ffff}', "'\\u{e0041}\\u{10ffff}'"],
    ['\u0301a', "'\\u0301a'"],
    ['x\ufe0f', "'x\\ufe0f'"],
    ['日本語 żółć ไทย हिन्दी', "'日本語 żółć ไทย हिन्दी'"],
    ['👍🏽 ❤️ 👩‍💻', "'👍🏽 ❤️ 👩‍💻'"],
    [`\${HOME}`, `\`\\\${HOME}\``],
    [`\${HOME}\n`, `'\${HOME}\\n'`],
    ['$HOME ${', `'$HOME \${'`],
  ])('%j as %s', (value, wanted) => {
    expect(printCode(text(value))).toBe(wanted);
    expect(evaluate(wanted)).toBe(value);
  });

  test('text of several lines is a template with its lines where they are', () => {
    const script = `#!/bin/sh\n\tif true; then  \n  echo "\`a\` \${b} $c \\d"\r\nfi\u202e\n\n`;
    const code = printCode(dataCode({ a: { userData: script } }));
    expect(code.split('\n').slice(2)).toEqual([
      '    userData: `#!/bin/sh',
      '\\tif true; then \\x20',
      `  echo "\\\`a\\\` \\\${b} $c \\\\d"\\r`,
      'fi\\u202e',
      '',
      '`,',
      '  },',
      '}',
    ]);
    expect(evaluate(code)).toEqual({ a: { userData: script } });
    // What a checkout makes of line ends changes nothing.
    expect(evaluate(code.replaceAll('\n', '\r\n'))).toEqual({ a: { userData: script } });
    // What nobody can read anyway stays on a line.
    expect(printCode(text('\0\u0001\n\u0002x\ny'))).toBe("'\\u0000\\u0001\\n\\u0002x\\ny'");
  });

  test.each([['\u0001x'], ['x '], ['x\n'], ["'"], ['`\n']])(
    'much text takes no more than its time: %j',
    (unit) => {
      const start = performance.now();
      printCode(dataCode({ a: [unit.repeat(200_000)] }));
      expect(performance.now() - start).toBeLessThan(3000);
    },
  );

  test('no hidden character gets into the code', () => {
    const hidden = /[^\n\P{C}]|[\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (key, value) => {
        const statement: Statement = { code: construct({ [key]: value }), before: [key], beside: value };
        expect(printed(statement).replace(/\p{Extended_Pictographic}\u200d/gu, '')).not.toMatch(hidden);
      }),
      { numRuns: 2000 },
    );
  });

  test('a linter finds nothing', () => {
    const strings = NASTY_STRINGS.map(({ text: value }) => value);
    const code = printCode(
      dataCode({ strings, keys: Object.fromEntries(strings.map((key) => [key, 1])), n: [2 ** 64, 1e21] }),
    );
    expect(complaints({ 'x.ts': `export const x = ${code};\n` })).toEqual([]);
  });
});
