import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { verifyJob } from '../../src/delivery/verify';
import { pipelineOf } from './support';

const { jobs } = pipelineOf();

test('verify says what is wrong, leaves the right files and still fails', () => {
  const { script, artifacts } = jobs.verify;
  const check = script[script.indexOf('npm ci') + 1];
  expect(check).toContain('npx projen check || { npx projen synth && echo ');
  expect(check).toMatch(/exit 1; \}$/);
  expect(artifacts).toMatchObject({ when: 'on_failure', paths: ['.gitlab-ci.yml', '.gitlab/', 'clusters/'] });
});

test('verify is of the file that defines the fleet', () => {
  const { script } = verifyJob({}, 'ci/lab.yml', 'clusters/lab.ts');
  expect([script].flat(2).join('\n')).toContain(
    'npx projen check --app clusters/lab.ts || { npx projen synth --app clusters/lab.ts',
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
  let bin: string;
  beforeAll(() => {
    bin = fs.mkdtempSync(path.join(os.tmpdir(), 'verify-'));
    fs.writeFileSync(path.join(bin, 'npm'), '#!/bin/sh\necho "npm $*"\n', { mode: 0o755 });
    const npx =
      '#!/bin/sh\necho "npx $*"\ncase "$*" in "projen $FAILS"* | cdkops*"$FAILS_DIFF"*) exit 1 ;; esac\n';
    fs.writeFileSync(path.join(bin, 'npx'), npx, { mode: 0o755 });
  });
  afterAll(() => fs.rmSync(bin, { recursive: true }));

  /** Runs the job's lines as a runner does: in one shell that ends at the first failure. */
  function run(environment: Record<string, string>) {
    const text = ['set -e', ...jobs.verify.script].join('\n');
    const env = {
      PATH: `${bin}:${process.env.PATH}`,
      FAILS: 'nothing',
      FAILS_DIFF: 'nothing',
      ...environment,
    };
    const { status, stdout } = spawnSync('sh', ['-c', text], { env, encoding: 'utf8' });
    return { status, lines: stdout.trim().split('\n') };
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
      ['npm ci', 'npx projen check', 'npx cdkops diff --against abc', 'The changes cannot be shown.'],
    ],
    [
      'a person asks for a cluster that is not there',
      { CDKOPS_CLUSTER: 'a.example.con' },
      1,
      ['There is no cluster a.example.con (CDKOPS_CLUSTER).'],
    ],
    [
      'files are stale',
      { FAILS: 'check', CI_MERGE_REQUEST_DIFF_BASE_SHA: 'abc' },
      1,
      ['npm ci', 'npx projen check', 'npx projen synth', /commit the result: npx projen synth$/],
    ],
    ['the code is wrong', { FAILS: '' }, 1, ['npm ci', 'npx projen check', 'npx projen synth']],
  ])('%s', (_what, environment, status, lines) => {
    const found = run(environment);
    expect(found.status).toBe(status);
    expect(found.lines).toEqual(
      lines.map((line) => (typeof line === 'string' ? line : expect.stringMatching(line))),
    );
  });
});
