import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { script } from '../../src/delivery/script';
import { verifyJob } from '../../src/delivery/verify';
import { pipelineOf } from './support';

const { jobs } = pipelineOf();

test('verify says what is wrong, leaves the right files and still fails', () => {
  const { script: lines, artifacts } = jobs.verify;
  const check = lines[lines.indexOf('npm ci') + 1];
  expect(check).toContain('npx projen check || { is_stale=yes; npx projen synth && mkdir -p right-files && ');
  expect(lines.at(-1)).toMatch(/exit 1; fi$/);
  expect(artifacts).toMatchObject({ when: 'always', paths: ['difference.md', 'right-files/'] });
});

test('what a merge request changes is linked to on its page, by a name and paths that GitLab takes', () => {
  const { expose_as: name, paths } = jobs.verify.artifacts;
  expect(name).toMatch(/^[\w -]{1,100}$/);
  for (const path of paths) expect(path).toMatch(/^[\w./-]+$/);
});

test('commands of somebody leave the right files where they belong, and no difference', () => {
  const { artifacts } = verifyJob({ script: ['make verify'] }, '.gitlab-ci.yml');
  expect(artifacts).toEqual({
    name: 'right-files',
    paths: ['.gitlab-ci.yml', '.gitlab/', 'clusters/'],
    when: 'on_failure',
    expire_in: '1 week',
  });
});

test('verify is of the file that defines the fleet', () => {
  const { script: lines } = verifyJob({}, 'ci/lab.yml', 'clusters/lab.ts');
  expect([lines].flat(2).join('\n')).toContain(
    'npx projen check --app clusters/lab.ts || { is_stale=yes; npx projen synth --app clusters/lab.ts',
  );
});

test('verify takes nothing from the settings of clusters', () => {
  const settings = {
    jobs: { image: 'a', tags: ['a'], variables: { A: 'a' }, beforeScript: ['a'], cache: { key: 'a' } },
  };
  expect(pipelineOf({}, settings).jobs.verify).toEqual(jobs.verify);
});

test('verify can be made to fit', () => {
  const verify = {
    image: 'node:24',
    tags: ['docker'],
    script: ['make verify'],
    variables: { A: 'a' },
    cache: { key: 'npm', paths: ['.npm/'] },
  };
  expect(pipelineOf({}, { pipeline: { verify } }).jobs.verify).toMatchObject({
    image: 'node:24',
    tags: ['docker'],
    script: ['make verify'],
    variables: { GIT_DEPTH: '0', A: 'a' },
    cache: [{ key: 'npm', paths: ['.npm/'] }],
  });
});

describe('run by a shell', () => {
  let project: string;
  let bin: string;
  beforeAll(() => {
    project = fs.mkdtempSync(path.join(os.tmpdir(), 'verify-'));
    bin = path.join(project, 'bin');
    for (const folder of ['bin', '.gitlab', 'clusters/a.example.com', 'clusters/old.example.com']) {
      fs.mkdirSync(path.join(project, folder), { recursive: true });
    }
    fs.writeFileSync(path.join(project, '.gitlab/cdkops.sh'), script());
    fs.writeFileSync(path.join(project, '.gitlab-ci.yml'), 'right: {}\n');
    const jobs = '- if: $CI_PIPELINE_SOURCE == "merge_request_event"\n';
    fs.writeFileSync(path.join(project, 'clusters/a.example.com/pipeline.yml'), jobs);
    const retired = '.cluster:old.example.com:\n  variables:\n    CDKOPS_RETIRED: "true"\n';
    fs.writeFileSync(path.join(project, 'clusters/old.example.com/pipeline.yml'), retired);
    fs.writeFileSync(path.join(bin, 'npm'), '#!/bin/sh\necho "npm $*"\n', { mode: 0o755 });
    const npx =
      '#!/bin/sh\necho "npx $*"\ncase "$*" in "projen $FAILS"* | cdkops*"$FAILS_DIFF"*) exit 1 ;; esac\n';
    fs.writeFileSync(path.join(bin, 'npx'), npx, { mode: 0o755 });
  });
  afterAll(() => fs.rmSync(project, { recursive: true }));

  /** Runs the job's lines as a runner does: in one shell that ends at the first failure. */
  function run(environment: Record<string, string>, script: readonly string[] = jobs.verify.script) {
    const text = ['set -e', ...script].join('\n');
    const env = {
      PATH: `${bin}:${process.env.PATH}`,
      FAILS: 'nothing',
      FAILS_DIFF: 'nothing',
      ...environment,
    };
    for (const left of ['difference.md', 'right-files']) {
      fs.rmSync(path.join(project, left), { recursive: true, force: true });
    }
    const { status, stdout, stderr } = spawnSync('sh', ['-c', text], { cwd: project, env, encoding: 'utf8' });
    return { status, lines: stdout.trim().split('\n'), stderr };
  }

  test.each<[string, Record<string, string>, number, (string | RegExp)[]]>([
    ['all is well on the default branch', {}, 0, ['npm ci', 'npx projen check']],
    [
      'all is well in a merge request',
      { CI_MERGE_REQUEST_IID: '1', CI_MERGE_REQUEST_DIFF_BASE_SHA: 'abc' },
      0,
      ['npm ci', 'npx projen check', 'npx cdkops diff --against abc'],
    ],
    [
      'others have merged meanwhile, and GitLab has merged their changes in',
      {
        CI_MERGE_REQUEST_IID: '1',
        CI_MERGE_REQUEST_DIFF_BASE_SHA: 'abc',
        CI_MERGE_REQUEST_TARGET_BRANCH_SHA: 'def',
      },
      0,
      ['npm ci', 'npx projen check', 'npx cdkops diff --against def'],
    ],
    [
      'what changes cannot be told',
      { FAILS_DIFF: 'against', CI_MERGE_REQUEST_IID: '1', CI_MERGE_REQUEST_DIFF_BASE_SHA: 'abc' },
      0,
      [
        'npm ci',
        'npx projen check',
        'npx cdkops diff --against abc',
        "Some of the changes cannot be shown: see the job's log.",
      ],
    ],
    [
      'files are stale',
      { FAILS: 'check', CI_MERGE_REQUEST_DIFF_BASE_SHA: 'abc' },
      1,
      ['npm ci', 'npx projen check', 'npx projen synth', /commit the result: npx projen synth$/],
    ],
    [
      'files are stale in a merge request: reviewers see what the code changes',
      { FAILS: 'check', CI_MERGE_REQUEST_IID: '1', CI_MERGE_REQUEST_DIFF_BASE_SHA: 'abc' },
      1,
      [
        ...['npm ci', 'npx projen check', 'npx projen synth', 'npx cdkops diff --against abc'],
        /commit the result: npx projen synth$/,
      ],
    ],
    ['the code is wrong', { FAILS: '' }, 1, ['npm ci', 'npx projen check', 'npx projen synth']],
  ])('%s', (_what, environment, status, lines) => {
    const found = run(environment);
    expect(found.status).toBe(status);
    expect(found.lines).toEqual(
      lines.map((line) => (typeof line === 'string' ? line : expect.stringMatching(line))),
    );
  });

  const read = (file: string) => fs.readFileSync(path.join(project, file), 'utf8');

  test('a fleet in a file of any name is a word, and told as it is', () => {
    const name = `clusters/o'brien "x" $HOME.ts`;
    const { script: lines } = verifyJob({}, `ci/o'brien.yml`, name);
    fs.mkdirSync(path.join(project, 'ci'), { recursive: true });
    fs.writeFileSync(path.join(project, `ci/o'brien.yml`), '');
    const found = run({ FAILS: 'check' }, lines as string[]);
    expect(found).toMatchObject({ status: 1, stderr: '' });
    expect(found.lines.slice(1, 3)).toEqual([
      `npx projen check --app ${name}`,
      `npx projen synth --app ${name}`,
    ]);
    expect(found.lines.at(-1)).toMatch(/--app "clusters\/o'brien /);
    expect(fs.existsSync(path.join(project, `right-files/ci/o'brien.yml`))).toBe(true);
  });

  test('what a merge request changes is left as Markdown, also where it cannot be told', () => {
    const request = { CI_MERGE_REQUEST_IID: '1', CI_MERGE_REQUEST_DIFF_BASE_SHA: 'abc' };
    run(request);
    expect(read('difference.md')).toBe('npx cdkops diff --against abc --markdown\n');
    run({ ...request, FAILS_DIFF: 'against' });
    expect(read('difference.md')).toMatch(/\nSome of the changes cannot be shown: see the job's log\.\n$/);
  });

  test('there is something to keep where there is no merge request', () => {
    run({});
    expect(read('difference.md')).toBe('This is no merge request: there is nothing to compare with.\n');
  });

  test('right files are kept where others were committed, and only there', () => {
    run({ FAILS: 'check' });
    expect(read('right-files/.gitlab-ci.yml')).toBe('right: {}\n');
    expect(read('right-files/clusters/a.example.com/pipeline.yml')).toContain('merge_request_event');
    expect(read('right-files/.gitlab/cdkops.sh')).toBe(script());
    run({});
    expect(fs.existsSync(path.join(project, 'right-files'))).toBe(false);
  });

  const MAIN = { CI: 'true', CI_COMMIT_BRANCH: 'main', CI_DEFAULT_BRANCH: 'main', CI_PIPELINE_SOURCE: 'web' };
  const A = { CDKOPS_CLUSTER: 'a.example.com' };

  test.each<[string, Record<string, string>, string]>([
    ['a cluster that is not there', { CDKOPS_CLUSTER: 'b.example.com' }, 'there is no cluster b.example.com'],
    ['no name', { CDKOPS_CLUSTER: '../../etc' }, 'is no name of a cluster'],
    ['an action that there is not', { ...A, CDKOPS_ACTION: 'rolout' }, 'there is no action rolout'],
    ['a plan of nothing', { CDKOPS_ACTION: 'plan' }, 'which cluster is plan for?'],
    [
      'a roll-back of all',
      { CDKOPS_CLUSTER: 'all', CDKOPS_ACTION: 'rollback' },
      'one cluster is rolled back at a time',
    ],
    [
      'to pass a gate for all',
      { CDKOPS_CLUSTER: 'all', CDKOPS_PASS_GATE: 'now' },
      'CDKOPS_PASS_GATE is for one cluster',
    ],
    [
      'to pass a gate for a plan',
      { ...A, CDKOPS_ACTION: 'plan', CDKOPS_PASS_GATE: 'now' },
      'opens a wave for a rollout',
    ],
    ['to go back without saying so', { ...A, CDKOPS_ROLL_BACK_TO: 'abcdef0' }, 'the action is not rollback'],
    ['a rollout of a branch', { ...A, CI_COMMIT_BRANCH: 'topic' }, 'clusters change from main alone'],
    [
      'a roll-back of what ends',
      { CDKOPS_CLUSTER: 'old.example.com', CDKOPS_ACTION: 'rollback' },
      'is retired',
    ],
  ])('a person wants %s', (_what, given, message) => {
    const { status, lines, stderr } = run({ ...MAIN, ...given });
    expect([status, lines]).toEqual([1, ['']]);
    expect(stderr).toContain(message);
  });

  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['a cluster', A],
    ['all clusters', { CDKOPS_CLUSTER: 'all' }],
    ['a plan of a branch', { ...A, CDKOPS_ACTION: 'plan', CI_COMMIT_BRANCH: 'topic' }],
    ['to go back', { ...A, CDKOPS_ACTION: 'rollback', CDKOPS_ROLL_BACK_TO: 'abcdef0' }],
    ['to pass a gate', { ...A, CDKOPS_PASS_GATE: 'a fix' }],
    ['the end of a cluster', { CDKOPS_CLUSTER: 'old.example.com' }],
  ])('a person may want %s', (_what, given) => {
    expect(run({ ...MAIN, ...given })).toMatchObject({ status: 0, stderr: '' });
  });
});
