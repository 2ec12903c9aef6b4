import * as fs from 'node:fs';
import { fleetText, Project } from './support/project';

afterAll(() => Project.removeAll());

const MANIFEST = 'clusters/dev.k8s.local/kops.yaml';

test('succeeds where the files are what the code gives, also in a checkout with CRLF', async () => {
  const project = new Project();
  await project.run('synth');
  for (const file of ['.gitlab-ci.yml', 'clusters/.gitattributes', MANIFEST]) {
    project.write(file, project.read(file).replaceAll('\n', '\r\n'));
  }
  const state = project.state();
  expect(await project.run('check')).toEqual({
    code: 0,
    stdout: '6 files as the code gives them\n',
    stderr: '',
  });
  // Neither does synth turn them back: git does, and a file that git calls unchanged need not be written.
  expect((await project.run('synth')).stdout).toContain('0 files written, 0 removed, 6 unchanged');
  expect(project.state()).toEqual(state);
});

test('fails with a diff of each file, and writes nothing', async () => {
  const project = new Project(fleetText(['dev.k8s.local', 'old.k8s.local']));
  await project.run('synth');
  project.write(MANIFEST, project.read(MANIFEST).replace('channel: stable', 'channel: alpha'));
  project.write(
    'clusters/fleet.ts',
    `${fleetText(['dev.k8s.local', 'new.k8s.local'])}fleet.forget('old.k8s.local', 'sold');`,
  );
  fs.chmodSync(project.path(MANIFEST), 0o444);
  const state = project.state();

  const { code, stdout, stderr } = await project.run('check');

  expect(code).toBe(1);
  expect(stdout).toContain(`--- ${MANIFEST} (on disk)\n+++ ${MANIFEST} (from the code)\n@@`);
  expect(stdout).toContain('\n-  channel: alpha\n+  channel: stable\n');
  expect(stdout).toContain('\n+- local: /clusters/new.k8s.local/pipeline.yml\n');
  expect(stdout).toContain('\n+  name: new.k8s.local\n');
  expect(stdout).toContain('\n-  name: old.k8s.local\n');
  expect(stdout).not.toContain('\u001b');
  expect(stderr).toBe(
    'error 6 files are not as the code gives: run npx projen synth and commit the result\n',
  );
  expect(project.state()).toEqual(state);
});

test('fails with the start of a long diff', async () => {
  const project = new Project();
  await project.run('synth');
  project.write(MANIFEST, `${project.read(MANIFEST)}${'# changed\n'.repeat(10_000)}`);
  const { code, stdout } = await project.run('check');
  expect(code).toBe(1);
  expect(stdout.split('\n').length).toBeLessThan(130);
  expect(stdout).toMatch(/… \d+ more lines\n$/);
});

test('fails where a file of somebody else is in the place of one', async () => {
  const project = new Project();
  await project.run('synth');
  project.write('.gitlab-ci.yml', 'stages: [mine]\n');
  const { code, stdout, stderr } = await project.run('check');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^error \[\.gitlab-ci\.yml\] .*cdkops did not write it.*\n$/);
});

test('writes nothing at all, build info of the compiler included', async () => {
  const project = new Project();
  const tsconfig = JSON.parse(project.read('tsconfig.json'));
  tsconfig.compilerOptions = {
    ...tsconfig.compilerOptions,
    incremental: true,
    tsBuildInfoFile: 'cache/info',
  };
  project.write('tsconfig.json', JSON.stringify(tsconfig));
  await project.cdkops(['synth']);
  expect(project.exists('cache/info')).toBe(true);
  fs.rmSync(project.path('cache'), { recursive: true });
  const state = project.state();
  expect((await project.cdkops(['check'])).code).toBe(0);
  expect(project.state()).toEqual(state);
});
