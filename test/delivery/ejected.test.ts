import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Cluster, Fleet, StateStore, Wave } from '../../src';
import { script } from '../../src/delivery/script';
import { synthesise } from '../../src/synth';
import { type Event, Project } from './pipeline-model';
import { filesOf } from './pipeline-model/fleet-project';
import { allOf, clustersOf, type FleetSpec, fileOf, fleetOf, retiredOf } from './pipeline-model/fleets';

// What is left of a pipeline by `cdkops eject`: the same jobs, and a check of the files in plain shell.

const SPEC: FleetSpec = {
  dev: { clusters: 3, hasCanary: true, retired: 1, approval: 'none' },
  stage: { clusters: 2, maxParallel: 1, soak: '12h' },
  prod: { clusters: 2, approval: 'wave' },
};
const LARGE: FleetSpec = { dev: { clusters: 101, hasCanary: true }, prod: { clusters: 2 } };

describe.each([
  ['one pipeline', SPEC],
  ['child pipelines', LARGE],
])('%s', (_, spec) => {
  const [first = ''] = allOf(spec);
  const last = allOf(spec).at(-1) ?? '';
  const byHand = (action: string, cluster: string): Event => ({
    source: 'web',
    branch: 'main',
    variables: { CDKOPS_ACTION: action, CDKOPS_CLUSTER: cluster },
  });
  const push = (...changed: string[]): Event => ({ source: 'push', branch: 'main', changed });
  const [given, ejected] = [undefined, () => 'a'.repeat(64)].map((digest) =>
    filesOf(fleetOf(spec), { ejected: digest }),
  );

  test.each<[string, Event]>([
    ['a push of one cluster', push(fileOf(first))],
    ['a push of all', push(...allOf(spec).map((cluster) => fileOf(cluster)))],
    ['a push of the last cluster', push(fileOf(last))],
    ['a push of nothing', push('README.md')],
    ['a merge request', { source: 'merge_request_event', branch: 'topic', changed: [fileOf(first)] }],
    ['a schedule', { source: 'schedule', branch: 'main' }],
    ['a roll-out of all by hand', byHand('rollout', 'all')],
    ['a roll-back by hand', byHand('rollback', last)],
  ])('%s has the same jobs, in the same order, waiting for the same', (_, event) => {
    const jobsOf = (files: typeof given) => {
      const pipeline = new Project(files ?? new Map()).start(event);
      return [...pipeline.jobs.values()].map(({ name, plan, status }) => {
        const { stage, needs, resourceGroup } = plan;
        return { name, stage, needs, resourceGroup, status };
      });
    };
    expect(jobsOf(ejected)).toEqual(jobsOf(given));
    expect(jobsOf(ejected).map(({ name }) => name)).toEqual(
      event.source === 'schedule'
        ? expect.not.arrayContaining(['verify'])
        : expect.arrayContaining(['verify']),
    );
  });
});

describe('the script', () => {
  const [given, ejected] = [script(), script(true)];
  const defined = (text: string) =>
    [...text.matchAll(/^(how_\w+)(?==|\(\))/gm)].map(([, name]) => name).sort();

  test('has other words for all that it advises, and no others', () => {
    expect(defined(ejected)).toEqual(defined(given));
    const used = [...given.matchAll(/\$\(?(how_\w+)/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(defined(given));
    const words = (text: string) => text.split('\n').filter((line) => /^how_\w+=/.test(line));
    expect(words(ejected).filter((line) => words(given).includes(line))).toEqual([]);
  });

  test('speaks of no code where there is none', () => {
    const code =
      /npx|projen|synthesise|fleet\.forget|jobs\.(image|before|variables)|kopsBinary|apiServer|useKubeconfig|plansInMerge|\{ (drain|controlPlane)|: \['/;
    expect(given).toMatch(code);
    const lines = ejected.split('\n').filter((line) => code.test(line));
    expect(lines).toEqual([]);
  });
});

describe('the check of the files', () => {
  /** What eject leaves of a fleet whose manifests are right. */
  function ejectedOf(spec: FleetSpec): ReadonlyMap<string, string> {
    const fleet = new Fleet({
      stateStore: StateStore.s3('state'),
      kops: '1.36.2',
      kubernetesVersion: '1.35.5',
    });
    for (const [name, { clusters: _, hasCanary: __, retired: ___, ...props }] of Object.entries(spec)) {
      const wave = new Wave(fleet, name, props);
      const add = (cluster: string, retired: boolean) =>
        new Cluster(wave, cluster, { zones: ['eu-central-1a'], retired });
      for (const cluster of clustersOf(spec, name)) add(cluster, false);
      for (const cluster of retiredOf(spec, name)) add(cluster, true);
    }
    const { files, findings } = synthesise(fleet, undefined, { ejected: true });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    return files;
  }
  const given = ejectedOf(SPEC);

  /** A folder with these files; `undefined` leaves one out. */
  function project(changes: Readonly<Record<string, string | undefined>> = {}, files = given): string {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ejected-'));
    for (const [file, text] of Object.entries({ ...Object.fromEntries(files), ...changes })) {
      if (text === undefined) continue;
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), text);
    }
    return folder;
  }

  function check(folder: string, variables: Readonly<Record<string, string>> = {}) {
    const { status, stdout, stderr } = spawnSync('sh', ['.gitlab/cdkops.sh', 'files'], {
      cwd: folder,
      env: { PATH: process.env.PATH, CDKOPS_PIPELINE_FILES: '.gitlab-ci.yml', ...variables },
      encoding: 'utf8',
    });
    fs.rmSync(folder, { recursive: true });
    const found = stdout.split('\n').filter((line) => line.startsWith('  '));
    return { status, found: found.map((line) => line.trim()), stdout, stderr };
  }

  const DEV = 'clusters/dev2.example.com/pipeline.yml';
  const ROOT = '.gitlab-ci.yml';
  const text = (file: string) => given.get(file) ?? '';
  const without = (file: string, ...lines: string[]) =>
    text(file)
      .split('\n')
      .filter((line) => !lines.includes(line.trim()))
      .join('\n');

  test('is content with what eject leaves', () => {
    expect(check(project())).toEqual({
      status: 0,
      found: [],
      stdout: 'the files of 8 clusters fit together\n',
      stderr: '',
    });
  });

  test('is content with the files of child pipelines', () => {
    const files = ejectedOf(LARGE);
    expect(check(project({}, files))).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('103 clusters'),
    });
  });

  test.each<[string, Readonly<Record<string, string | undefined>>, RegExp]>([
    [
      'a cluster that no file includes',
      { [ROOT]: without(ROOT, '- local: /clusters/dev2.example.com/pipeline.yml') },
      /^clusters\/dev2\.example\.com\/pipeline\.yml: no file of the pipeline includes it/,
    ],
    [
      'a copy with the name of the other cluster',
      { [DEV]: text(DEV).replace('KOPS_CLUSTER_NAME: dev2.', 'KOPS_CLUSTER_NAME: dev3.') },
      /expected a job \.cluster:dev2\.example\.com with the line/,
    ],
    [
      'a copy whose rules are those of the other cluster',
      {
        [DEV]: text(DEV).replaceAll(
          '- clusters/dev2.example.com/kops.yaml',
          '- clusters/dev3.example.com/kops.yaml',
        ),
      },
      /no rule has jobs where clusters\/dev2\.example\.com\/kops\.yaml changes/,
    ],
    [
      'a manifest that is not there',
      { 'clusters/dev2.example.com/kops.yaml': undefined },
      /there is no clusters\/dev2\.example\.com\/kops\.yaml \(CDKOPS_MANIFEST\)/,
    ],
    [
      'no manifest at all',
      { [DEV]: without(DEV, 'CDKOPS_MANIFEST: clusters/dev2.example.com/kops.yaml') },
      /CDKOPS_MANIFEST is missing$/,
    ],
    [
      'a value that no gate can read',
      { [DEV]: text(DEV).replace(/KOPS_VERSION: .*/, 'KOPS_VERSION: $OTHER') },
      /the value of KOPS_VERSION cannot be read: Write it on one line/,
    ],
    [
      'a variable that is missing',
      { [DEV]: without(DEV, 'KOPS_VERSION: 1.36.2') },
      /KOPS_VERSION is missing$/,
    ],
    [
      'a cluster that one gate leaves out, among others that ask for it',
      // The first is the gate of the next wave, the second is asked again before the last.
      { [ROOT]: text(ROOT).replace(/(rolled:dev\.prod:[\s\S]*?)\n {6}dev2\.example\.com/, '$1') },
      /^clusters\/dev2\.example\.com\/pipeline\.yml: open:prod does not ask for it: put it into CDKOPS_CLUSTERS of rolled:dev$/,
    ],
    [
      'a wave whose only cluster is not the one that is there',
      { [ROOT]: text(ROOT).replace(/ {6}stage2\.example\.com\n/g, '') },
      /open:prod does not ask for it: put it into CDKOPS_CLUSTERS of rolled:stage$/,
    ],
  ])('finds %s', (_, changes, message) => {
    for (const [file, changed] of Object.entries(changes)) expect(changed).not.toBe(text(file));
    const { status, found, stderr } = check(project(changes));
    expect(found).toEqual([expect.stringMatching(message)]);
    expect(status).toBe(1);
    expect(stderr).toContain('the files of the pipeline do not fit together');
  });

  test('asks no manifest of a cluster that is to end, and leaves files to the fleet that they are of', () => {
    const changes = {
      'clusters/dev-old1.example.com/kops.yaml': undefined,
      'clusters/other.example.com/pipeline.yml': '# Generated by cdkops from clusters/lab.ts: …\n',
    };
    expect(check(project(changes))).toMatchObject({ status: 0, found: [] });
  });

  test('has to know where the pipeline is', () => {
    expect(check(project(), { CDKOPS_PIPELINE_FILES: 'ci/none.yml' })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('there is no ci/none.yml'),
    });
    expect(check(project(), { CDKOPS_PIPELINE_FILES: '' }).stderr).toContain('CDKOPS_PIPELINE_FILES');
  });
});
