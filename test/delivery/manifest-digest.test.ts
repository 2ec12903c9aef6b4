import { manifestDigest } from '../../src/delivery/manifest-digest';

const DOCUMENTS = [
  { kind: 'Cluster', spec: { zones: ['a', 'b'], size: 1, text: '1', labels: { a: '1', b: '2' } } },
  { kind: 'InstanceGroup', spec: {} },
];
const digest = manifestDigest(DOCUMENTS);

test('is a SHA-256 in hex digits', () => expect(digest).toMatch(/^[0-9a-f]{64}$/));

test.each<[string, readonly unknown[]]>([
  [
    'the order of keys',
    [
      { spec: { labels: { b: '2', a: '1' }, text: '1', size: 1, zones: ['a', 'b'] }, kind: 'Cluster' },
      DOCUMENTS[1],
    ],
  ],
  ['the order of documents', [...DOCUMENTS].reverse()],
  ['members that are null or undefined', [{ ...DOCUMENTS[0], status: null, more: undefined }, DOCUMENTS[1]]],
])('does not depend on %s', (_, documents) => expect(manifestDigest(documents)).toBe(digest));

test.each<[string, (spec: Record<string, unknown>) => void]>([
  ['a value', (spec) => (spec.size = 2)],
  ['the type of a value', (spec) => (spec.text = 1)],
  ['the order of a list', (spec) => (spec.zones = ['b', 'a'])],
  ['a null in a list', (spec) => (spec.zones = ['a', 'b', null])],
  ['a key', (spec) => (spec.more = '')],
  [
    'a key named __proto__',
    (spec) => Object.defineProperty(spec, '__proto__', { value: 1, enumerable: true }),
  ],
])('depends on %s', (_, change) => {
  const documents = structuredClone(DOCUMENTS);
  change(documents[0]?.spec as Record<string, unknown>);
  expect(manifestDigest(documents)).not.toBe(digest);
});

test('depends on where one document ends', () => {
  expect(manifestDigest([{ a: 1 }, { a: 1 }])).not.toBe(manifestDigest([{ a: 1 }]));
});
