import {
  type ClusterDifference,
  compareDocuments,
  type Difference,
  differencesAsMarkdown,
  differencesAsText,
} from '../../../src/adopt';
import { remarksAsMarkdown } from '../../../src/adopt/diff/difference-as-markdown';
import { cluster, compare, document } from './support';

function between(before: object | undefined, after: object | undefined): ClusterDifference[] {
  const difference = compare(before && [cluster(before)], after && [cluster(after)]);
  return difference ? [difference] : [];
}

test('text: a line a field, with signs', () => {
  const before = [cluster({ v: '1.34.1', gone: true }), document('InstanceGroup', 'old', { maxSize: 1 })];
  const after = [
    cluster({ v: '1.35.0', hosts: ['a b', ''] }),
    document('InstanceGroup', 'new', { maxSize: 2 }),
  ];
  const difference = compare(before, after) as ClusterDifference;
  expect(differencesAsText([difference])).toBe(
    [
      'dev.k8s.local',
      '  ~ Cluster',
      '    - spec.gone  true',
      '    + spec.hosts  ["a b",""]',
      '    ~ spec.v  1.34.1 → 1.35.0',
      '  + InstanceGroup new',
      '    + spec.maxSize  2',
      '  - InstanceGroup old',
      '',
      '',
    ].join('\n'),
  );
});

test('text: of a cluster that came or went its objects say enough', () => {
  expect(differencesAsText(between(undefined, { a: 1 }))).toBe('dev.k8s.local (new)\n  + Cluster\n\n');
  expect(differencesAsText(between({ a: 1 }, undefined))).toBe('dev.k8s.local (gone)\n  - Cluster\n\n');
});

test('text: every line is painted by what became of it', () => {
  const paint = {
    added: (text: string) => `<a>${text}`,
    removed: (text: string) => `<r>${text}`,
    changed: (text: string) => `<c>${text}`,
    heading: (text: string) => `<h>${text}`,
    grave: (text: string) => `<g>${text}`,
    note: (text: string) => `<n>${text}`,
  };
  const text = differencesAsText(between({ a: 1, s: 'x\ny\n' }, { b: 1, s: 'x\nz\n' }), paint);
  expect(text.split('\n')).toEqual([
    '<h>dev.k8s.local',
    '<c>  ~ Cluster',
    '<r>    - spec.a  1',
    '<a>    + spec.b  1',
    '<c>    ~ spec.s',
    '         x',
    '<r>        -y',
    '<a>        +z',
    '',
    '',
  ]);
});

test.each<[unknown, string]>([
  ['plain', 'plain'],
  ['1', '"1"'],
  [1, '1'],
  ['true', '"true"'],
  ['', '""'],
  [' x', '" x"'],
  ['a → b', '"a → b"'],
  ['\u001b[31mred', '"\\u001b[31mred"'],
  ['a\u202eb', '"a\\u{202e}b"'],
  ['a\u2028b', '"a\\u{2028}b"'],
  [{ a: [1] }, '{"a":[1]}'],
  ['x'.repeat(300), `${'x'.repeat(200)}…`],
])('a value is shown as what it is: %j', (value, shown) => {
  expect(differencesAsText(between({ v: 0 }, { v: value }))).toContain(`~ spec.v  0 → ${shown}\n`);
});

test.each<[unknown, unknown, string[]]>([
  [undefined, 'a\nb', ['+a', '+b']],
  ['a\nb', undefined, ['-a', '-b']],
  ['a\nb', 'a\nb\nc', [' a', ' b', '+c']],
])('a text without a line end at its end has no lines beside its own: %j → %j', (from, to, lines) => {
  const text = differencesAsText(between({ v: 0, s: from }, { v: 0, s: to }));
  expect(
    text
      .split('\n')
      .slice(3, -2)
      .map((line) => line.slice(8)),
  ).toEqual(lines);
});

test('a text of many lines is cut', () => {
  const lines = (word: string) => Array.from({ length: 300 }, (_, index) => `${word} ${index}\n`).join('');
  const text = differencesAsText(between({ s: lines('a') }, { s: lines('b') }));
  expect(text.split('\n').length).toBeLessThan(50);
  expect(text).toMatch(/… \d+ more lines\n/);
});

test('Markdown: a table an object', () => {
  expect(differencesAsMarkdown(between({ a: 1, b: 2 }, { b: 3, c: 4 }))).toBe(
    [
      '#### `dev.k8s.local`',
      '',
      '**Cluster** `dev.k8s.local`',
      '',
      '| field | from | to |',
      '|---|---|---|',
      '| `spec.a` | `1` |  |',
      '| `spec.b` | `2` | `3` |',
      '| `spec.c` |  | `4` |',
      '',
    ].join('\n'),
  );
});

test('Markdown: nothing in a value ends its cell, its code or its block', () => {
  const markdown = differencesAsMarkdown(
    between({ a: 'x', s: 'a\nb\n' }, { a: '`` | </td>@all', s: 'a\n```\n# h\n' }),
  );
  expect(markdown).toContain('| `spec.a` | `x` | ``` `` \\| </td>@all ``` |');
  expect(markdown).toContain('| `spec.s` | see below | see below |');
  expect(markdown).toContain('````diff\n a\n-b\n+```\n+# h\n````');
});

test('files that all clusters share, a script without its text, and what cannot be compared', () => {
  const script = (digest: string) => ({ kind: 'Script', name: '', data: { digest } });
  const changed = compareDocuments([script('12')], [script('34')]) as Difference;
  const sections = [
    { file: '.gitlab/cdkops.sh', ...changed },
    { cluster: 'a.k8s.local', fate: 'incomparable' as const, objects: [] },
  ];
  expect(differencesAsText(sections)).toBe(
    '.gitlab/cdkops.sh\n  ~ Script\n\na.k8s.local (cannot be compared)\n\n',
  );
  expect(differencesAsMarkdown(sections)).toBe(
    '#### `.gitlab/cdkops.sh`\n\n**Script**\n\n#### `a.k8s.local` (cannot be compared)\n',
  );
});

test('Markdown: a bar is escaped where it would end a cell, and nowhere else', () => {
  const markdown = differencesAsMarkdown([
    {
      ...{ cluster: 'a|b', fate: 'changed' },
      objects: [
        {
          ...{ kind: 'Cluster', name: 'a|b', fate: 'changed' },
          changes: [{ field: 'spec[x|y]', from: 'a\\|b', to: 'a\nb|c\n' }],
        },
      ],
    },
  ]);
  expect(markdown).toContain('#### `a|b`\n');
  expect(markdown).toContain('| `spec[x\\|y]` |');
  expect(markdown).toContain('\n`spec[x|y]`\n');
});

test('Markdown: what went wrong, as it is', () => {
  expect(remarksAsMarkdown(['*a*\n# b'], ['<c>']).join('')).toBe(
    '- **Error**: \\*a\\*\\\\u000a\\# b\n- Warning: \\<c\\>\n',
  );
  expect(remarksAsMarkdown([], [])).toEqual([]);
});

test('no name breaks a line, or is taken for Markdown or for words of the terminal', () => {
  const name = 'a\n\n# h\n\u001b[31m';
  const before = [document('InstanceGroup', name, { maxSize: 1 })];
  const difference = compareDocuments(before, [document('InstanceGroup', name, { maxSize: 2 })]);
  const sections = [{ cluster: name, ...(difference as Difference) }];
  for (const text of [differencesAsMarkdown(sections), differencesAsText(sections)]) {
    expect(text).not.toMatch(/^# h/m);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('a\\n\\n# h\\n\\u001b[31m');
  }
});

test('Markdown: nothing for nothing', () => {
  expect(differencesAsMarkdown([])).toBe('');
});
