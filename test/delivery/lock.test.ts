import { lookUpKops, parseKopsLock, stringifyKopsLock } from '../../src/delivery/kops-lock';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const TEXT = `{
  "format": 1,
  "kops": {
    "1.36.2": {
      "linux-amd64": "${A}",
      "linux-arm64": "${B}"
    },
    "1.9.0": {
      "linux-amd64": "${A}",
      "linux-arm64": "${A}"
    }
  }
}
`;

test('a lock is read and written again as the same text, newest version first', () => {
  const lock = parseKopsLock(TEXT);
  expect(lock.get('1.36.2')).toEqual({ amd64: A, arm64: B });
  expect(stringifyKopsLock(lock)).toBe(TEXT);
  expect(stringifyKopsLock(new Map([...lock].reverse()))).toBe(TEXT);
});

test('line ends and a mark of Windows do not matter', () => {
  expect(parseKopsLock(`\uFEFF${TEXT.replaceAll('\n', '\r\n')}`)).toEqual(parseKopsLock(TEXT));
});

test('a version is looked up, or it is said what to do', () => {
  const lock = parseKopsLock(TEXT);
  expect(lookUpKops(lock, '1.36.2')).toEqual({ amd64: A, arm64: B });
  expect(lookUpKops(lock, '1.36.3')).toMatch(
    /^clusters\/kops\.lock\.json has no digests of kOps 1\.36\.3.*npx cdkops lock/,
  );
  expect(lookUpKops(undefined, '1.36.3')).toMatch(
    /^clusters\/kops\.lock\.json is not there.*npx cdkops lock/,
  );
});

test.each<[string, string, RegExp]>([
  ['nothing', '', /is no JSON/],
  ['half of it', TEXT.slice(0, 50), /is no JSON/],
  ['merge conflicts', `<<<<<<< HEAD\n${TEXT}=======\n${TEXT}>>>>>>> x\n`, /has merge conflicts/],
  ['a list', '[]', /holds a list/],
  ['another format', '{"format": 2, "kops": {}}', /has the format 2/],
  ['no versions', '{"format": 1}', /has undefined as its kops/],
  ['a version that is none', '{"format": 1, "kops": {"../x": {}}}', /has "\.\.\/x", which is no version/],
  [
    'a digest too short',
    TEXT.replace(A, 'abc'),
    /has the string "abc" as the digest linux-amd64 of 1\.36\.2/,
  ],
  ['a digest in capitals', TEXT.replace(B, 'B'.repeat(64)), /linux-arm64 of 1\.36\.2/],
  ['a digest missing', '{"format": 1, "kops": {"1.36.2": {"linux-amd64": 1}}}', /the number 1 as the digest/],
  ['an entry that is no object', '{"format": 1, "kops": {"1.36.2": null}}', /undefined as the digest/],
])('what is no lock is told with the file: %s', (_, text, message) => {
  expect(() => parseKopsLock(text)).toThrow(message);
  expect(() => parseKopsLock(text)).toThrow(
    /^clusters\/kops\.lock\.json .*: bring it back from git, or remove it/,
  );
});
