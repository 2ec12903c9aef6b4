import * as fc from 'fast-check';
import { placeComments } from '../../../../src/adopt/import/code/comments';
import { dataCode } from '../../../../src/adopt/import/code/data-code';
import type { Code } from '../../../../src/adopt/import/code/model';
import { printCode } from '../../../../src/adopt/import/code/print';
import type { ManifestComment, Path } from '../../../../src/adopt/import/imported-cluster';

const SPEC = {
  zones: ['a', 'b'],
  subnets: [{ name: 'x', zone: 'a' }],
};

/** A construct's props as the import writes them: some of the spec as it is, some as props of another name. */
const PROPS: Code = {
  kind: 'object',
  members: [
    { key: 'availability', value: dataCode(['a', 'b']), origins: [['spec', 'zones']] },
    { key: 'networking', value: dataCode('cilium'), origins: [['spec', 'networking', 'cilium']] },
    {
      key: 'nodes',
      value: dataCode({ count: 3 }),
      origins: [
        ['spec', 'minSize'],
        ['spec', 'maxSize'],
      ],
    },
    {
      key: 'spec',
      value: dataCode(SPEC, [{ path: ['spec'], value: SPEC }]),
      origins: [],
    },
  ],
};

const comment = (path: Path, place: ManifestComment['place'] = 'before', text = 'why'): ManifestComment => ({
  path,
  place,
  text,
});

/** The lines around a comment, with it. */
function lines(code: Code, ...comments: readonly ManifestComment[]): { lines: string[]; rest: number } {
  const { code: result, rest } = placeComments(code, comments);
  const all = printCode(result).split('\n');
  const shown = all.filter((line, index) => line.includes('//') || all[index - 1]?.trim().startsWith('//'));
  return { lines: shown.map((line) => line.trim()), rest: rest.length };
}

test.each<[string, ManifestComment, string[]]>([
  ['above', comment(['spec', 'zones']), ['// why', "availability: ['a', 'b'],"]],
  ['beside', comment(['spec', 'zones'], 'beside'), ["availability: ['a', 'b'], // why"]],
  ['at the end', comment(['spec', 'zones'], 'after'), ['// why', '],']],
  ['at the end of what is no map here', comment(['spec', 'minSize'], 'after'), ['// why', '},']],
  ['on what another prop says', comment(['spec', 'maxSize'], 'beside'), ['nodes: { count: 3 }, // why']],
  ['on a part of a value', comment(['spec', 'minSize', 'x', 0]), ['// x[0]: why', 'nodes: { count: 3 },']],
  [
    'on an item that has become a part',
    comment(['spec', 'maxSize', 0, 'zone'], 'beside'),
    ['// maxSize[0].zone: why', 'nodes: { count: 3 },'],
  ],
  [
    'of several lines',
    comment(['spec', 'minSize', 'x'], 'before', 'a\nb'),
    ['// x:', '// a', '// b', 'nodes: { count: 3 },'],
  ],
  [
    'on what only a part is said of',
    comment(['spec', 'networking'], 'beside'),
    ['// why', "networking: 'cilium',"],
  ],
  ['deep inside', comment(['spec', 'subnets', 0, 'zone'], 'beside'), ["zone: 'a', // why"]],
  ['on an item', comment(['spec', 'subnets', 0]), ['// why', "{ name: 'x', zone: 'a' },"]],
])('%s', (_, given, wanted) => {
  expect(lines(PROPS, given)).toEqual({ lines: wanted, rest: 0 });
});

test('the most exact place counts, and the first of several', () => {
  const members = [
    { key: 'a', value: dataCode(1), origins: [['spec', 'x']] },
    {
      key: 'b',
      value: dataCode(2),
      origins: [
        ['spec', 'x', 'y'],
        ['spec', 'z'],
      ],
    },
    { key: 'c', value: dataCode(3), origins: [['spec', 'z']] },
  ];
  const code: Code = { kind: 'object', members };
  expect(lines(code, comment(['spec', 'x', 'y', 'z'])).lines).toEqual(['// z: why', 'b: 2,']);
  expect(lines(code, comment(['spec', 'z'])).lines).toEqual(['// why', 'b: 2,']);
});

test('what the code says nothing of is handed back, as is what is about the whole', () => {
  const comments = [comment(['spec', 'elsewhere']), comment(['spec']), comment([]), comment([0, 'spec'])];
  expect(placeComments(PROPS, comments)).toEqual({ code: PROPS, rest: comments });
});

test('two beside the same stand one above, one beside', () => {
  const both = [comment(['spec', 'zones'], 'beside', 'one'), comment(['spec', 'zones'], 'beside', 'two')];
  expect(lines(PROPS, ...both).lines).toEqual(['// two', "availability: ['a', 'b'], // one"]);
});

test('comments that are there already stay', () => {
  const members = [
    { key: 'a', value: dataCode(1), before: ['old'], beside: 'older', origins: [['spec', 'a']] },
  ];
  const { code } = placeComments({ kind: 'object', members }, [
    comment(['spec', 'a'], 'before', 'new'),
    comment(['spec', 'a'], 'beside', 'newer'),
  ]);
  expect(printCode(code)).toBe('{\n  // old\n  // new\n  // newer\n  a: 1, // older\n}');
});

test('in arguments of calls, too', () => {
  const call: Code = { kind: 'call', callee: 'merge', arguments: [{ kind: 'raw', text: 'base' }, PROPS] };
  expect(lines(call, comment(['spec', 'zones'], 'beside')).lines).toEqual([
    "availability: ['a', 'b'], // why",
  ]);
});

const key = fc.constantFrom<string | number>('spec', 'a', 'b', 0, 1);
const path = fc.array(key, { maxLength: 4 });

const code = fc.letrec<{ code: Code; object: Code; list: Code }>((tie) => ({
  code: fc.oneof(
    { maxDepth: 3 },
    fc.constant(dataCode(1)),
    fc.constant(dataCode('x')),
    tie('object'),
    tie('list'),
  ),
  object: fc
    .array(
      fc.record({
        key: fc.constantFrom('k', 'l', 'm'),
        value: tie('code'),
        origins: fc.array(path, { maxLength: 2 }),
      }),
      {
        maxLength: 4,
      },
    )
    .map((members): Code => ({ kind: 'object', members })),
  list: fc
    .array(fc.record({ value: tie('code'), origins: fc.array(path, { maxLength: 2 }) }), { maxLength: 4 })
    .map((items): Code => ({ kind: 'list', items })),
})).code;

test('none is lost, none is doubled, and the data stays the same', () => {
  const places = fc.record({ path, place: fc.constantFrom('before', 'beside', 'after') });
  fc.assert(
    fc.property(code, fc.array(places, { maxLength: 12 }), (given, all) => {
      const comments = all.map((each, index) => ({ ...each, text: `<${index}>` }) as ManifestComment);
      const { code: result, rest } = placeComments(given, comments);
      const text = `${printCode(result)}\n${rest.map((each) => each.text).join(' ')}`;
      const found = [...text.matchAll(/<\d+>/g)].map(String);
      expect(found.sort()).toEqual(comments.map((each) => each.text).sort());
      const evaluate = (one: Code) => new Function(`return ${printCode(one)}`)();
      expect(evaluate(result)).toEqual(evaluate(given));
    }),
    { numRuns: 2000 },
  );
});
