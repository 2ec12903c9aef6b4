import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { docComment, lineComments } from '../../../../src/adopt/import/code/line-comments';
import { anyText, complaints } from './support';

const ROOT = path.resolve(__dirname, '../../../..');

/** What tools take for orders, as text of a YAML comment. */
const DIRECTIVES = [
  '@ts-ignore',
  ' @ts-expect-error soon',
  'see @ts-ignore',
  '@ts-nocheck',
  '/ <reference path="nowhere.ts" />',
  '/ @ts-ignore',
  '/@ts-ignore',
  'biome-ignore lint: why not',
  'biome-ignore-all lint: why not',
  '  biome-ignore format: why not',
  'eslint-disable-next-line',
  'prettier-ignore',
  'istanbul ignore next',
  'c8 ignore start',
  'v8 ignore next 3',
  'node:coverage disable',
  'deno-lint-ignore no-var',
  '# sourceMappingURL=nowhere.map',
  '@ sourceURL=nowhere',
  '#region x',
  'webpackChunkName: "x"',
  'noinspection JSUnusedLocalSymbols',
  '@jest-environment nowhere',
  '@license',
  '# __PURE__',
];

test.each(DIRECTIVES)('%s is told to nobody but readers', (text) => {
  expect(lineComments(text)).toEqual([expect.stringMatching(/^\/\/ YAML: |^\/\/ see @ ts-ignore$/)]);
});

test.each([
  'Three members since the outage.',
  '## Storage ##',
  '---------',
  'prettier than before',
  'eslint: we look at it on Monday',
  'region of the office',
  'ignore this',
  'https://example.com/#sourceMapping',
  '- m5.large',
  '  minSize: 3',
  `"quotes" 'and' \`backticks\` */ \${x}`,
  '日本語 é 👩‍💻 ❤️',
])('%s is left as it is', (text) => {
  expect(lineComments(text)).toEqual([`// ${text}`]);
});

test('each line is a line, and what hides is shown', () => {
  expect(
    lineComments('a\n\n  b  \r\nc\rd\u2028e\u2029f\u202eg\u200bh\0i\u007fj\u0085k\u00a0l\ufeff\ud800\ttab'),
  ).toEqual([
    '// a',
    '//',
    '//   b',
    '// c\\rd\\u{2028}e\\u{2029}f\\u{202e}g\\u{200b}h\\u{0}i\\u{7f}j\\u{85}k\\u{a0}l\\u{feff}\\u{d800}  tab',
  ]);
});

test('any text stays a comment', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const code = `[\n${lineComments(text).join('\n')}\n1,\n${docComment(text, 110).join('\n')}\n2]`;
      expect(new Function(`return ${code}`)()).toEqual([1, 2]);
    }),
    { numRuns: 2000 },
  );
});

test('a doc comment stays one', () => {
  expect(docComment('from a */ b', 110)).toEqual(['/** from a *\\/ b */']);
  expect(docComment('from a\nb', 110)).toEqual(['/**', ' * from a', ' * b', ' */']);
  expect(docComment('long', 10)).toEqual(['/**', ' * long', ' */']);
});

/** A file with something wrong in every second line, below such comments or others. */
function wrongBelow(comments: readonly string[]): string {
  return comments
    .map((text, index) => `${lineComments(text).join('\n')}\nexport const x${index}: [any] = ${index};\n`)
    .join('');
}

test('the compiler sees all that is wrong below such comments', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-comments-'));
  try {
    fs.writeFileSync(path.join(folder, 'x.ts'), wrongBelow(DIRECTIVES));
    const run = spawnSync(path.join(ROOT, 'node_modules/.bin/tsc'), ['--noEmit', '--ignoreConfig', 'x.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const found = run.stdout.match(/^x\.ts\(\d+,\d+\): error \w+/gm);
    expect(found).toEqual(DIRECTIVES.map((_, index) => `x.ts(${index * 2 + 2},14): error TS2322`));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test('the linter sees all that is wrong below such comments, and nothing wrong with them', () => {
  const found = complaints({ 'x.ts': wrongBelow(DIRECTIVES) });
  expect(found).toHaveLength(DIRECTIVES.length);
  expect(found).toEqual(complaints({ 'x.ts': wrongBelow(DIRECTIVES.map(() => 'harmless')) }));
});
