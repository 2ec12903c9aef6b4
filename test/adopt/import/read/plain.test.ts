import { resolvePlain, Unholdable } from '../../../../src/adopt/import/read/plain';

/** What sigs.k8s.io/yaml v1.6.0, with which kOps 1.36 reads, made of each. */
const FACTS: readonly (readonly [string, unknown])[] = [
  ['', null],
  ['~', null],
  ['null', null],
  ['NULL', null],
  ['nULL', 'nULL'],
  ['y', true],
  ['Y', true],
  ['yes', true],
  ['On', true],
  ['oN', 'oN'],
  ['n', false],
  ['OFF', false],
  ['1', 1],
  ['+1', 1],
  ['-017', -15],
  ['010', 8],
  ['0o17', 15],
  ['0b11', 3],
  ['0x1F', 31],
  ['0x_1', 1],
  ['1_0', 10],
  ['1__0', 10],
  ['-_1', -1],
  ['_1', '_1'],
  ['08', 8],
  ['1_000.5', 1000.5],
  ['.5', 0.5],
  ['1.', 1],
  ['.', '.'],
  ['1e3', 1000],
  ['1.5e3', 1500],
  ['12e03', 12000],
  ['1e400', '1e400'],
  ['100000000000000000000000', 1e23],
  ['12:30:45', '12:30:45'],
  ['2026-11-22', '2026-11-22'],
  ['1.2.3', '1.2.3'],
  ['-', '-'],
  ['=', '='],
  ['inf', 'inf'],
  ['t3.medium', 't3.medium'],
];

test.each(FACTS)('%j is %j', (text, value) => expect(resolvePlain(text)).toBe(value));

test.each(['.inf', '-.Inf', '.nan', '9007199254740993', '0xFFFFFFFFFFFFFFFF'])(
  '%s is a number that would not stay what it is',
  (text) => expect(resolvePlain(text)).toBeInstanceOf(Unholdable),
);

test('a zero has no sign', () => expect(Object.is(resolvePlain('-0'), 0)).toBe(true));

test('a number of a million digits takes no time', () => {
  const started = performance.now();
  expect(resolvePlain('1'.repeat(1_000_000))).toBe('1'.repeat(1_000_000));
  expect(performance.now() - started).toBeLessThan(1_000);
});
