import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { stringifyDocuments, stringifyYaml } from '../../src/synth/yaml';
import { LONE_SURROGATES, NASTY_STRINGS } from '../fixtures/strings';

/** What a reader makes of the documents; the `yaml` package has two of the readers that matter. */
function read(text: string, version: '1.1' | '1.2'): unknown[] {
  const documents = parseAllDocuments(text, { version });
  return [...documents].map((document) => {
    expect([...document.errors, ...document.warnings]).toEqual([]);
    return document.toJS() as unknown;
  });
}

const VERSIONS = ['1.1', '1.2'] as const;
const short = NASTY_STRINGS.filter(({ text }) => text.length <= 1000);

/** One string as a value on its own. */
const written = (text: string) => stringifyYaml({ a: text }).slice('a:'.length, -1).trimStart();

describe('the corpus', () => {
  test('names and texts are unique', () => {
    expect(new Set(NASTY_STRINGS.map(({ name }) => name)).size).toBe(NASTY_STRINGS.length);
    expect(new Set(NASTY_STRINGS.map(({ text }) => text)).size).toBe(NASTY_STRINGS.length);
  });

  describe.each(VERSIONS)('as YAML %s', (version) => {
    test.each(NASTY_STRINGS)('$name', ({ text }) => {
      const asKey = (member: unknown) => (text.length <= 1000 ? { [text]: member } : member);
      const value = {
        value: text,
        list: [text, [text, [text]], { a: text, b: [{ c: text }] }],
        key: asKey('x'),
        keys: [asKey({ deep: asKey([text]) }), asKey({}), [asKey(text)]],
        last: text,
      };
      const both = [value, [text]];
      expect(read(stringifyYaml(value), version)).toEqual([value]);
      expect(read(stringifyDocuments([...both, value]), version)).toEqual([...both, value]);
    });

    test('together, as one map and one list', () => {
      const map = Object.fromEntries(short.map(({ text }) => [text, text]));
      const list = NASTY_STRINGS.map(({ text }) => text);
      expect(read(stringifyYaml(map, { sortKeys: true }), version)).toEqual([map]);
      expect(read(stringifyYaml(list), version)).toEqual([list]);
    });
  });

  // kops splits a file before it reads any YAML, and gives each part without the line feed before the separator.
  test('is not torn apart by kops, nor trimmed', () => {
    for (const { text } of NASTY_STRINGS) {
      const values = [{ a: 'x', b: text }, [{ c: [text] }], { d: text }];
      const sections = stringifyDocuments(values).replaceAll('\r\n', '\n').split('\n---\n');
      expect(sections.map((section) => read(section, '1.2')[0])).toEqual(values);
      for (const section of sections.slice(0, -1)) expect(section).not.toMatch(/\|\+?\n[^"]*$/);
    }
  });

  test.each(LONE_SURROGATES)('$name is refused', ({ text }) => {
    expect(() => stringifyYaml({ spec: [{ 'a b': text }] })).toThrow(TypeError);
    expect(() => stringifyYaml({ spec: [{ 'a b': text }] })).toThrow(
      /^spec\[0\]\["a b"\]: half a surrogate pair/,
    );
    expect(() => stringifyYaml({ [text]: 1 })).toThrow(TypeError);
  });

  test('every character written is printable ASCII, a line feed, a tab in a block or a common letter', () => {
    for (const { text } of NASTY_STRINGS) {
      const yaml = stringifyYaml([text, { [[...text].slice(0, 50).join('')]: 1 }]);
      expect(yaml).not.toMatch(/[^\t\n -~¡-¬®-ɏͰ-ԯ–—‘-‟†-•…€←-⋿─-◿✓-✘、-ヿ一-鿿가-힣]/u);
      expect(yaml.replace(/\|[-+]?\n[\s\S]*/, '')).not.toContain('\t');
    }
  });
});

describe('property', () => {
  // Characters that YAML minds come up far too seldom among all of Unicode.
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc
      .array(
        fc.constantFrom(
          ...['a', 'e', '0', '1', '9', ' ', '  ', '\t', '\n', '\n\n', '\r', '---', '...', '- ', ': ', ':'],
          ...[' #', '#', '"'],
          ...["'", '\\', '%', '@', '*', '&', '!', '|', '>', '?', '{', '}', '[', ']', ',', '.', '+', '-'],
          ...['_', '=', '<<', '~'],
          ...['é', '\u0085', '\u00A0', '\u2028', '\uFEFF', '🚀', '\0', 'inf', 'nan', 'null', 'on', 'x', 'T'],
          ...['Z'],
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  );
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('list'), tie('map')),
    leaf: fc.oneof(
      text,
      text,
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
    map: fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  }));
  const document = fc.oneof(json.list, json.map);

  test.each(VERSIONS)('any JSON is read back by YAML %s', (version) => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 3 }), fc.boolean(), (values, sortKeys) => {
        expect(read(stringifyDocuments(values, { sortKeys }), version)).toEqual(values);
        expect(read(stringifyYaml(values[0], { sortKeys }), version)).toEqual([values[0]]);
      }),
      { seed: 20260101, numRuns: 1500 },
    );
  });
});

describe('style', () => {
  test('maps, lists, scalars and empty collections', () => {
    const value = {
      kind: 'Cluster',
      metadata: { name: 'x.example.com', labels: {} },
      spec: {
        subnets: [
          { name: 'a', cidr: '10.0.0.0/16' },
          { zone: 'z', egress: { x: 1 }, ids: ['i', 'j'] },
        ],
        access: ['0.0.0.0/0', '::/0'],
        none: [],
        nothing: null,
        left: undefined,
        leftOut: { left: undefined },
        nested: [['a', ['b', 'c']], [], {}, [{ k: [] }], [[{ a: 1, b: 2 }]]],
        enabled: true,
        disabled: false,
        count: 3,
      },
    };
    expect(stringifyYaml(value)).toBe(`kind: Cluster
metadata:
  name: x.example.com
  labels: {}
spec:
  subnets:
  - name: a
    cidr: 10.0.0.0/16
  - zone: z
    egress:
      x: 1
    ids:
    - i
    - j
  access:
  - 0.0.0.0/0
  - "::/0"
  none: []
  nothing: null
  leftOut: {}
  nested:
  - - a
    - - b
      - c
  - []
  - {}
  - - k: []
  - - - a: 1
        b: 2
  enabled: true
  disabled: false
  count: 3
`);
  });

  test('literal blocks', () => {
    const value = { a: 'x\n\n  y\n', b: ['x\ny', { c: 'x\n\n', d: [['x\ny\n']] }], e: '\nx\n', f: 1 };
    expect(stringifyYaml(value)).toBe(`a: |
  x

    y
b:
- |-
  x
  y
- c: |+
    x

  d:
  - - |
      x
      y
e: |

  x
f: 1
`);
  });

  test.each([
    ...['1.35.1', 'v1.35.1', '172.20.0.0/16', '0.0.0.0/0', '10.0.0.1', '200m', '100Mi', '1.5Gi', '10m0s'],
    ...['24h', '1h30m'],
    ...['s3://bucket/x.y', 'arn:aws:iam::123456789012:role/x', 'us-east-1a', 'ami-0123', 't3.medium'],
    ...['e2-medium'],
    ...['kops.k8s.io/v1alpha2', 'team a', 'kops.k8s.io/instancegroup', '/dev/xvda', '/', './x', '../x'],
    ...['.gitlab-ci.yml'],
    ...['.base', '--v=2', '$CI_COMMIT_BRANCH == "main"', `\${VAR}`, '$$x', 'a && b || c', "it's", 'a#b'],
    ...['a:b', 'fd00::1'],
    ...['50%', '3 nodes', '099720109477/ubuntu/x', 'a, b', 'Größe', 'über – “x” …', '日本', 'nil', 'none'],
    ...['inf', 'nan'],
    ...['east', 'e1x', 'undefined', 'yess', 'offf', 'Nulls', '_', 'C:\\x', 'a[0]', 'say "x"'],
    ...['x'.repeat(10_000)],
  ])('%s stays plain', (text) => {
    expect(written(text)).toBe(text);
    if (text.length < 1000) expect(stringifyYaml({ [text]: 1 })).toBe(`${text}: 1\n`);
  });

  test.each([
    ...['', '~', 'null', 'NULL', 'true', 'False', 'yes', 'No', 'on', 'OFF', 'y', 'N', '=', '<', ':x'],
    ...['::/0', 'a:', 'a: b'],
    ...['1', '-1', '1.5', '1.', '.5', '012', '0o17', '0x1F', '0b1', '1_000', '1,000', '1e3', 'e10', 'E+5'],
    ...['12:30:45'],
    ...['2026-11-22', '2026-11-22T10:00:00Z', '.inf', '.NaN', '-.Inf', '.', '..', '...', '---', '-', '- x'],
    ...['-x', '?', '? x'],
    ...['#x', 'a #b', '@x', '%x', '*x', '&x', '!x', '|', '>', '{', '}', '[', ']', ',', '`x`', "'x'", ' x'],
    ...['x ', ' '],
    ...['10.0.0.1:80', '2001:db8::1', '123456789012', '0123abcdef', '1.35', '1.10', '+1', '~/x'],
  ])('%j is quoted', (text) => {
    expect(written(text)).toBe(`"${text}"`);
    expect(stringifyYaml({ [text]: 1 })).toBe(`"${text}": 1\n`);
  });

  test('outside ASCII only visible characters of common scripts are written as they are', () => {
    for (let code = 0x80; code <= 0xffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCharCode(code);
      const asItIs = /[¡-¬®-ɏͰ-ͳͶͷͻ-Ϳ΄-҂Ҋ-ԯ–—‘-‟†-•…€←-⋿─-◿✓-✘、-〩ぁ-ゖァ-ヿ一-鿿가-힣]/.test(character);
      const hex = code.toString(16).toUpperCase();
      const escaped = code <= 0xff ? `"\\x${hex}"` : `"\\u${hex.padStart(4, '0')}"`;
      if (written(character) !== (asItIs ? character : escaped))
        throw new Error(`U+${hex}: ${written(character)}`);
    }
  });

  test('a letter after digits makes a string, unless some number or time has it', () => {
    const plain = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter(
      (letter) => written(`1${letter}`) === `1${letter}`,
    );
    expect(plain.join('')).toBe('ghijklmnqrsuvwyGHIJKLMNQRSUVWY');
  });

  test.each([
    ['"', '"\\""'],
    ['a\\: ', '"a\\\\: "'],
    ['a\tb', '"a\\tb"'],
    ['a\r\nb', '"a\\r\\nb"'],
    ['\0\x1b\x7f', '"\\x00\\x1B\\x7F"'],
    ['\u0085\u00A0\u00AD', '"\\x85\\xA0\\xAD"'],
    ['é: \u2028\u2029\uFEFF\u202E', '"é: \\u2028\\u2029\\uFEFF\\u202E"'],
    ['🚀', '"\\U0001F680"'],
    ['a🚀b🚀', '"a\\U0001F680b\\U0001F680"'],
    ['e\u0301', '"e\\u0301"'],
    ['\n', '"\\n"'],
    [' x\ny', '" x\\ny"'],
    ['\n x\ny', '"\\n x\\ny"'],
    ['\tx\ny', '"\\tx\\ny"'],
    ['x\n  ', '"x\\n  "'],
    ['x\ny\r\n', '"x\\ny\\r\\n"'],
    ['x\n\u0085', '"x\\n\\x85"'],
  ])('%j is escaped', (text, expected) => {
    expect(written(text)).toBe(expected);
  });

  test('a long text to quote stays on one line', () => {
    expect(written('a: '.repeat(5000))).toBe(`"${'a: '.repeat(5000)}"`);
  });

  test('the merge key gets a tag: Psych merges a quoted one', () => {
    expect(stringifyYaml({ '<<': { a: 1 } })).toBe('!!str "<<":\n  a: 1\n');
    expect(written('<<')).toBe('"<<"');
  });

  test('empty documents', () => {
    expect(stringifyYaml({})).toBe('{}\n');
    expect(stringifyYaml({ a: undefined })).toBe('{}\n');
    expect(stringifyYaml([])).toBe('[]\n');
  });

  test('documents are joined by a separator and nothing else', () => {
    expect(stringifyDocuments([])).toBe('');
    expect(stringifyDocuments([{ a: 1 }])).toBe('a: 1\n');
    expect(stringifyDocuments([{ b: 1, a: 1 }, ['x'], {}], { sortKeys: true })).toBe(
      'a: 1\nb: 1\n---\n- x\n---\n{}\n',
    );
  });

  test('no literal block that ends in a line feed stands at the end of one of several documents', () => {
    expect(stringifyDocuments([{ a: 'x\ny\n', b: 'x\ny\n' }])).toBe('a: |\n  x\n  y\nb: "x\\ny\\n"\n');
    expect(stringifyDocuments([[{ a: ['x\n\n'] }]])).toBe('- a:\n  - "x\\n\\n"\n');
    expect(stringifyDocuments([{ a: 'x\ny\n', b: 1 }])).toBe('a: |\n  x\n  y\nb: 1\n');
    expect(stringifyDocuments([{ a: 'x\ny' }])).toBe('a: |-\n  x\n  y\n');
    expect(stringifyYaml({ a: 'x\ny\n' })).toBe('a: |\n  x\n  y\n');
  });
});

describe('keys', () => {
  test('sorted by code unit at every level, or in order of insertion', () => {
    const value = { b: 1, a: [{ d: 1, c: 1 }], B: 1, é: 1, a1: 1, 'a-': 1, '🚀': 1, '\uFF01': 1 };
    expect(Object.keys(read(stringifyYaml(value), '1.2')[0] as object)).toEqual(Object.keys(value));
    expect(stringifyYaml(value, { sortKeys: true })).toBe(
      'B: 1\na:\n- c: 1\n  d: 1\na-: 1\na1: 1\nb: 1\né: 1\n"\\U0001F680": 1\n"\\uFF01": 1\n',
    );
    expect(Object.keys(value)[0]).toBe('b');
  });

  test('of 1,000 characters are written, longer ones are not', () => {
    for (const key of ['k'.repeat(1000), `${'k'.repeat(999)}:`, '"'.repeat(508)]) {
      for (const version of VERSIONS)
        expect(read(stringifyYaml({ [key]: 1 }), version)).toEqual([{ [key]: 1 }]);
    }
    for (const key of ['k'.repeat(1001), '"'.repeat(510), '🚀'.repeat(103)]) {
      expect(() => stringifyYaml({ spec: { [key]: 1 } })).toThrow(RangeError);
      expect(() => stringifyYaml({ spec: { [key]: 1 } })).toThrow(
        /^spec: the key that begins with .* is too long/,
      );
    }
  });

  test('of the prototype are ordinary keys', () => {
    const value: unknown = JSON.parse('{"__proto__":{"a":1},"constructor":"x","hasOwnProperty":1}');
    expect(stringifyYaml(value)).toBe('__proto__:\n  a: 1\nconstructor: x\nhasOwnProperty: 1\n');
  });

  test('inherited ones are left out', () => {
    expect(stringifyYaml({ a: Object.create(null) })).toBe('a: {}\n');
  });
});

describe('numbers', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [42, '42'],
    [-1, '-1'],
    [2 ** 53, '9007199254740992'],
    [2 ** 63, '9223372036854775808'],
    [1e20, '100000000000000000000'],
    [1.5, '1.5'],
    [-0.1, '-0.1'],
    [1e21, '1.0e+21'],
    [-1e21, '-1.0e+21'],
    [1.5e300, '1.5e+300'],
    [1e-7, '1.0e-7'],
    [5e-324, '5.0e-324'],
  ])('%d', (value, expected) => {
    expect(stringifyYaml([value])).toBe(`- ${expected}\n`);
    for (const version of VERSIONS) expect(read(stringifyYaml([value]), version)).toEqual([[value + 0]]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d is refused', (value) => {
    expect(() => stringifyYaml({ a: [value] })).toThrow(TypeError);
    expect(() => stringifyYaml({ a: [value] })).toThrow(/^a\[0\]: /);
  });
});

describe('errors', () => {
  class Thing {
    public x = 1;
  }
  test.each([
    ['a function', () => 1, 'a function'],
    ['a symbol', Symbol('x'), 'a symbol'],
    ['a bigint', 1n, 'a bigint'],
    ['a date', new Date(0), 'an instance of Date'],
    ['a map', new Map(), 'an instance of Map'],
    ['a set', new Set(), 'an instance of Set'],
    ['a regular expression', /x/, 'an instance of RegExp'],
    ['an instance', new Thing(), 'an instance of Thing'],
    ['a boxed string', Object('x'), 'an instance of String'],
    ['a typed array', new Uint8Array(1), 'an instance of Uint8Array'],
  ])('%s is refused', (_, value, kind) => {
    expect(() => stringifyYaml({ spec: { list: [0, { 'k-k': value }] } })).toThrow(TypeError);
    expect(() => stringifyYaml({ spec: { list: [0, { 'k-k': value }] } })).toThrow(
      `spec.list[1]["k-k"]: ${kind} cannot be written as YAML`,
    );
  });

  test('undefined is left out of maps and refused in lists', () => {
    expect(stringifyYaml({ a: undefined, b: 1 })).toBe('b: 1\n');
    expect(() => stringifyYaml({ a: [1, undefined] })).toThrow('a[1]: undefined cannot be written as YAML');
    expect(() => stringifyYaml({ a: new Array(1) })).toThrow('a[0]: undefined cannot be written as YAML');
  });

  test('the path is that of the culprit, not of an earlier sibling', () => {
    expect(() => stringifyYaml({ a: { b: { c: [1, 2] } }, d: 1n })).toThrow(/^d: a bigint/);
    expect(() => stringifyYaml([{ a: [{ b: 1 }] }, { c: 1n }])).toThrow(/^\[1\]\.c: a bigint/);
    expect(() => stringifyDocuments([{ a: 1 }, { spec: { b: 1n } }])).toThrow(/^\[1\]\.spec\.b: a bigint/);
  });

  test.each(['x', 1, true, null, undefined, new Thing()])('a document cannot be %p', (value) => {
    expect(() => stringifyYaml(value)).toThrow(TypeError);
    expect(() => stringifyYaml(value)).toThrow(/^\(root\): a document is a map or a list, not /);
  });

  test('a value that contains itself, or is nested too deep', () => {
    const self: Record<string, unknown> = { a: {} };
    self.a = { self };
    expect(() => stringifyYaml(self)).toThrow(/nested more than 100 levels/);
    const list: unknown[] = [];
    list.push(list);
    expect(() => stringifyYaml(list)).toThrow(/nested more than 100 levels/);
    const nest = (depth: number): unknown =>
      depth === 0 ? 'x\ny\n' : depth % 2 ? [nest(depth - 1)] : { a: nest(depth - 1) };
    expect(read(stringifyYaml(nest(100)), '1.2')).toEqual([nest(100)]);
    expect(() => stringifyYaml(nest(101))).toThrow(TypeError);
  });

  test('the same object in two places is no error', () => {
    const shared = { x: [1] };
    expect(stringifyYaml([shared, shared])).toBe('- x:\n  - 1\n- x:\n  - 1\n');
  });

  test('plain data of another realm is plain data', () => {
    const value: unknown = runInContext('({ a: [{ b: 1 }] })', createContext());
    expect(stringifyYaml(value)).toBe('a:\n- b: 1\n');
  });
});

test('more different strings than the writer remembers', () => {
  const clear = jest.spyOn(Map.prototype, 'clear'); // the tables of written forms must not grow for ever
  const numbers = Array.from({ length: 10_000 }, (_, index) => index);
  for (const round of ['a', 'b', 'a']) {
    const list = numbers.map((number) => ({
      [`${number}`]: `${round}${number}`,
      [`${round}${number}`]: `${number}`,
    }));
    const expected = numbers.map(
      (number) => `- "${number}": ${round}${number}\n  ${round}${number}: "${number}"\n`,
    );
    expect(stringifyYaml(list)).toBe(expected.join(''));
  }
  expect(clear.mock.calls.length).toBeGreaterThan(2);
  clear.mockRestore();
});
