import { merge } from '../../src/core';

test('maps merge key by key, at every depth', () => {
  expect(merge({ a: { b: 1, c: 2 }, d: 3 }, { a: { c: 4 }, e: 5 })).toEqual({
    a: { b: 1, c: 4 },
    d: 3,
    e: 5,
  });
});

test('null takes a field away, undefined leaves it', () => {
  expect(merge({ a: 1, b: 2, c: { d: 3, e: 4 } }, { a: null, b: undefined, c: { d: null } })).toEqual({
    b: 2,
    c: { e: 4 },
  });
});

test('lists whose items have names merge by name, new names go to the end', () => {
  const base = [
    { name: 'main', cpu: 1, members: [{ name: 'a', size: 1 }] },
    { name: 'events', cpu: 2 },
  ];
  const override = [{ name: 'cilium' }, { name: 'main', cpu: 3, members: [{ name: 'b' }] }];
  expect(merge(base, override)).toEqual([
    { name: 'main', cpu: 3, members: [{ name: 'a', size: 1 }, { name: 'b' }] },
    { name: 'events', cpu: 2 },
    { name: 'cilium' },
  ]);
});

test.each([
  ['lists without names', [1, 2], [3]],
  ['a list that gets empty', [{ name: 'a' }], []],
  ['a list in which one item has no name', [{ name: 'a' }], [{ name: 'a' }, { size: 1 }]],
  ['a map by a list', { a: 1 }, [1]],
  ['a list by a map', [1], { a: 1 }],
  ['a map by text', { a: 1 }, 'x'],
])('%s: replaced', (_what, base, override) => expect(merge(base, override)).toEqual(override));

test('neither side is changed, and the result shares no map that is merged', () => {
  const base = { a: { b: 1 }, list: [{ name: 'x', y: 1 }] };
  const override = { a: { c: 2 }, list: [{ name: 'x', z: 2 }] };
  const before = JSON.stringify([base, override]);
  const merged = merge(base, override) as { a: object };
  Object.assign(merged.a, { d: 3 });
  expect(JSON.stringify([base, override])).toBe(before);
});

test('a key named __proto__ is a key', () => {
  const merged = merge({}, JSON.parse('{"__proto__": {"polluted": true}}')) as Record<string, unknown>;
  expect(Object.keys(merged)).toEqual(['__proto__']);
  expect(merged.polluted).toBeUndefined();
});
