import { isDay } from '../../../src/kops/upgrades';
import { daysBetween } from '../../../src/kops/upgrades/day';
import { kubernetesVersionOf } from '../../../src/kops/upgrades/judge-kubernetes';
import { minorOf, parseRange, parseVersion, type Version } from '../../../src/kops/upgrades/version';

const version = (text: string) => parseVersion(text) as Version;

test.each([
  ['1.35.2', '1.35.2'],
  ['v1.35.2', '1.35.2'],
  [' 1.35.2\n', '1.35.2'],
  ['1.35', '1.35.0'],
  ['v1', '1.0.0'],
  ['1.035.02', '1.35.2'],
  ['1.36.0-beta.1', '1.36.0-beta.1'],
  ['1.36.0+build.7', '1.36.0'],
  ['1.36-beta.1', undefined],
  ['1.35.x', undefined],
  ['1.35.1.2', undefined],
  ['latest', undefined],
  ['', undefined],
])('the version %j is %s', (text, expected) => {
  expect(parseVersion(text)?.version).toBe(expected);
});

test('the minor release of a version, a pre-release included', () => {
  expect(minorOf(version('v1.36.0-alpha.1'))).toBe('1.36');
});

test.each([
  ['https://storage.googleapis.com/k8s/release/v1.36.0-alpha.0.615+cc55e3447816e4', '1.36.0'],
  ['https://example.com/builds/v1.35.9/', '1.35.0'],
  ['https://example.com/builds/mine', undefined],
  ['1.35', '1.35.0'],
])('the Kubernetes of %s is %s', (text, expected) => {
  expect(kubernetesVersionOf(text)?.version).toBe(expected);
});

test.each([
  ['>=1.35.0', ['1.35.0', '1.35.7', '1.36.0-alpha.1'], ['1.34.9', '1.35.0-beta.1']],
  ['>=1.35.0-alpha.1', ['1.35.0-alpha.1', '1.35.0-beta.1', '1.35.0'], ['1.35.0-alpha.0', '1.34.9']],
  ['<1.11.0', ['1.10.9', '1.11.0-beta.1'], ['1.11.0']],
  ['>= 1.34.0 < 1.36.0', ['1.34.0', '1.35.9'], ['1.33.9', '1.36.0']],
  ['>1.34.0 <=1.35.0', ['1.34.1', '1.35.0'], ['1.34.0', '1.35.1']],
  ['<1.30.0 || >=1.35.0', ['1.29.0', '1.35.0'], ['1.30.0', '1.34.9']],
  ['>=1.34.0 !1.34.3 !=1.34.4', ['1.34.2', '1.34.5'], ['1.34.3', '1.34.4']],
  ['==1.34.0 || =1.35.0 || 1.36.0', ['1.34.0', '1.35.0', '1.36.0'], ['1.34.1']],
  ['1.35.x', ['1.35.0', '1.35.9', '1.36.0-alpha.1'], ['1.34.9', '1.35.0-alpha.1', '1.36.0']],
  ['>1.34.x <=1.35.x', ['1.35.0', '1.35.9'], ['1.34.9', '1.36.0']],
  ['<1.34.x || >=1.36.x', ['1.33.9', '1.36.0'], ['1.34.0', '1.35.9']],
  ['1.x', ['1.0.0', '1.99.0'], ['2.0.0']],
])('the range %j', (text, inside, outside) => {
  const isInside = parseRange(text);
  expect([...inside, ...outside].filter((one) => isInside?.(version(one)))).toEqual(inside);
});

test.each([
  '',
  '||',
  '>=1.35.0 ||',
  '^1.35.0',
  '~1.35',
  '>=v1.35.0',
  '>=latest',
  '1.35.0 - 1.36.0',
  '=>1.35.0',
  '>=1.35',
  '>=1.035.0',
  '!=1.35.x',
  '>=1.x.x',
])('no range that kOps reads: %j', (text) => {
  expect(parseRange(text)).toBeUndefined();
});

test.each([
  ['2026-11-23', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['23.11.2026', false],
  ['2026-11-23T00:00:00Z', false],
  ['', false],
])('a day: %j is %s', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

test('days between two days, over a change of the clock and backwards', () => {
  expect(daysBetween('2026-11-23', '2026-11-23')).toBe(0);
  expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31);
  expect(daysBetween('2026-11-23', '2026-10-27')).toBe(-27);
});
