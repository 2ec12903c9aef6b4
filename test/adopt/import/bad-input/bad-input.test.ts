import * as fs from 'node:fs';
import * as path from 'node:path';
import { Project, type Result } from '../../../cli/support/project';
import { aliasBomb, anchorBomb, CLUSTER, cluster, deepFlow, deepList, group, manyDocuments } from './faults';

// Through the command line, as it reaches people: exit code, words, place, and a project that stays as it was.

let project: Project;
let inputs: Project;
let before: string[];

beforeAll(() => {
  project = new Project();
  inputs = new Project();
});
beforeEach(() => {
  before = project.state();
});
afterAll(Project.removeAll);

/** Imports texts from files of these names, from another folder than the project. */
function importing(files: Readonly<Record<string, string | Buffer>>, ...options: string[]): Promise<Result> {
  const paths = Object.entries(files).map(([name, text]) => {
    const file = inputs.path(name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  });
  return project.cdkops(['import', ...paths, ...options]);
}

/** What a user sees of an error, and that nothing has happened. */
function expectRefusal({ code, stdout, stderr }: Result): string {
  expect(project.state()).toEqual(before);
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(/\n\s+at |TypeError|RangeError|ReferenceError|node:internal/);
  expect(stderr.length).toBeLessThan(5_000);
  expect(code).toBe(1);
  return stderr.replaceAll(`${inputs.root}/`, '');
}

/** A fault, the text that has it, and what is said: the place and words. */
const FAULTS: readonly (readonly [fault: string, text: string | Buffer, place: string, words: RegExp])[] = [
  ['no YAML', `${CLUSTER}  a: [1, 2\n`, '8:1', /no YAML/],
  ['no YAML at all', '<html><body>403 Forbidden</body></html>\n', '1:1', /kops|apiVersion|expected/i],
  ['an empty file', '', '1:1', /nothing|no kOps|expected/i],
  ['comments alone', '# later\n# more\n', '1:1', /nothing|no kOps|expected/i],
  ['a quote that does not end', `${CLUSTER}  a: "b\n`, '8:1', /no YAML/],
  ['not kOps', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n', '1:1', /kOps|kops/],
  [
    'a pod template with the word kops',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: kops}\n',
    '1:1',
    /kOps|kops/,
  ],
  ['text alone', 'hello\n', '1:1', /expected/],
  ['a number alone', '42\n', '1:1', /expected/],
  ['v1alpha3', CLUSTER.replace('v1alpha2', 'v1alpha3'), '1:1', /v1alpha3/],
  ['v1alpha1', CLUSTER.replace('v1alpha2', 'v1alpha1'), '1:1', /v1alpha1/],
  ['a version of the future', CLUSTER.replace('v1alpha2', 'v1'), '1:1', /kops\.k8s\.io\/v1/],
  ['versions mixed', `${CLUSTER}---\n${group('nodes').replace('v1alpha2', 'v1alpha3')}`, '8:1', /v1alpha3/],
  [
    'a kind that kOps has not',
    `${CLUSTER}---\n${group('nodes').replace('InstanceGroup', 'NodeGroup')}`,
    '9:1',
    /NodeGroup/,
  ],
  ['no kind', CLUSTER.replace('kind: Cluster\n', ''), '1:1', /kind/],
  [
    'a group of another cluster',
    `${CLUSTER}---\n${group('nodes', 'other.k8s.local')}`,
    '8:1',
    /other\.k8s\.local/,
  ],
  ['a group without its cluster', group('nodes'), '1:1', /c\.k8s\.local/],
  [
    'a group without the label',
    `${CLUSTER}---\n${group('nodes').replace(/ {2}labels:\n.*\n/, '')}`,
    '10:1',
    /kops\.k8s\.io\/cluster/,
  ],
  [
    'a group with an empty label',
    `${CLUSTER}---\n${group('nodes').replace(': c.k8s.local', ': ""')}`,
    '12:3',
    /kops\.k8s\.io\/cluster/,
  ],
  ['a group twice', `${CLUSTER}---\n${group('nodes')}---\n${group('nodes')}`, '17:1', /nodes/],
  ['a cluster twice', `${CLUSTER}---\n${CLUSTER}`, '8:1', /c\.k8s\.local/],
  ['a key twice', `${CLUSTER}  configBase: s3://b/c\n`, '7:3', /configBase/],
  ['no name', CLUSTER.replace('  name: c.k8s.local\n', '  labels: {}\n'), '3:1', /name/],
  ['a name that is a number', CLUSTER.replace('c.k8s.local\nspec', '42\nspec'), '4:3', /42/],
  ['a name that leads elsewhere', cluster('../../etc'), '4:3', /name/],
  ['a name with a NUL', cluster('"a\\0b"'), '4:3', /name/],
  ['a name of many characters', cluster('a'.repeat(300)), '4:3', /name/],
  [
    'metadata that is a list',
    'apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata: []\nspec: {}\n',
    '3:1',
    /metadata/,
  ],
  [
    'a spec that is text',
    'apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata: {name: c.k8s.local}\nspec: none\n',
    '4:1',
    /spec/,
  ],
  ['a label that is a number', CLUSTER.replace('spec:', '  labels: {a: 1}\nspec:'), '5:12', /quotes/],
  ['a key that is a list', `${CLUSTER}  ? [a]\n  : b\n`, '7:5', /key/],
  ['a tab to indent', `${CLUSTER}\tchannel: stable\n`, '7:1', /[Tt]ab/],
  ['a NUL', `${CLUSTER}  channel: sta\0ble\n`, '7:15', /NUL|U\+0000/],
  ['a carriage return alone', `${CLUSTER}  channel: a\rb\n`, '7:13', /carriage return|U\+000D/],
  [
    'no UTF-8',
    Buffer.concat([Buffer.from(`${CLUSTER}  channel: `), Buffer.from([0xff, 0xfe, 0x0a])]),
    '7:12',
    /UTF-8/,
  ],
  [
    'a binary file',
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0x02, 0x01, 0x01, 0x00, 0x00, 0x00]),
    '1:1',
    /U\+|UTF-8|nothing|expected/,
  ],
  ['an alias of nothing', `${CLUSTER}  channel: *x\n`, '7:12', /&x/],
  ['an alias of itself', `${CLUSTER}  a: &x\n    b: *x\n`, '8:8', /itself/],
  ['a tag', `${CLUSTER}  channel: !Ref Channel\n`, '7:17', /tag/],
  ['a merge of text', `${CLUSTER}  <<: text\n`, '7:3', /<</],
  ['a line %YAML', `%YAML 1.2\n---\n${CLUSTER}`, '1:1', /%|YAML 1\.1/],
  ['a second document behind "---" with a remark', `${CLUSTER}--- # x\n${group('nodes')}`, '7:1', /---/],
  ['a template', CLUSTER.replace('c.k8s.local', '{{ .name }}'), '4:10', /./],
  ['a billion laughs', aliasBomb(), '12:61', /alias/],
  ['a billion laughs in lists', anchorBomb(), '23:11', /alias/],
  ['a list in a list, a thousand times', deepList(1_000), '8:599', /deep/],
  ['a hundred thousand brackets', deepFlow(100_000), '7:303', /deep/],
  ['more than 10 MiB', `${CLUSTER}  channel: ${'x'.repeat(10 * 1024 * 1024)}\n`, '', /10 MiB/],
];

test.each(FAULTS)('%s', async (_fault, text, place, words) => {
  const said = expectRefusal(await importing({ 'in.yaml': text }));
  expect(said).toContain(place === '' ? 'in.yaml ' : `in.yaml:${place} `);
  expect(said).toMatch(words);
  if (place !== '') expect(said).toMatch(/Nothing was written/);
});

test('all faults of all files are told in one run, in their order', async () => {
  const said = expectRefusal(
    await importing({
      'a.yaml': `${CLUSTER}---\n${group('nodes').replace(/ {2}labels:\n.*\n/, '')}---\n${group('x').replace('Group', 'Groop')}`,
      'b.yaml': CLUSTER.replace('v1alpha2', 'v1alpha3').replaceAll('c.k8s.local', 'd.k8s.local'),
    }),
  );
  const places = [...said.matchAll(/[ab]\.yaml:\d+:\d+/g)].map(([place]) => place);
  expect(places).toEqual(['a.yaml:10:1', 'a.yaml:16:1', 'b.yaml:1:1']);
});

test('the same object in two files', async () => {
  const said = expectRefusal(await importing({ 'a.yaml': CLUSTER, 'b.yaml': CLUSTER }));
  expect(said).toContain('b.yaml:1:1 ');
  expect(said).toContain('a.yaml:1:1');
});

test.each([
  ['a file that is not there', ['nowhere.yaml'], /nowhere\.yaml/],
  ['a folder without manifests', ['empty'], /\.yaml/],
  ['a store of another kind', ['https://example.com/x.yaml'], /state store/],
  ['standard input twice', ['-', '-'], /standard input/],
])('%s', async (_fault, names, words) => {
  fs.mkdirSync(inputs.path('empty'), { recursive: true });
  const args = names.map((name) => (/^-$|:/.test(name) ? name : inputs.path(name)));
  const stdio = (child: { stdin: { end(): void } | null }) => child.stdin?.end();
  expect(expectRefusal(await project.cdkops(['import', ...args], { stdio }))).toMatch(words);
});

test('nothing named', async () => {
  const { code, stderr } = await project.cdkops(['import']);
  // As of all commands that are called wrongly.
  expect(code).toBe(2);
  expect(stderr).toContain('sources');
});

test.each([
  ['a kOps that nobody knows', ['--kops', '9.9.9'], /--kops/],
  ['a kOps without a patch release', ['--kops', '1.36'], /--kops/],
  ['a wave that is not there', ['--wave', 'prdo'], /prdo/],
])('%s', async (_fault, options, words) => {
  expect(expectRefusal(await importing({ 'in.yaml': CLUSTER }, ...options))).toMatch(words);
});

test('without configBase and without a store somebody has to say where the state lies', async () => {
  const text = CLUSTER.replace(/ {2}configBase.*\n/, '  channel: stable\n');
  const own = new Project(
    "import { Fleet, Wave } from 'cdkops';\nexport const fleet = new Fleet({ kops: '1.36.2' });\nnew Wave(fleet, 'dev');\n",
  );
  own.write('in.yaml', text);
  const state = own.state();
  const { code, stderr } = await own.cdkops(['import', 'in.yaml', '--wave', 'dev']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/in\.yaml:5.*configBase.*--state/s);
  expect(own.state()).toEqual(state);
});

describe('what is there already', () => {
  const text = cluster('new.k8s.local');

  test('is not overwritten without --force, and is with it', async () => {
    const own = new Project();
    own.write('clusters/new.k8s.local/cluster.ts', '// mine\n');
    own.write('in.yaml', text);
    const state = own.state();
    const refused = await own.cdkops(['import', 'in.yaml']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('clusters/new.k8s.local/cluster.ts');
    expect(refused.stderr).toContain('--force');
    expect(own.state()).toEqual(state);
    const forced = await own.cdkops(['import', 'in.yaml', '--force']);
    expect(forced).toMatchObject({ code: 0 });
    expect(own.read('clusters/new.k8s.local/cluster.ts')).toContain('new.k8s.local');
  });

  test('a folder in the place of the file is an error', async () => {
    const own = new Project();
    own.write('clusters/new.k8s.local/cluster.ts/x', '');
    own.write('in.yaml', text);
    const state = own.state();
    const { code, stderr } = await own.cdkops(['import', 'in.yaml', '--force']);
    expect(code).toBe(1);
    expect(stderr).toContain('clusters/new.k8s.local/cluster.ts');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(own.state()).toEqual(state);
  });

  test('a cluster that the fleet has is an error', async () => {
    const own = new Project();
    own.write('in.yaml', cluster('dev.k8s.local'));
    const state = own.state();
    const { code, stderr } = await own.cdkops(['import', 'in.yaml']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/dev\.k8s\.local.*already/);
    expect(own.state()).toEqual(state);
  });

  test('one of two is enough to write neither', async () => {
    const own = new Project();
    own.write('clusters/new.k8s.local/cluster.ts', '// mine\n');
    own.write('in.yaml', `${cluster('first.k8s.local')}---\n${text}`);
    const state = own.state();
    expect((await own.cdkops(['import', 'in.yaml'])).code).toBe(1);
    expect(own.state()).toEqual(state);
  });
});

test.each([
  ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ['UTF-16, as PowerShell saves it', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['a hundred groups', (text: string) => `${text}${manyDocuments(100)}`],
  ['9 MB of text', (text: string) => `${text}  additionalUserData: ${'x'.repeat(9_000_000)}\n`],
])('%s is no fault', async (_name, change) => {
  const own = new Project();
  fs.writeFileSync(own.path('in.yaml'), change(cluster('c.k8s.local')));
  const { code, stderr } = await own.cdkops(['import', 'in.yaml']);
  expect({ code, stderr: stderr.replace(/^.*warning.*\n/gm, '') }).toMatchObject({ code: 0 });
  expect(own.exists('clusters/c.k8s.local/cluster.ts')).toBe(true);
});
