import fc from 'fast-check';
import { overlay, weight } from '../../../../src/adopt/import/fit/override';
import { applyPatches, merge } from '../../../../src/core';

/** What `merge` and patches make of data with an overlay. */
function laidOver(base: object, { override, patches }: ReturnType<typeof overlay>): unknown {
  const { value, problems } = applyPatches({ spec: merge(base, override as object | undefined) }, patches);
  expect(problems).toEqual([]);
  return value.spec;
}

const leaf = fc.oneof(fc.constantFrom('a', 'b', '', 1, 0, true, false), fc.constant({}), fc.constant([]));
const { data } = fc.letrec<{ data: unknown; map: Record<string, unknown> }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    tie('map'),
    fc.array(tie('data'), { maxLength: 3 }),
    fc.array(
      fc
        .tuple(fc.constantFrom('x', 'y', 'z'), tie('map'))
        .map(([name, more]) => ({ ...(more as object), name })),
      { maxLength: 3 },
    ),
  ),
  map: fc.dictionary(fc.constantFrom('name', 'size', 'a/b', 'c~d', 'list', 'deep'), tie('data'), {
    maxKeys: 4,
  }),
}));
const map = fc.dictionary(fc.constantFrom('one', 'two', 'three', 'a/b'), data, { maxKeys: 4 });

test('an overlay makes of any data any other', () => {
  fc.assert(
    fc.property(map, map, (base, target) => {
      expect(laidOver(base, overlay(base, target))).toEqual(target);
    }),
    { numRuns: 2_000 },
  );
});

test('only what differs is laid over', () => {
  const base = { iam: { legacy: false, allow: true }, channel: 'stable', kubelet: { a: 1 } };
  expect(overlay(base, { iam: { legacy: false }, channel: 'alpha', kubelet: { a: 1 } })).toEqual({
    override: { iam: { allow: null }, channel: 'alpha' },
    patches: [],
  });
  expect(overlay(base, base)).toEqual({ override: undefined, patches: [] });
});

test('items with names are called by them', () => {
  const etcdClusters = [
    { name: 'main', memoryRequest: '100Mi' },
    { name: 'events', memoryRequest: '100Mi' },
  ];
  const target = { etcdClusters: [etcdClusters[0], { name: 'events', memoryRequest: '1Gi' }] };
  expect(overlay({ etcdClusters }, target)).toEqual({
    override: { etcdClusters: [{ name: 'events', memoryRequest: '1Gi' }] },
    patches: [],
  });
});

test('a list whose items go, or change places, is patched: merge keeps them', () => {
  const list = [{ name: 'a' }, { name: 'b' }];
  const target = { list: [{ name: 'b' }] };
  expect(overlay({ list }, target)).toEqual({
    override: undefined,
    patches: [{ op: 'replace', path: '/spec/list', value: target.list }],
  });
});

test('there is more to read in what is more', () => {
  expect(weight({ a: null })).toBeGreaterThan(weight({ a: 1 }));
  expect(weight({ a: { b: 1 } })).toBeGreaterThan(weight({ b: 1 }));
  expect(weight('x'.repeat(500))).toBeGreaterThan(weight('x'));
});
