import { fleetText, Project, type Result } from './support/project';

afterAll(() => Project.removeAll());

/** Runs synth on a fleet file that must fail without changing a file and without a stack. */
async function failing(
  fleet: string,
  args: readonly string[] = [],
  project = new Project(fleet),
): Promise<string> {
  const state = project.state();
  const { code, stdout, stderr } = await project.run('synth', ...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).not.toMatch(/^ +at /m);
  expect(project.state()).toEqual(state);
  return stderr;
}

const ok = (result: Result) => expect({ ...result, stdout: '' }).toEqual({ code: 0, stdout: '', stderr: '' });

test('fails in a folder of the project: a second tree of files would help nobody', async () => {
  const project = new Project();
  project.write('package.json', '{}');
  const before = project.files();
  const { code, stderr } = await project.cdkops(['synth', '--app', 'fleet.ts'], {
    cwd: project.path('clusters'),
  });
  expect(code).toBe(1);
  expect(stderr).toBe(`error this folder is a part of the project in ${project.root}: run cdkops there\n`);
  expect(project.files()).toEqual(before);
});

describe('fails without a stack, with the line of the administrator', () => {
  const app = 'clusters/fleet.ts';
  test.concurrent.each([
    [
      'a syntax error',
      'export const a = 1;\nexport const fleet = {;',
      `Expected identifier but found ";" (${app}:2:22)`,
    ],
    ['an Error', "function f() { throw new Error('no zones'); }\nf();", `no zones (${app}:1:22)`],
    ['a string', "throw 'no zones';", `${app} threw no zones`],
    [
      'a TypeError',
      'const a = JSON.parse("{}");\na.b.c;',
      /^error TypeError: .*undefined.* \(clusters\/fleet\.ts:2:5\)$/m,
    ],
    [
      'an error in a library',
      'import { parse } from "yaml";\n\nparse("a: [");',
      /\(clusters\/fleet\.ts:3:\d+\)$/m,
    ],
    ['a module that is not there', "\nimport './nowhere';", `Cannot find module './nowhere' (${app}:2:8)`],
    [
      'a mistake in props',
      `${fleetText()}new Wave(fleet, 'dev');`,
      /"dev" twice.* \(clusters\/fleet\.ts:11:1\)$/m,
    ],
    [
      'an await',
      'await Promise.resolve();',
      `a fleet cannot await: read data with fs.readFileSync (${app}:1:0)`,
    ],
    ['an error in a promise', `${fleetText()}Promise.reject(new Error('late'));`, `late (${app}:11:16)`],
    ['process.exit', 'process.exit(0);', `${app} ended the process (process.exit?) before cdkops was done`],
    ['no fleet', 'export const a = 1;', `${app} exports no fleet, but needs to: write export const fleet`],
    ['nothing', '', `${app} exports no fleet`],
    [
      'a promise of a fleet',
      fleetText().replace('export const fleet', 'export const a = (async () => {})();\nconst fleet'),
      'but a promise',
    ],
    ['two fleets', `${fleetText()}export const other = new Fleet();`, `${app} exports 2 fleets: export one`],
  ] as [string, string, string | RegExp][])('%s', async (_name, fleet, message) => {
    const stderr = await failing(fleet);
    if (typeof message === 'string') expect(stderr).toContain(message);
    else expect(stderr).toMatch(message);
    expect(stderr.toLowerCase()).toContain('nothing was written');
  });

  test.concurrent('a missing file, a folder', async () => {
    expect(await failing('', ['--app', 'clusters/nope.ts'])).toContain(
      'there is no clusters/nope.ts: run cdkops in',
    );
    expect(await failing('', ['--app', 'clusters'])).toContain('clusters is a folder, not a file');
  });

  test.concurrent('process.exit in a timer, while types are checked', async () => {
    const project = new Project(`${fleetText()}setTimeout(() => process.exit(0), 1);`);
    const state = project.state();
    const { code, stderr } = await project.cdkops(['synth']);
    expect(code).toBe(1);
    expect(stderr).toContain('clusters/fleet.ts ended the process');
    expect(project.state()).toEqual(state);
  });

  test.concurrent('an exception in a method that synth calls', async () => {
    const stderr = await failing(`${fleetText()}
      class Strange extends Cluster {
        get setting(): never { throw new TypeError('odd'); }
      }
      new Strange(dev, 'odd.k8s.local', { zones: [] });`);
    expect(stderr).toMatch(
      /^error \[dev\/odd\.k8s\.local\] TypeError: odd \(thrown at clusters\/fleet\.ts:13:\d+\)/m,
    );
  });

  test.concurrent('a fleet of another copy of cdkops', async () => {
    const stderr = await failing("export const fleet = { [Symbol.for('cdkops.Fleet')]: true };");
    expect(stderr).toContain('clusters/fleet.ts uses another copy of cdkops than the one that runs');
  });
});

describe('a fleet file may', () => {
  test.concurrent('export by default', async () => {
    ok(
      await new Project(`${fleetText().replace('export const', 'const')}export default fleet;`).run('synth'),
    );
  });

  test.concurrent('be a script without types', async () => {
    const script = fleetText().replace(/^import (.*) from (.*);$/m, 'const $1 = require($2);');
    const named = script.replace('export const fleet', 'const fleet = exports.fleet');
    const whole = `${script.replace('export ', '')}module.exports = fleet;`;
    for (const text of [named, whole]) {
      const project = new Project();
      project.write('clusters/fleet.js', text);
      ok(await project.cdkops(['synth', '--app', 'clusters/fleet.js']));
    }
  });

  test.concurrent('do what it likes when cdkops is done: the exit code stays', async () => {
    const later = (what: string) => new Project(`${fleetText()}setTimeout(() => { ${what} }, 100);`);
    const checks = ['process.exit(0);', "throw new Error('late');"].map((what) => later(what).run('check'));
    expect((await Promise.all(checks)).map(({ code }) => code)).toEqual([1, 1]);
    expect((await later('process.exit(3);').run('synth')).code).toBe(0);
  });

  test.concurrent('leave timers behind, print, and change the folder', async () => {
    const project = new Project(
      `${fleetText()}setInterval(() => {}, 1000); console.log('zones read'); process.chdir('/');`,
    );
    const { code, stdout } = await project.run('synth');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^zones read\nwave /);
    expect(project.exists('clusters/dev.k8s.local/kops.yaml')).toBe(true);
  });
});
