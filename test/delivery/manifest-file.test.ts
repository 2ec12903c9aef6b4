import { readManifest } from '../../src/delivery/manifest-file';

const said = (text: string) => readManifest(text).problems.map(({ line, message }) => `${line}: ${message}`);
const values = (text: string) => {
  const { documents, problems } = readManifest(text);
  expect(problems).toEqual([]);
  return documents.map(({ value }) => value);
};

describe('reads what kOps reads', () => {
  test.each<[string, unknown]>([
    ['a: on', true],
    ['a: "on"', 'on'],
    ['a: 0755', 493],
    ['a: 1_000', 1000],
    ['a: 12:30:45', '12:30:45'],
    ['a: 2026-11-22', '2026-11-22'],
    ['a: |\n  one\n  two\n', 'one\ntwo\n'],
    ['b: &x 1\na: *x', 1],
    ['a: {<<: {b: 1}, c: 2}', { b: 1, c: 2 }],
    ['a: "\\U0001F680"', '🚀'],
  ])('%j', (text, expected) => expect(values(text)[0]?.a).toEqual(expected));

  test.each([
    'a: 1\n---\nb: 2\n',
    '---\na: 1\n---\nb: 2\n',
    'a: 1\r\n---\r\nb: 2\r\n',
    '# x\na: 1\n---\n# y\nb: 2\n...\n',
  ])('two documents in %j', (text) => expect(values(text)).toEqual([{ a: 1 }, { b: 2 }]));

  test('text that looks like a separator inside of a block', () => {
    expect(values('a: |\n  ---\n  --- # x\n')).toEqual([{ a: '---\n--- # x\n' }]);
  });
});

describe('says with the line', () => {
  test.each<[string, RegExp]>([
    ['a: 1\n--- # comment\nb: 1\n', /^2: a separator is .* drops the rest of the file/],
    ['a: 1\n--- \nb: 1\n', /^2: a separator is/],
    ['a: 1\n---\tb: 1\n', /^2: a separator is/],
    ['a: 1\n--- {b: 1}\n', /^2: a separator is/],
    ['a: 1\n---\n', /^3: there is a separator and no document/],
    ['# only a comment\n---\na: 1\n', /^1: there is a separator and no document/],
    ['', /^1: there is a separator and no document/],
    ['a: 1\n...\nb: 2\n', /^\d: kOps drops what stands here/],
    ['%YAML 1.2\n---\na: on\n', /^1: kOps reads YAML 1\.1/],
    ['a: 1\n---\nb: 1\nb: 2\n', /^4: is no YAML that kOps reads: .*unique/],
    ['a: [1\n', /is no YAML that kOps reads/],
    ['a: "1\n', /is no YAML that kOps reads/],
    ['\ta: 1\n', /is no YAML that kOps reads/],
    ['a: !!binary aGVsbG8=\n', /^1: is no YAML that kOps reads: .*tag/],
    ['a: !ref x\n', /^1: is no YAML that kOps reads: .*tag/],
    ['a: 1\non: 2\n', /^2: a key must be text, got "on": put it in quotes/],
    ['a:\n  1: 2\n', /^2: a key must be text, got "1"/],
    ['? [a]\n: 1\n', /^1: a key must be text, got a list or map/],
    ['- a\n', /^1: expected a document with apiVersion/],
    ['text', /^1: expected a document with apiVersion/],
    ['a: *nothing\n', /^1: .*nothing/],
    [`a: ${'['.repeat(50_000)}`, /^1: /],
    ['{"kind": "SSHCredential"}', /^1: the jobs leave SSH keys out/],
    ['kind: "SSHCredential"', /^1: the jobs leave SSH keys out/],
    ['a: 1\n---\nmetadata: {}\nkind: SSHCredential # mine\n', /^4: the jobs leave SSH keys out/],
    ['a: &k SSHCredential\nkind: *k\n', /^2: the jobs leave SSH keys out/],
  ])('%j', (text, message) => {
    const found = said(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatch(message);
    expect(found.join('\n')).not.toMatch(/\n\s+at /);
  });

  test('that a file of aliases is too much', () => {
    const names = [...'abcdefghi'];
    const bomb = names.map((name, index) => {
      const items = index === 0 ? Array(9).fill('x') : Array(9).fill(`*${names[index - 1]}`);
      return `${name}: &${name} [${items}]\n`;
    });
    expect(said(bomb.join(''))[0]).toMatch(/^1: cannot be read: Excessive alias count/);
  });

  test('that a separator is wrong, and what is wrong after the next', () => {
    expect(said('a: 1\n--- x\n---\nb: [\n').map((text) => text.slice(0, 2))).toEqual(['2:', '5:']);
  });
});

test('knows the lines of fields', () => {
  const text = [
    'kind: Cluster',
    '---',
    'kind: InstanceGroup',
    'metadata:',
    '  labels:',
    '    kops.k8s.io/cluster: x',
    'spec:',
    '  subnets:',
    '  - name: one',
    '    cidr: 1',
    '  - {name: two, cidr: 2}',
    '  taints: [a, b]',
    '',
  ].join('\n');
  const lines = readManifest(text).documents[1];
  const table: Record<string, number> = {
    '': 3,
    kind: 3,
    'metadata.labels[kops.k8s.io/cluster]': 6,
    'metadata.name': 4,
    'spec.subnets[one].cidr': 10,
    'spec.subnets[two].cidr': 11,
    'spec.subnets[0]': 9,
    'spec.subnets[7].cidr': 8,
    'spec.taints[1]': 12,
    'spec.nothing.at.all': 7,
  };
  for (const [field, line] of Object.entries(table))
    expect([field, lines?.line(field)]).toEqual([field, line]);
});
