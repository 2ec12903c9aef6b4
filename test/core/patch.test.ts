import { applyPatches, type JsonPatch } from '../../src/core';

const DOCUMENT = { spec: { size: 1, list: ['a', 'b'], 'x/y~z': { on: true } } };

function patched(...patches: unknown[]) {
  return applyPatches(DOCUMENT, patches as JsonPatch[]);
}

test.each([
  ['add a member', { op: 'add', path: '/spec/new', value: 2 }, { ...DOCUMENT.spec, new: 2 }],
  ['add over a member', { op: 'add', path: '/spec/size', value: 2 }, { ...DOCUMENT.spec, size: 2 }],
  [
    'add into a list',
    { op: 'add', path: '/spec/list/1', value: 'x' },
    { ...DOCUMENT.spec, list: ['a', 'x', 'b'] },
  ],
  [
    'add at the end',
    { op: 'add', path: '/spec/list/-', value: 'x' },
    { ...DOCUMENT.spec, list: ['a', 'b', 'x'] },
  ],
  [
    'add behind the last',
    { op: 'add', path: '/spec/list/2', value: 'x' },
    { ...DOCUMENT.spec, list: ['a', 'b', 'x'] },
  ],
  ['replace', { op: 'replace', path: '/spec/list/0', value: 'x' }, { ...DOCUMENT.spec, list: ['x', 'b'] }],
  ['remove', { op: 'remove', path: '/spec/list/0' }, { ...DOCUMENT.spec, list: ['b'] }],
  [
    'escapes',
    { op: 'replace', path: '/spec/x~1y~0z/on', value: false },
    { ...DOCUMENT.spec, 'x/y~z': { on: false } },
  ],
  ['copy', { op: 'copy', from: '/spec/list', path: '/spec/two' }, { ...DOCUMENT.spec, two: ['a', 'b'] }],
  ['test', { op: 'test', path: '/spec/list', value: ['a', 'b'] }, DOCUMENT.spec],
])('%s', (_what, patch, spec) => expect(patched(patch)).toEqual({ value: { spec }, problems: [] }));

test('move takes away and adds', () => {
  const { value, problems } = patched({ op: 'move', from: '/spec/list/0', path: '/spec/first' });
  expect(problems).toEqual([]);
  expect(value.spec).toMatchObject({ first: 'a', list: ['b'] });
});

test('patches apply in order, each to what the one before it made', () => {
  const { value } = patched(
    { op: 'add', path: '/spec/a', value: {} },
    { op: 'add', path: '/spec/a/b', value: 1 },
    { op: 'test', path: '/spec/a/b', value: 1 },
  );
  expect(value.spec).toMatchObject({ a: { b: 1 } });
});

test('neither the target nor the patches are changed or shared', () => {
  const given = { deep: [1] };
  const before = JSON.stringify(DOCUMENT);
  const { value } = patched({ op: 'add', path: '/spec/new', value: given });
  (value.spec as unknown as { new: typeof given }).new.deep.push(2);
  expect(given.deep).toEqual([1]);
  expect(JSON.stringify(DOCUMENT)).toBe(before);
});

test.each([
  [
    'replace of what is not there',
    { op: 'replace', path: '/spec/sise', value: 1 },
    'nothing at "/spec/sise" to replace',
  ],
  [
    'remove of what is not there',
    { op: 'remove', path: '/spec/list/2' },
    'nothing at "/spec/list/2" to remove',
  ],
  ['remove of a list by its length', { op: 'remove', path: '/spec/list/length' }, 'nothing at'],
  [
    'add below what is not there',
    { op: 'add', path: '/spec/a/b', value: 1 },
    'nothing at "/spec/a/b" to add',
  ],
  ['add below a number', { op: 'add', path: '/spec/size/b', value: 1 }, 'nothing at "/spec/size/b" to add'],
  ['add far behind a list', { op: 'add', path: '/spec/list/3', value: 1 }, 'nothing at'],
  [
    'a test that fails',
    { op: 'test', path: '/spec/size', value: 2 },
    'the test of "/spec/size" failed: it is not 2',
  ],
  [
    'a path without a slash',
    { op: 'remove', path: 'spec/size' },
    'a path that begins with "/", got the string "spec/size"',
  ],
  ['the whole document', { op: 'replace', path: '', value: {} }, 'a path that begins with "/"'],
  ['a path that is no text', { op: 'remove', path: 3 }, 'got the number 3'],
  ['no path', { op: 'remove' }, 'got undefined'],
  ['no value', { op: 'add', path: '/spec/x' }, 'needs a value'],
  ['no from', { op: 'move', path: '/spec/x' }, 'got undefined'],
  ['a from that is a symbol', { op: 'move', from: Symbol('x'), path: '/spec/x' }, 'got a symbol'],
  ['a move into itself', { op: 'move', from: '/spec', path: '/spec/x' }, 'into itself'],
  ['a misspelt operation', { op: 'repalce', path: '/spec/size', value: 1 }, 'did you mean replace?'],
  ['an operation that is no text', { op: 1, path: '/spec/size' }, 'got the number 1'],
  ['no object', 'x', 'expected a patch with op and path, got the string "x"'],
  ['null', null, 'got null'],
])('fails: %s', (_what, patch, message) => {
  const { value, problems } = patched(patch, { op: 'replace', path: '/spec/size', value: 5 });
  expect(problems).toEqual([{ field: 'patches[0]', message: expect.stringContaining(message) }]);
  // The ones after it are tried all the same, and nothing is left of it.
  expect(value.spec).toEqual({ ...DOCUMENT.spec, size: 5 });
});

test('fails: a move whose target is not there leaves its source', () => {
  const { value, problems } = patched({ op: 'move', from: '/spec/size', path: '/spec/a/b' });
  expect(problems).toHaveLength(1);
  expect(value).toEqual(DOCUMENT);
});
