import { KOPS_RELEASES, releaseOf } from '../../../src/kops/api';

test('the known releases are in order, without gaps', () => {
  const minors = KOPS_RELEASES.map((release) => Number(release.split('.')[1]));
  expect(KOPS_RELEASES[0]).toBe('1.26');
  expect(minors).toEqual(minors.map((_, index) => (minors[0] ?? 0) + index));
});

test.each([
  ['1.36.2', '1.36'],
  ['v1.36.2', '1.36'],
  ['1.36', '1.36'],
  ['1.36.0-beta.1', '1.36'],
  ['1.36.0+build.5', '1.36'],
  ['1.26.6', '1.26'],
])('%s belongs to %s', (version, release) => {
  expect(releaseOf(version)).toBe(release);
});

test.each([
  '1.99.0-alpha.1',
  '1.25.4',
  '1.3',
  '1.3.6',
  '2.36.1',
  '',
  'latest',
  '1',
  '1.36.',
  '1.36.2 ',
  '1.36.x',
])('the API of %p is not known', (version) => {
  expect(releaseOf(version)).toBeUndefined();
});
