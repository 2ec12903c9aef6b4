import { version } from '../../package.json';
import { main } from '../../src/cli/main';
import { Project } from './support/project';

afterAll(() => Project.removeAll());

/** Runs the command line in this process. */
async function cdkops(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((chunk) => {
      printed[name] += chunk;
      return true;
    }),
  );
  try {
    return { code: await main(args), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test('--help teaches: the fleet file, the commands, the exit codes', async () => {
  const { code, stdout } = await cdkops('--help');
  expect(code).toBe(0);
  for (const part of [
    'synth',
    'check',
    'clusters/fleet.ts',
    'new Cluster(',
    'npx projen synth',
    'Exit codes',
  ]) {
    expect(stdout).toContain(part);
  }
});

test.each(['synth', 'check'])('%s --help has examples', async (command) => {
  const { code, stdout } = await cdkops(command, '--help');
  expect(code).toBe(0);
  expect(stdout).toContain(`Examples:\n  npx projen ${command} `);
  expect(stdout).toContain('--app <file>');
});

test('--version is that of the package', async () => {
  expect(await cdkops('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  [['synth', '--flag'], "unknown option '--flag'"],
  [['check', '--ap', 'x.ts'], 'Did you mean --app?'],
  [['synth', 'dev'], 'too many arguments'],
  [['synth', '--app'], 'argument missing'],
  [['synth', '--app', ''], 'expected a file'],
  [['synt'], 'Did you mean synth?'],
  [[], 'Usage: cdkops'],
])('fails with exit code 2: %j', async (args, message) => {
  const { code, stdout, stderr } = await cdkops(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('fails on an unknown flag that came through projen, and passes on the others', () => {
  const { tasks } = require('../../.projen/tasks.json');
  for (const name of ['synth', 'check']) {
    expect(tasks[name].steps).toEqual([{ exec: `node bin/cdkops.js ${name}`, receiveArgs: true }]);
  }
});

test.concurrent('nothing is coloured but on a terminal', async () => {
  const project = new Project();
  const environments: Record<string, string>[] = [{ CI: 'true' }, { FORCE_COLOR: '1' }];
  for (const env of environments) {
    const { stdout, stderr } = await project.cdkops(['synth', '--no-type-check'], { env });
    expect(stdout + stderr).not.toContain('\u001b');
  }
});
