import { copyData, shape, withoutNulls } from '../../src/core';
import { read } from '../../src/core/shape';

interface Example {
  readonly zones: readonly string[];
  readonly count?: number;
  readonly dns?: string;
  readonly nodes?: { readonly size?: number } | false;
}

const EXAMPLE = shape.object<Example>({
  zones: shape.required(shape.distinct(shape.text)),
  count: shape.integer(1, 9),
  dns: shape.oneOf('public', 'private'),
  nodes: shape.either(shape.no, shape.object<{ size?: number }>({ size: shape.integer() })),
});

function readExample(value: unknown) {
  const problems: string[] = [];
  const result = read(EXAMPLE, value, '', (field, message) => problems.push(`${field}: ${message}`));
  return { result, problems };
}

test('what fits comes back as it is', () => {
  const value = { zones: ['a', 'b'], count: 3, dns: 'public', nodes: { size: 2 } };
  expect(readExample(value)).toEqual({ result: value, problems: [] });
});

test('null and undefined count as not given', () => {
  expect(readExample({ zones: ['a'], count: null, dns: undefined })).toEqual({
    result: { zones: ['a'] },
    problems: [],
  });
});

test.each([
  ['a text for a list', { zones: 'a' }, 'zones: expected a list, got the string "a"; put it in brackets'],
  ['what is missing', {}, 'zones: is missing: expected a list'],
  [
    'an item of a list',
    { zones: ['a', 3] },
    'zones[1]: expected a string, got the number 3; put it in quotes',
  ],
  ['an item that is twice', { zones: ['a', 'b', 'a'] }, 'zones[2]: the string "a" is there twice'],
  [
    'a number as text',
    { zones: [], count: '3' },
    'count: expected a whole number from 1 to 9, got the string "3"; write it without quotes',
  ],
  [
    'a number out of bounds',
    { zones: [], count: 10 },
    'count: expected a whole number from 1 to 9, got the number 10',
  ],
  ['no number', { zones: [], count: Number.NaN }, 'count: expected a whole number from 1 to 9, got NaN'],
  [
    'a misspelt value',
    { zones: [], dns: 'privat' },
    'dns: expected one of public, private, got "privat"; did you mean private?',
  ],
  [
    'true where only false says something',
    { zones: [], nodes: true },
    'nodes: expected false or an object, got true',
  ],
  [
    'a member of a member',
    { zones: [], nodes: { size: [] } },
    'nodes.size: expected a whole number, got a list',
  ],
  [
    'an unknown member',
    { zones: [], zoens: [] },
    'zoens: there is nothing of this name to set; did you mean zones?',
  ],
  [
    'an unknown member of a member',
    { zones: [], nodes: { sizes: 1 } },
    'nodes.sizes: there is nothing of this name to set; did you mean size?',
  ],
  ['a function', () => 1, ': expected an object, got a function'],
  ['a list', [], ': expected an object, got a list'],
])('fails: %s', (_what, value, problem) => expect(readExample(value).problems).toEqual([problem]));

test('everything that is wrong is told, and the rest is kept', () => {
  const { result, problems } = readExample({ zones: ['a', 1], count: 0, dns: 'public' });
  expect(problems).toHaveLength(2);
  expect(result).toEqual({ zones: ['a'], dns: 'public' });
});

describe('plain data', () => {
  const copyOf = (value: unknown) => {
    const problems: string[] = [];
    return {
      copy: copyData(value, 'spec', (field, message) => problems.push(`${field}: ${message}`)),
      problems,
    };
  };

  test('is copied at every depth; what is not plain is kept for others to judge', () => {
    const date = new Date(0);
    const value = { a: [{ b: 1 }], date };
    const { copy, problems } = copyOf(value);
    value.a[0] = { b: 2 };
    expect(copy).toEqual({ a: [{ b: 1 }], date });
    expect((copy as { date: Date }).date).toBe(date);
    expect(problems).toEqual([]);
  });

  test('one thing at two places is no circle', () => {
    const shared = { a: 1 };
    expect(copyOf({ x: shared, y: [shared, shared] }).problems).toEqual([]);
  });

  test('fails: what contains itself', () => {
    const value: Record<string, unknown> = { list: [] };
    (value.list as unknown[]).push(value);
    expect(copyOf(value).problems).toEqual(['spec.list[0]: contains itself: expected plain data']);
  });

  test('fails: what is too deep to be read by anything', () => {
    let value: unknown = 1;
    for (let depth = 0; depth < 100_000; depth++) value = { a: value };
    expect(copyOf(value).problems).toEqual([expect.stringContaining('more than 64 levels deep')]);
  });
});

describe('null', () => {
  test('members go, at every depth; what has none is not copied', () => {
    expect(withoutNulls({ a: null, b: [{ c: null, d: 1 }] }, () => {})).toEqual({ b: [{ d: 1 }] });
    const value = { a: [1] };
    expect(withoutNulls(value, () => {})).toBe(value);
  });

  test('fails: in a list', () => {
    const problems: string[] = [];
    withoutNulls({ a: [1, null] }, (field) => problems.push(field));
    expect(problems).toEqual(['a[1]']);
  });
});
