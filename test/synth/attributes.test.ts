import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Cluster, Fleet, StateStore, Wave } from '../../src';
import { carryOut, planDisk, synthesise } from '../../src/synth';

let root = '';
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-attributes-'));
});
afterEach(() => fs.rmSync(root, { recursive: true }));

const CLUSTERS = 'clusters/.gitattributes';

function newFleet(): Fleet {
  const fleet = new Fleet({
    stateStore: StateStore.s3('state'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.5',
  });
  new Cluster(new Wave(fleet, 'dev'), 'a.k8s.local', { zones: ['eu-central-1a'] });
  return fleet;
}

function synth(fleet = newFleet(), app?: string) {
  const { files, membership } = synthesise(fleet, app);
  const plan = planDisk(root, files, app, membership);
  carryOut(root, plan);
  return plan;
}

/** What git says of a file. */
const attribute = (name: string, file: string) =>
  execFileSync('git', ['check-attr', name, '--', file], { cwd: root, encoding: 'utf8' })
    .trim()
    .split(': ')
    .pop();

test('git knows what is generated: the jobs and the script, never a manifest', () => {
  execFileSync('git', ['init', '-q'], { cwd: root });
  synth();
  const table = {
    'clusters/a.k8s.local/pipeline.yml': 'set',
    'clusters/a.k8s.local/kops.yaml': 'unspecified',
    'clusters/fleet.ts': 'unspecified',
    '.gitlab/cdkops.sh': 'set',
    '.gitlab/CODEOWNERS': 'unspecified',
  };
  for (const [file, value] of Object.entries(table)) {
    expect([file, attribute('gitlab-generated', file)]).toEqual([file, value]);
  }
  expect(attribute('eol', '.gitlab/cdkops.sh')).toBe('lf');
});

test('attributes of the project itself are left to it', () => {
  synth();
  expect(fs.existsSync(path.join(root, '.gitattributes'))).toBe(false);
  fs.writeFileSync(path.join(root, '.gitattributes'), '* text=auto\n');
  expect(synth()).toMatchObject({ writes: [], problems: [] });
});

describe('lines of somebody else stay', () => {
  test.each([
    ['in a file of theirs', () => '*.json text\n'],
    ['below ours', (ours: string) => `${ours.replace('/*/pipeline.yml', '/x')}*.json text\n`],
  ])('%s, with a warning that says what to add', (_, change) => {
    synth();
    const file = path.join(root, CLUSTERS);
    const text = change(fs.readFileSync(file, 'utf8'));
    fs.writeFileSync(file, text);
    expect(synth().problems).toEqual([
      {
        field: CLUSTERS,
        severity: 'warning',
        message: expect.stringContaining('add "/*/pipeline.yml gitlab-generated"'),
      },
    ]);
    expect(fs.readFileSync(file, 'utf8')).toBe(text);
    fs.writeFileSync(file, `${text}/*/pipeline.yml gitlab-generated\r\n`);
    expect(synth()).toMatchObject({ writes: [], problems: [] });
  });
});

test('go with the pipeline', () => {
  const shared = ['.gitlab/.gitattributes', '.gitlab/cdkops.sh', CLUSTERS];
  synth();
  for (const file of shared) expect([file, fs.existsSync(path.join(root, file))]).toEqual([file, true]);
  const fleet = new Fleet({
    stateStore: StateStore.s3('state'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.5',
    pipeline: false,
  });
  new Cluster(new Wave(fleet, 'dev'), 'a.k8s.local', { zones: ['eu-central-1a'] });
  synth(fleet);
  for (const file of shared) expect([file, fs.existsSync(path.join(root, file))]).toEqual([file, false]);
});

test('two fleets of a project share script and attributes', () => {
  const fleets = ['clusters/fleet.ts', 'clusters/lab.ts'];
  fs.mkdirSync(path.join(root, 'clusters'));
  for (const app of fleets) fs.writeFileSync(path.join(root, app), '');
  synth();
  const lab = new Fleet({
    stateStore: StateStore.s3('lab'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.5',
    pipeline: { file: '.gitlab/lab.yml' },
  });
  new Cluster(new Wave(lab, 'lab'), 'lab.k8s.local', { zones: ['eu-central-1a'] });
  const { problems, unchanged } = synth(lab, 'clusters/lab.ts');
  expect(problems).toEqual([]);
  expect(unchanged).toEqual(['.gitlab/cdkops.sh', CLUSTERS, '.gitlab/.gitattributes']);
  expect(synth(lab, 'clusters/lab.ts').writes).toEqual([]);
});
