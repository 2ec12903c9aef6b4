import * as fs from 'node:fs';
import { fleetText, Project } from './support/project';

afterAll(() => Project.removeAll());

/** Two waves, of which the second opens by hand after a day; nobody has synthesised it yet. */
const FLEET = `${fleetText(['dev.k8s.local', 'lab.k8s.local'])}
const prod = new Wave(fleet, 'prod', { approval: 'wave', soak: '1 day', canary: 'eu.k8s.local', maxParallel: 2 });
for (const name of ['eu', 'us']) new Cluster(prod, \`\${name}.k8s.local\`, { zones: ['eu-central-1a'] });
new Cluster(prod, 'old.k8s.local', { zones: ['eu-central-1a'], retired: true });
`;

/** A project in which node runs this first. */
function faulty(script: string): { project: Project; preload: string } {
  const project = new Project(FLEET);
  project.write('fault.js', script);
  return { project, preload: project.path('fault.js') };
}

test('draws Mermaid of the fleet as it is in the code, and writes nothing', async () => {
  const project = new Project(FLEET);
  const state = project.state();
  const { code, stdout, stderr } = await project.cdkops(['graph']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^flowchart LR\n {2}subgraph \w+\["dev: 2 clusters, approval every-step"\]\n/);
  for (const part of [
    ...['dev.k8s.local<br/>kOps 1.36.2<br/>Kubernetes 1.35.5<br/>2 instance groups', 'canary: goes first'],
    ...['"prod opens<br/>1 day after dev is rolled out<br/>and by hand"', '2 instance groups<br/>retired'],
    '"prod: 3 clusters, approval wave, maxParallel 2"',
  ]) {
    expect(stdout).toContain(part);
  }
  expect((await project.cdkops(['graph'])).stdout).toBe(stdout);
  expect(project.state()).toEqual(state);
});

test.each([
  ['fleet.svg', [], /^<\?xml [\s\S]*eu\.k8s\.local[\s\S]*<\/svg>\n$/],
  ['fleet.gv', [], /^digraph fleet \{\n[\s\S]*eu\.k8s\.local[\s\S]*\n\}\n$/],
  ['fleet.DOT', [], /^digraph fleet \{\n/],
  ['fleet.mmd', [], /^flowchart LR\n/],
  ['fleet.svg', ['--format', 'dot'], /^digraph fleet \{\n/],
])('--output %s %j writes what the name or the format says, and prints nothing', async (file, more, text) => {
  const project = new Project(FLEET);
  project.write(file, 'before');
  fs.chmodSync(project.path(file), 0o640);
  const result = await project.cdkops(['graph', '--output', file, ...more]);
  expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(project.read(file)).toMatch(text);
  expect(fs.statSync(project.path(file)).mode & 0o777).toBe(0o640);
  expect(Object.keys(project.files())).toEqual([file]);
});

test('--wave draws one wave; a name that there is not is an error which knows better', async () => {
  const project = new Project(FLEET);
  const { code, stdout } = await project.cdkops(['graph', '--format', 'dot', '--wave', 'prod']);
  expect(code).toBe(0);
  expect(stdout).not.toContain('dev.k8s.local');
  expect(stdout).toContain('us.k8s.local');
  const said = async (wave: string) =>
    (await project.cdkops(['graph', '--wave', wave, '--output', 'x'])).stderr;
  expect(await said('prd')).toBe('error the fleet has no wave "prd"; did you mean prod?\n');
  expect(await said('staging')).toBe('error the fleet has no wave "staging"; it has dev, prod\n');
  expect(project.exists('x')).toBe(false);
});

test('a large wave is folded; --all draws each cluster, and warns of more than Mermaid draws', async () => {
  const names = Array.from({ length: 700 }, (_, index) => `c${index}.k8s.local`);
  const project = new Project(`${fleetText([], 'pipeline: false,')}
    for (const name of ${JSON.stringify(names)}) new Cluster(dev, name, { zones: ['eu-central-1a'] });`);
  const folded = await project.cdkops(['graph']);
  expect(folded).toMatchObject({ code: 0, stderr: '' });
  expect(folded.stdout).toContain('"700 clusters<br/>');
  const { code, stdout, stderr } = await project.cdkops(['graph', '--all']);
  expect(code).toBe(0);
  expect(stderr).toBe(
    `warning Mermaid draws 50000 characters unless it is told to draw more, and these are ${stdout.length}: draw one wave (--wave), leave out --all, or take --format svg\n`,
  );
  expect(names.filter((name) => stdout.includes(`"${name}<br/>`))).toEqual(names);
});

test('a fleet with a mistake is not drawn: it is told, and the file stays', async () => {
  const project = new Project(`${FLEET}new Wave(fleet, 'empty');`);
  project.write('fleet.svg', 'before');
  const state = project.state();
  const { code, stdout, stderr } = await project.cdkops(['graph', '--output', 'fleet.svg']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^error \[empty\] the wave "empty" has no clusters.*fleet\.ts:\d+:\d+\)\n$/);
  expect(project.state()).toEqual(state);
});

test('without the package that draws, SVG says how to get it, and the others need none', async () => {
  const { project, preload } = faulty(`
    const Module = require('node:module');
    const { _resolveFilename } = Module;
    Module._resolveFilename = function (request, ...rest) {
      if (request !== '@viz-js/viz') return _resolveFilename.call(this, request, ...rest);
      throw Object.assign(new Error("Cannot find module '@viz-js/viz'"), { code: 'MODULE_NOT_FOUND' });
    };`);
  const { code, stdout, stderr } = await project.cdkops(['graph', '--output', 'fleet.svg'], { preload });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^error .*not installed: npm install --save-dev @viz-js\/viz; .*\n$/);
  expect(project.exists('fleet.svg')).toBe(false);
  for (const format of ['dot', 'mermaid']) {
    expect((await project.cdkops(['graph', '--format', format], { preload })).code).toBe(0);
  }
});

describe('where the file cannot be written, nothing changes:', () => {
  test('a folder of that name, or no folder to put it in', async () => {
    const project = new Project(FLEET);
    const state = project.state();
    const said = async (file: string) => {
      const { code, stderr } = await project.cdkops(['graph', '--output', file]);
      expect(code).toBe(1);
      return stderr;
    };
    expect(await said('clusters')).toBe(
      'error --output: clusters is a folder, expected the name of a file\n',
    );
    expect(await said('docs/a.dot')).toBe('error --output: there is no folder docs: make it first\n');
    expect(project.state()).toEqual(state);
  });

  test.each([
    ['while it is written', 'writeFileSync', 'ENOSPC', 'the disk is full'],
    ['when it is put in its place', 'renameSync', 'EACCES', 'permission denied'],
  ])('the disk refuses %s', async (_, call, code, reason) => {
    const { project, preload } = faulty(`
      const fs = require('node:fs');
      const before = fs.${call};
      fs.${call} = (file, ...rest) => {
        if (!String(file).includes('fleet.dot')) return before(file, ...rest);
        if ('${call}' === 'writeFileSync') before(file, 'half');
        throw Object.assign(new Error('refused'), { code: '${code}' });
      };`);
    project.write('fleet.dot', 'before');
    const files = project.files();
    const result = await project.cdkops(['graph', '--output', 'fleet.dot'], { preload });
    expect(result).toEqual({
      code: 1,
      stdout: '',
      stderr: `error cannot write fleet.dot: ${reason}. It is as it was\n`,
    });
    expect(project.files()).toEqual(files);
  });
});

test('a link leads to the file that is written; a device is written to', async () => {
  const project = new Project(FLEET);
  fs.symlinkSync('real.dot', project.path('link.dot'));
  project.write('real.dot', 'before');
  expect((await project.cdkops(['graph', '--output', 'link.dot'])).code).toBe(0);
  expect(fs.lstatSync(project.path('link.dot')).isSymbolicLink()).toBe(true);
  expect(project.read('real.dot')).toMatch(/^digraph/);
  expect(await project.cdkops(['graph', '--output', '/dev/null'])).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
});

test.each([
  [['--format', 'png'], 'Allowed choices are mermaid, dot, svg'],
  [['--output', ''], 'expected a file'],
  [['--wave'], 'argument missing'],
  [['prod'], 'too many arguments'],
])('wrong use, exit code 2: %j', async (args, message) => {
  const project = new Project();
  const { code, stdout, stderr } = await project.cdkops(['graph', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('--help teaches', async () => {
  const { code, stdout } = await new Project().cdkops(['graph', '--help']);
  expect(code).toBe(0);
  for (const part of [
    '--format <format>',
    '--wave <name>',
    'npm install --save-dev @viz-js/viz',
    'Examples:\n  npx cdkops graph ',
  ])
    expect(stdout).toContain(part);
});
