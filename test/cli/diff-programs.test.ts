import type { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { runKops } from '../../src/cli/run-kops';
import { runProgram } from '../../src/cli/run-program';
import { Project } from './support/project';

afterAll(() => Project.removeAll());

const A = 'a.k8s.local';

/** A project of one cluster, and a kops that is this script. */
function projectWith(script: string): { readonly project: Project; readonly env: Record<string, string> } {
  const project = new Project();
  const state = 's3://store';
  project.write(
    `clusters/${A}/kops.yaml`,
    `apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata: {name: ${A}}\nspec: {configBase: ${state}/${A}}\n`,
  );
  for (const folder of ['.fake', '.tmp']) fs.mkdirSync(project.path(folder));
  fs.writeFileSync(project.path('.fake/kops'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const PATH = `${project.path('.fake')}${path.delimiter}${process.env.PATH}`;
  return { project, env: { PATH, FAKE: project.path('.fake'), TMPDIR: project.path('.tmp') } };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 400 && !isSo(); turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(isSo()).toBe(true);
}

function isRunning(file: string): boolean {
  try {
    const pid = fs.readFileSync(file, 'utf8').trim();
    process.kill(Number(pid), 0);
    // One that has ended and whom nobody has asked how is there, too.
    return (
      !fs.existsSync('/proc/self/stat') || !/\) [ZX] /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'))
    );
  } catch {
    return false;
  }
}

test('a program that never stops talking is heard to its end, and not kept', async () => {
  const before = process.memoryUsage().rss;
  const flood = ['-c', 'head -c 400000000 /dev/zero >&2; echo "Error: enough" >&2; exit 1'];
  const { outcome, stderr } = await runProgram('sh', flood, { timeout: 60_000 });
  expect({ outcome, length: stderr.length }).toEqual({ outcome: 'failed', length: 64 * 1_024 });
  expect(stderr.endsWith('Error: enough\n')).toBe(true);
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
});

test('of a program that did what it should the last words are no matter', async () => {
  const { env } = projectWith('yes x | head -c 1000000 >&2; echo fine');
  const PATH = process.env.PATH;
  process.env.PATH = env.PATH;
  try {
    expect(await runKops(['version'], { timeout: 60_000 })).toEqual({ stdout: 'fine\n' });
  } finally {
    process.env.PATH = PATH;
  }
});

test('many programs at once need no more listeners than one, and none is left', async () => {
  const events = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const counts = () => events.map((event) => process.listenerCount(event));
  const none = counts();
  const all = Array.from({ length: 12 }, () => runProgram('sleep', ['0.3'], { timeout: 60_000 }));
  expect(counts()).toEqual(none.map((count) => count + 1));
  await Promise.all(all);
  expect(counts()).toEqual(none);
});

test('what a program has started ends with it when its time is over', async () => {
  const { project } = projectWith('');
  const file = project.path('.fake/pid');
  const script = `sleep 60 & echo $! >${file}; wait`;
  const { outcome } = await runProgram('sh', ['-c', script], { timeout: 1_000 });
  expect(outcome).toBe('late');
  await until(() => !isRunning(file));
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a signal ends what was started, and no copy of a manifest is left: %s',
  async (signal) => {
    // In a folder kops is asked for its spelling: a copy of the manifest lies there meanwhile.
    const script = `case "$*" in *file://*) sleep 60 & echo $! >"$FAKE/pid"; wait ;; *version*) echo 1.36.2 ;; esac`;
    const { project, env } = projectWith(script);
    const file = project.path('.fake/pid');
    let child: ReturnType<typeof spawn> | undefined;
    const end = project.cdkops(['diff', '--against', 'live'], {
      env,
      stdio: (one) => {
        child = one;
      },
    });
    await until(() => fs.existsSync(file) && isRunning(file));
    expect(fs.readdirSync(project.path('.tmp')).filter((name) => name.startsWith('cdkops-'))).toHaveLength(1);
    child?.kill(signal);
    expect((await end).code).toBeNull();
    await until(() => !isRunning(file));
    expect(fs.readdirSync(project.path('.tmp')).filter((name) => name.startsWith('cdkops-'))).toEqual([]);
  },
);
