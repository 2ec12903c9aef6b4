import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { script as scriptOf } from '../../../src/delivery/script';
import { ROOT } from '../support/folders';
import { runProcess } from '../support/process-run';
import { provided } from '../support/provided';
import { SCRIPT } from '../support/script-run';

// Everything that the jobs of the example fleet run in a shell.

interface Job {
  readonly [key: string]: unknown;
  readonly before_script?: readonly (string | readonly string[])[];
  readonly script?: readonly (string | readonly string[])[];
  readonly after_script?: readonly (string | readonly string[])[];
}

/** The pipeline files of the example fleet: the root file and those that it includes. */
function pipelineFiles(): string[] {
  const root = parse(fs.readFileSync(path.join(ROOT, '.gitlab-ci.yml'), 'utf8')) as {
    readonly include: readonly { readonly local: string }[];
  };
  return ['.gitlab-ci.yml', ...root.include.map(({ local }) => local.replace(/^\//, ''))];
}

/** The lines of a job as the one script that GitLab makes of them, by file and job; those without lines are left out. */
function jobScripts(): [name: string, text: string][] {
  return pipelineFiles().flatMap((file) => {
    const jobs = parse(fs.readFileSync(path.join(ROOT, file), 'utf8')) as Readonly<Record<string, Job>>;
    return Object.entries(jobs).flatMap(([name, job]): [string, string][] => {
      const lines = (['before_script', 'script', 'after_script'] as const).flatMap((key) =>
        [job?.[key] ?? []].flat(3),
      );
      return lines.length > 0 ? [[`${file} ${name}`, `${lines.join('\n')}\n`]] : [];
    });
  });
}

/** What shellcheck finds in a script; nothing where all is well. */
async function findings(text: string): Promise<string> {
  const folder = fs.mkdtempSync(path.join(provided('home'), 'shellcheck-'));
  fs.writeFileSync(path.join(folder, 'script'), text);
  const shellcheck = path.join(path.dirname(provided('python')), 'shellcheck');
  const { code, output } = await runProcess(
    // GitLab sets variables that no line of a job does.
    [shellcheck, '--shell=sh', '--norc', '--exclude=SC2154', '--format=gcc', 'script'],
    { cwd: folder, env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' }, timeoutSeconds: 60 },
  );
  return code === 0 ? '' : output;
}

describe('shellcheck', () => {
  const script = () => fs.readFileSync(path.join(ROOT, SCRIPT), 'utf8');

  test('finds nothing in what the jobs call', async () => {
    expect(await findings(script())).toBe('');
    // What eject leaves of it, too.
    expect(await findings(scriptOf(true))).toBe('');
  });

  test('finds nothing in the lines of any job', async () => {
    const jobs = jobScripts();
    expect(jobs.map(([name]) => name)).toEqual(
      expect.arrayContaining(['.gitlab-ci.yml .update', '.gitlab-ci.yml verify']),
    );
    for (const [name, text] of jobs) expect([name, await findings(text)]).toEqual([name, '']);
  });

  test('finds a variable that is not quoted', async () => {
    const quoted = 'mkdir -p "$plans"\n';
    expect(script()).toContain(quoted);
    expect(await findings(script().replaceAll(quoted, 'mkdir -p $plans\n'))).toContain('SC2086');
    const [, job = ''] = jobScripts()[0] ?? [];
    expect(await findings(`${job}echo $CI_COMMIT_TITLE\n`)).toContain('SC2086');
  });
});
