/** What is too much: said at once, in a sentence, and not by a stack that overflows. */
import { formatReadProblem, readClusters } from '../../../../src/adopt/import/read/read-clusters';

const HEAD = 'apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata: {name: c.example.com}\nspec:\n';

/** Nothing of this takes a second on an idle machine; the bound is for a busy one, squares of millions take days. */
const SOON = 30_000;

function read(spec: string): { readonly said: readonly string[]; readonly spec: unknown } {
  const started = performance.now();
  const { clusters, problems } = readClusters([{ file: 'c.yaml', text: `${HEAD}${spec}` }]);
  expect(performance.now() - started).toBeLessThan(SOON);
  return { said: problems.map(formatReadProblem), spec: clusters[0]?.documents[0]?.document.spec };
}

const LETTERS = [...'abcdefghi'];

describe('gives up at', () => {
  test.each<[string, string, RegExp]>([
    [
      'ten thousand brackets',
      `  a: ${'['.repeat(10_000)}`,
      /^c\.yaml:5:\d+ is nested too deep for a manifest$/,
    ],
    [
      'brackets that are closed',
      `  a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`,
      /:5:\d+ is nested too deep/,
    ],
    ['sixty brackets', `  a: ${'['.repeat(60)}${']'.repeat(60)}`, /^c\.yaml:5:61 is nested too deep/],
    ['braces', `  a: ${'{a: '.repeat(10_000)}`, /is nested too deep/],
    ['dashes', `  a:\n    ${'- '.repeat(10_000)}x\n`, /is nested too deep/],
    [
      'maps',
      Array.from({ length: 2_000 }, (_, at) => `${' '.repeat(at + 2)}a:\n`).join(''),
      /is nested too deep/,
    ],
    [
      'aliases that nest',
      Array.from({ length: 60 }, (_, at) => `  k${at}: &k${at} [${at && `*k${at - 1}`}]\n`).join(''),
      /is nested too deep/,
    ],
    [
      'a bomb of lists',
      LETTERS.map(
        (name, at) => `  ${name}${name}: &${name} [${Array(9).fill(at ? `*${LETTERS[at - 1]}` : 'x')}]\n`,
      ).join(''),
      /^c\.yaml:\d+:\d+ the aliases up to here stand for more than any manifest has/,
    ],
    [
      'a bomb of merges',
      LETTERS.map(
        (name, at) =>
          `  ${name}${name}: &${name} {${Array.from({ length: 9 }, (_, index) => `${name}${index}: ${at ? `*${LETTERS[at - 1]}` : 1}`)}, <<: {x: 1}}\n`,
      ).join(''),
      /stand for more than any manifest/,
    ],
    [
      'a long text, often',
      `  a: &a ${'x'.repeat(100_000)}\n  b: [${Array(1_000).fill('*a')}]\n`,
      /stand for more than any manifest/,
    ],
    ['many aliases', `  a: &a x\n  b: [${Array(20_000).fill('*a')}]\n`, /has more than 10000 aliases/],
    ['what contains itself', '  a: &a {b: [*a]}\n', /^c\.yaml:5:14 what &a stands for contains itself$/],
    [
      'many anchors of one value',
      `  a: ${'&a '.repeat(500_000)}`,
      /a value has at most one anchor and one tag/,
    ],
    ['many tags of one value', `  a: ${'!a '.repeat(500_000)}`, /a value has at most one anchor and one tag/],
    [
      'more than 10 MiB',
      `  a: ${'x'.repeat(11_000_000)}`,
      /^c\.yaml:1:1 is 10\.5 MiB large, and a manifest has at most 10 MiB: split it$/,
    ],
  ])('%s', (_, spec, message) => {
    const { said } = read(spec);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(message);
  });

  test('the first of many problems', () => {
    for (const spec of [
      `  a: [${','.repeat(50_000)}]`,
      '  a: 1\n'.repeat(20_000),
      `  a: ${']'.repeat(50_000)}`,
    ]) {
      const { said } = read(spec);
      expect(said.length).toBeGreaterThan(1);
      expect(said.length).toBeLessThan(30);
    }
  });
});

describe('takes', () => {
  test('fifty levels, and two hundred aliases', () => {
    expect(read(`  a: ${'['.repeat(50)}${']'.repeat(50)}`).said).toEqual([]);
    expect(read(`  a: &a {b: c}\n  b: [${Array(200).fill('*a')}]\n`).said).toEqual([]);
  });

  test('nine megabytes of text', () => {
    const line = 'some words of user data that are long enough\n';
    const { said, spec } = read(`  a: |\n${`    ${line}`.repeat(190_000)}`);
    expect(said).toEqual([]);
    expect((spec as { a: string }).a).toHaveLength(line.length * 190_000);
  });

  test('ten thousand fields with comments', () => {
    const { said } = read(
      Array.from({ length: 10_000 }, (_, at) => `  # ${at}\n  k${at}: ${at} # x\n`).join(''),
    );
    expect(said).toEqual([]);
  });
});
