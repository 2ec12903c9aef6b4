import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stringifyDocuments, stringifyYaml } from '../../src/synth/yaml';
import { NASTY_STRINGS } from '../fixtures/strings';

// What the writer writes must mean the same to readers that are not JavaScript. kops itself is asked elsewhere.

const READERS = [
  {
    name: 'PyYAML',
    command: process.env.CDKOPS_E2E_PYTHON || 'python3',
    script: 'pyyaml.py',
    install:
      'Python 3 with PyYAML (Debian: apt-get install python3-yaml), or name another in CDKOPS_E2E_PYTHON',
  },
  {
    name: 'Psych',
    command: 'ruby',
    script: 'psych.rb',
    install: 'Ruby (Debian: apt-get install ruby)',
  },
] as const;

type Answer = { readonly documents: readonly unknown[] } | { readonly error: string };

/** Has the streams read; throws with a hint at what to install where the reader cannot run. */
function readAll(reader: (typeof READERS)[number], streams: readonly string[]): readonly Answer[] {
  const run = spawnSync(reader.command, [join(__dirname, 'readers', reader.script)], {
    input: JSON.stringify(streams),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 110_000,
  });
  if (run.error !== undefined || run.status !== 0) {
    const reason = run.error?.message ?? run.stderr.trim();
    throw new Error(`${reader.command} cannot read YAML (${reason}). This test needs ${reader.install}.`);
  }
  return JSON.parse(run.stdout) as readonly Answer[];
}

/** The text in each place where a string can stand. */
function everywhere(text: string): unknown {
  const asKey = (member: unknown): unknown => (canBeKey(text) ? { [text]: member } : member);
  return {
    value: text,
    between: [text, [text, [text]], { a: text, b: [{ c: text }] }],
    key: asKey('x'),
    keys: [asKey({ deep: asKey([text]) }), asKey({})],
    last: text,
  };
}

/** Longer keys do not fit into what YAML allows, once they are quoted. */
function canBeKey(text: string): boolean {
  return text.length <= 1000;
}

const VALUES = NASTY_STRINGS.map(({ name, text }) => ({ name, value: everywhere(text) }));
const NUMBERS = [
  0,
  -1,
  42,
  2 ** 53,
  2 ** 63,
  1e20,
  0.1,
  -1.5,
  1e21,
  -1e21,
  1.5e300,
  1e-7,
  5e-324,
  Number.MAX_VALUE,
];

describe.each(READERS)('$name', (reader) => {
  test('reads every string of the corpus in every place', () => {
    const answers = readAll(
      reader,
      VALUES.map(({ value }) => stringifyYaml(value)),
    );
    expect(answers).toHaveLength(VALUES.length);
    const wrong = VALUES.flatMap(({ name, value }, index) => {
      const expected = JSON.stringify({ documents: [value] });
      const got = JSON.stringify(answers[index]);
      return got === expected ? [] : [`${name}: ${got?.slice(0, 300)}`];
    });
    expect(wrong).toEqual([]);
  });

  test('reads the corpus as one stream of documents', () => {
    const values = VALUES.map(({ value }) => value);
    const [answer] = readAll(reader, [stringifyDocuments(values)]);
    expect(JSON.stringify(answer)).toBe(JSON.stringify({ documents: values }));
  });

  test('reads the corpus as one map', () => {
    const value = Object.fromEntries(
      NASTY_STRINGS.flatMap(({ text }) => (canBeKey(text) ? [[text, text]] : [])),
    );
    const [answer] = readAll(reader, [stringifyYaml(value, { sortKeys: true })]);
    expect(answer).toEqual({ documents: [value] });
  });

  test('reads numbers, booleans, null and empty collections', () => {
    const values = [NUMBERS, { a: true, b: false, c: null, d: {}, e: [], f: [[], {}, [[]], null] }, {}, []];
    const [answer] = readAll(reader, [stringifyDocuments(values)]);
    expect(answer).toEqual({ documents: values });
  });
});

// The tests above are worth what their readers are: each must be one that does take these strings amiss.
test.each([
  ['PyYAML', 'a: yes', { a: true }],
  ['PyYAML', 'a: 12:30:45', { a: 45045 }],
  ['PyYAML', 'a: 2026-11-22', { a: '<date datetime.date(2026, 11, 22)>' }],
  ['PyYAML', '1: x', { '<int 1>': 'x' }],
  ['Psych', 'a: yes', { a: true }],
  ['Psych', 'a: :x', { a: '<Symbol :x>' }],
  ['Psych', 'a: 1,000', { a: 1000 }],
  ['Psych', '"<<": {a: 1}', { a: 1 }],
])('%s is strict: %s', (name, text, expected) => {
  const reader = READERS.find((one) => one.name === name);
  if (reader === undefined) throw new Error(`no reader ${name}`);
  expect(readAll(reader, [text])).toEqual([{ documents: [expected] }]);
});
