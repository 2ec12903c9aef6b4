import fc from 'fast-check';
import { formatReadProblem, readClusters } from '../../../../src/adopt/import/read/read-clusters';

const HEAD = ['apiVersion: kops.k8s.io/v1alpha2', 'kind: Cluster', 'metadata: {name: c.example.com}'];

/** The documents of the one cluster in a text. */
function documentsIn(text: string) {
  const { clusters, problems } = readClusters([{ file: 'c.yaml', text }]);
  expect(problems.map(formatReadProblem)).toEqual([]);
  return clusters[0]?.documents ?? [];
}

/** `place path: text` of each comment, in a cluster with that spec. */
function commentsIn(...spec: readonly string[]): string[] {
  const text = [...HEAD, 'spec:', ...spec.map((line) => (line === '' ? '' : `  ${line}`)), ''].join('\n');
  return (documentsIn(text)[0]?.comments ?? []).map(
    ({ place, path, text: written }) => `${place} ${path.join('/')}: ${written}`,
  );
}

describe('a comment is found at', () => {
  test.each<[string, string[], string[]]>([
    ['the field below', ['# A.', 'a: 1'], ['before spec/a: A.']],
    ['the field below another', ['a: 1', '# B.', 'b: 1'], ['before spec/b: B.']],
    ['the first field of a map', ['a:', '  # B.', '  b: 1'], ['before spec/a/b: B.']],
    ['its line', ['a: 1 # A.', 'b: 1'], ['beside spec/a: A.']],
    ['the line of a key', ['a: # A.', '  b: 1'], ['beside spec/a: A.']],
    [
      'the line of an item',
      ['a:', '- 1 # one', '- b: 1 # b'],
      ['beside spec/a/0: one', 'beside spec/a/1/b: b'],
    ],
    [
      'the line of a dash',
      ['a:', '- # one', '  # B.', '  b: 1'],
      ['beside spec/a/0: one', 'before spec/a/0/b: B.'],
    ],
    [
      'the item below',
      ['a:', '# one', '- 1', '# two', '- b: 1'],
      ['before spec/a/0: one', 'before spec/a/1: two'],
    ],
    ['the field inside of an item', ['a:', '- b: 1', '  # C.', '  c: 1'], ['before spec/a/0/c: C.']],
    ['the end of a map', ['a:', '  b: 1', '  # end', 'c: 1'], ['after spec/a: end']],
    ['the end of an item', ['a:', '- b: 1', '  # end', '- b: 2'], ['after spec/a/0: end']],
    ['the end of a list', ['a:', '  - b: 1', '  # end', 'c: 1'], ['after spec/a: end']],
    ['the end of everything', ['a:', '  b: 1', '  # end'], ['after spec/a: end']],
    [
      'the innermost that it is indented for',
      ['a:', '  b:', '    c: 1', '   # b', 'd: 1'],
      ['after spec/a: b'],
    ],
    ['what follows, where it is indented like that', ['a:', '  b: 1', '# C.', 'c: 1'], ['before spec/c: C.']],
    ['what follows a list at the margin', ['a:', '- 1', '# B.', 'b: 1'], ['before spec/b: B.']],
    [
      'a block of text',
      ['a: | # A.', '  text # no comment', '  # nor this', '# B.', 'b: 1'],
      ['beside spec/a: A.', 'before spec/b: B.'],
    ],
    ['text in quotes', ['a: "# no" # A.', "b: '# no'"], ['beside spec/a: A.']],
    [
      'a list in brackets',
      ['a: [ # open', '  1, # one', '  # two', '  2', '  # end', '] # close'],
      [
        'beside spec/a: open',
        'beside spec/a/0: one',
        'before spec/a/1: two',
        'after spec/a: end',
        'beside spec/a: close',
      ],
    ],
    [
      'a map in braces',
      ['a: {b: 1, # b', '  # c', '  c: 1} # a'],
      ['beside spec/a/b: b', 'before spec/a/c: c', 'beside spec/a: a'],
    ],
    ['a value below its key', ['a:', '  # A.', '  "text"', 'b: 1'], ['before spec/a: A.']],
    ['a field with an anchor', ['a: &x 1 # A.', 'b: *x # B.'], ['beside spec/a: A.', 'beside spec/b: B.']],
    [
      'lists in lists',
      ['a:', '- - 1 # one', '  # two', '  - 2', '# three', '- []'],
      ['beside spec/a/0/0: one', 'before spec/a/0/1: two', 'before spec/a/1: three'],
    ],
    ['what follows a field that is left out', ['a:', '  # b: 1', 'c: 1'], ['before spec/c: b: 1']],
    ['the map around a field that is left out', ['c: 1', '# A.', 'a: null'], ['after spec: A.']],
  ])('%s', (_, spec, expected) => expect(commentsIn(...spec)).toEqual(expected));
});

describe('the text of a comment', () => {
  test('has its lines joined, and what is indented more stays so', () => {
    expect(commentsIn('#  maxPrice: "0.1"', '#  deep:', '#    er: 1', '#', '#tight', 'a: 1')).toEqual([
      'before spec/a:  maxPrice: "0.1"\n deep:\n   er: 1\n\ntight',
    ]);
  });

  test('ends at an empty line', () => {
    expect(commentsIn('# one', '', '# two', 'a: 1')).toEqual(['before spec/a: one', 'before spec/a: two']);
  });

  test('goes on below itself', () => {
    expect(commentsIn('a: 1 # one', '     # two', '# three', 'b: 1')).toEqual([
      'beside spec/a: one\ntwo',
      'before spec/b: three',
    ]);
  });

  test('is none where nothing is written', () => {
    expect(commentsIn('#', '# ', 'a: 1 #')).toEqual([]);
  });

  test('can be anything', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what must stay text.
    const text = '`${x}` */ " \\ \u2028 é 🚀 # --- %';
    expect(commentsIn(`# ${text}`, 'a: 1')).toEqual([`before spec/a: ${text}`]);
  });
});

test('comments of the document stand at its top and end', () => {
  const text = [
    '# Team X.',
    '',
    '# The sea.',
    HEAD[0],
    '# a kind',
    ...HEAD.slice(1),
    'spec: {}',
    '# end',
    '',
  ];
  const [document] = documentsIn(text.join('\n'));
  expect(document?.comments).toEqual([
    { path: [], text: 'Team X.', place: 'before' },
    { path: [], text: 'The sea.', place: 'before' },
    { path: [], text: 'a kind', place: 'before' },
    { path: [], text: 'end', place: 'after' },
  ]);
});

test('comments between separators go to the next document, those after the last to the last', () => {
  const group = [
    'apiVersion: kops.k8s.io/v1alpha2',
    'kind: InstanceGroup',
    'metadata: {name: nodes, labels: {kops.k8s.io/cluster: c.example.com}}',
  ];
  const text = ['# one', '---', ...HEAD, '---', '# two', '---', '', ...group, '---', '# three', ''].join(
    '\n',
  );
  const [cluster, nodes] = documentsIn(text);
  expect(cluster?.comments).toEqual([{ path: [], text: 'one', place: 'before' }]);
  expect(nodes?.comments).toEqual([
    { path: [], text: 'two', place: 'before' },
    { path: [], text: 'three', place: 'after' },
  ]);
});

test('comments of a list go to the object below, and to the last', () => {
  const item = (kind: string, labels = '') =>
    `- apiVersion: kops.k8s.io/v1alpha2\n  kind: ${kind}\n  metadata: {name: c.example.com${labels}} # ${kind}`;
  const group = item('InstanceGroup', ', labels: {kops.k8s.io/cluster: c.example.com}');
  const list = [
    'apiVersion: v1 # list',
    'kind: List',
    'items:',
    '# one',
    item('Cluster'),
    '# two',
    group,
    '# end',
    '',
  ];
  const texts = documentsIn(list.join('\n')).map(({ comments }) =>
    comments.map(({ path, place, text }) => `${place} ${path.join('/')}: ${text}`),
  );
  expect(texts).toEqual([
    ['before : list', 'before : one', 'beside metadata: Cluster'],
    ['before : two', 'beside metadata: InstanceGroup', 'after : end'],
  ]);
});

/** Lines of YAML, and what may stand between and behind them. */
interface Line {
  readonly text: string;
  readonly path: readonly (string | number)[];
  /** A comment may stand behind it. */
  readonly isOpen: boolean;
  /** A comment may stand above it, indented by this at most. */
  readonly above: number;
}

type Tree = string | readonly Tree[] | { readonly [key: string]: Tree };

const tree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('text', 'a # b', '# x', 'two\nlines\n', 'it: "s"', '', 'true'),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'on', '1'), tie('tree'), { minKeys: 1, maxKeys: 3 }),
  ),
})).tree;

/** Writes a tree as lines; `style` decides anew at each value. */
function linesOf(
  value: Tree,
  path: readonly (string | number)[],
  indent: string,
  start: string,
  style: () => number,
): Line[] {
  const line = (text: string, isOpen = true): Line => ({ text, path, isOpen, above: 99 });
  const way = style();
  if (typeof value !== 'object') {
    if (typeof value === 'string' && value.endsWith('\n') && way % 2 === 0) {
      const rows = value.trimEnd().split('\n');
      const body = rows.map((row) => ({ text: `${indent}${row}`, path, isOpen: false, above: -1 }));
      return [line(`${start} |`), ...body];
    }
    return [line(`${start} ${JSON.stringify(value)}`)];
  }
  if (way % 5 === 0) return [line(`${start} ${JSON.stringify(value)}`)];
  const members: Line[][] = Array.isArray(value)
    ? value.map((item: Tree, index) => linesOf(item, [...path, index], `${indent}  `, `${indent}-`, style))
    : Object.entries(value).map(([key, item]) =>
        linesOf(item, [...path, key], `${indent}  `, `${indent}${JSON.stringify(key)}:`, style),
      );
  return [line(start), ...members.flat()];
}

test('none is lost, none comes twice, and each is where it stood', () => {
  const isIn = (text: string, name: string) => text.split('\n').some((row) => row.trim() === name);
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('x', 'y', 'z'), tree, { minKeys: 1 }),
      fc.infiniteStream(fc.nat(20)),
      fc.infiniteStream(fc.nat(9)),
      (spec, styles, dice) => {
        const style = () => styles.next().value as number;
        const roll = () => dice.next().value as number;
        const lines = linesOf(spec, ['spec'], '  ', 'spec:', style);
        const written: string[] = [...HEAD];
        const exact = new Map<string, string>();
        let number = 0;
        let isAfterBlock = false;
        for (const [index, { text, path, isOpen, above }] of lines.entries()) {
          const own = text.length - text.trimStart().length;
          if (above >= 0 && roll() < 3) {
            const isAtPlace = roll() < 6;
            // Below a block of text, what is indented further belongs to that.
            const column = isAtPlace || isAfterBlock ? own : roll() * 2;
            const name = `own${number++}`;
            written.push(`${' '.repeat(column)}# ${name}`);
            if (isAtPlace) exact.set(name, `before ${path.join('/')}`);
          }
          if (above >= 0 && roll() === 0) written.push('');
          isAfterBlock = (lines[index + 1]?.above ?? 0) >= 0 && above < 0;
          if (isOpen && roll() < 2) {
            const name = `beside${number++}`;
            exact.set(name, `beside ${path.join('/')}`);
            written.push(`${text} # ${name}`);
          } else written.push(text);
        }
        const total = number;
        const [document] = documentsIn(`${written.join('\n')}\n`);
        expect(document?.document.spec).toEqual(spec);
        const comments = document?.comments ?? [];
        const names = comments.flatMap(({ text }) => text.split('\n').map((row) => row.trim()));
        expect([...names].sort()).toEqual([...new Set(names)].sort());
        expect(names).toHaveLength(total);
        for (const [name, expected] of exact) {
          const found = comments.find(({ text }) => isIn(text, name));
          expect(`${name} ${found?.place} ${found?.path.join('/')}`).toBe(`${name} ${expected}`);
        }
      },
    ),
    { numRuns: 150 },
  );
});
