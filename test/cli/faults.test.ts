import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { fleetText, Project, type RunOptions } from './support/project';

afterAll(() => Project.removeAll());

const MANIFEST = 'clusters/dev.k8s.local/kops.yaml';
const SYNTH = ['synth', '--no-type-check'];
const AFTER = `${fleetText(['dev.k8s.local', 'eu.k8s.local'], "cloudLabels: { team: 'b' },")}
fleet.forget('old.k8s.local', 'to see its files go');`;

/** A project with the files of one cluster, whose fleet has changed since. */
async function changedProject(): Promise<Project> {
  const project = new Project(fleetText(['dev.k8s.local', 'old.k8s.local']));
  await project.run('synth');
  project.write('clusters/fleet.ts', AFTER);
  return project;
}

/** Runs synth, which must fail, say so in words, and change no file; then without the fault, which must complete it. */
async function failing(project: Project, options: RunOptions, mend: () => void): Promise<string> {
  const before = project.files();
  const { code, stdout, stderr } = await project.cdkops(SYNTH, options);
  const after = project.files();
  mend();
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).not.toMatch(/^ +at /m);
  expect(after).toEqual(before);
  expect((await project.run('synth')).stdout).toContain('removed clusters/old.k8s.local/kops.yaml');
  expect(project.files()).toEqual(await wanted());
  return stderr;
}

let complete: Promise<Record<string, string>> | undefined;
/** The files of the changed fleet. */
function wanted(): Promise<Record<string, string>> {
  complete ??= (async () => {
    const project = new Project(AFTER);
    await project.run('synth');
    return project.files();
  })();
  return complete;
}

describe('fails, changes nothing, says what to do:', () => {
  test.concurrent('a folder that may not be written', async () => {
    const project = await changedProject();
    for (const folder of ['clusters/dev.k8s.local', 'clusters']) fs.chmodSync(project.path(folder), 0o555);
    // Root may write everywhere, so somebody else has to try.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) fs.chmodSync(project.root, 0o755);
    const under = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
    const stderr = await failing(project, { under, env: { HOME: '/tmp' } }, () => {
      for (const folder of ['clusters', 'clusters/dev.k8s.local']) fs.chmodSync(project.path(folder), 0o755);
    });
    expect(stderr).toMatch(
      /^error \[clusters\] the folder cannot be written: permission denied\..*run synth again$/m,
    );
    expect(stderr).toMatch(/^error \[clusters\/dev\.k8s\.local\] the folder cannot be written: .*$/m);
    expect(stderr).toMatch(/Nothing was written\.\n$/);
  });

  test.concurrent('a file that is read-only', async () => {
    const project = await changedProject();
    fs.chmodSync(project.path(MANIFEST), 0o444);
    const stderr = await failing(project, {}, () => fs.chmodSync(project.path(MANIFEST), 0o644));
    expect(stderr).toContain(`error [${MANIFEST}] is read-only: chmod u+w it, then run synth again\n`);
  });

  test.concurrent('a file in the place of a folder, a folder in the place of a file', async () => {
    const project = await changedProject();
    project.write('clusters/eu.k8s.local', 'a file\n');
    fs.rmSync(project.path(MANIFEST));
    fs.mkdirSync(project.path(MANIFEST));
    const stderr = await failing(project, {}, () => {
      fs.rmSync(project.path('clusters/eu.k8s.local'));
      fs.rmdirSync(project.path(MANIFEST));
    });
    expect(stderr).toMatch(/^error \[clusters\/eu\.k8s\.local\] is a file, but .* move the file away/m);
    expect(stderr).toMatch(/^error \[clusters\/dev\.k8s\.local\/kops\.yaml\] is a folder, but .*$/m);
  });

  test.concurrent('links in the place of a folder and of a file', async () => {
    const project = await changedProject();
    const other = await changedProject();
    const theirs = other.state();
    fs.symlinkSync(other.path('clusters/dev.k8s.local'), project.path('clusters/eu.k8s.local'));
    fs.symlinkSync(other.path('clusters/old.k8s.local'), project.path('clusters/link.k8s.local'));
    fs.renameSync(project.path('.gitlab-ci.yml'), project.path('moved'));
    fs.symlinkSync('moved', project.path('.gitlab-ci.yml'));
    const stderr = await failing(project, {}, () => {
      fs.rmSync(project.path('clusters/eu.k8s.local'));
      fs.renameSync(project.path('moved'), project.path('.gitlab-ci.yml'));
    });
    expect(stderr).toMatch(
      /^error \[clusters\/eu\.k8s\.local\] is a symbolic link, .* put a folder in its place$/m,
    );
    expect(stderr).toMatch(/^error \[\.gitlab-ci\.yml\] is a link or another special file: remove it, .*$/m);
    expect(other.state()).toEqual(theirs);
  });

  test.concurrent.each([
    ['writeFileSync', 1, 'ENOSPC', /the disk is full\. Nothing was changed: mend that/],
    ['writeFileSync', 4, 'ENOSPC', /the disk is full\. Nothing was changed: mend that/],
    [
      'mkdirSync',
      2,
      'EACCES',
      /cannot write clusters\/eu\.k8s\.local\/kops\.yaml: permission denied\. Nothing/,
    ],
    [
      'renameSync',
      1,
      'EBUSY',
      /cannot write clusters\/dev\.k8s\.local\/kops\.yaml: EBUSY.* Nothing was changed/,
    ],
    ['renameSync', 5, 'EIO', /cannot write \.gitlab-ci\.yml: EIO.* Nothing was changed/],
    [
      'rmSync',
      2,
      'EROFS',
      /clusters\/old\.k8s\.local\/pipeline\.yml: the file system is read-only\. Nothing/,
    ],
  ] as const)('%s number %d gives %s', async (call, number, code, message) => {
    const project = await changedProject();
    const preload = `${project.root}.js`;
    fs.writeFileSync(
      preload,
      `const fs = require('node:fs');
       const real = fs.${call};
       let calls = 0;
       fs.${call} = (file, ...rest) => {
         if (String(file).startsWith(process.cwd()) && ++calls === ${number}) {
           if (${call === 'writeFileSync'}) real(file, 'half a', ...rest.slice(1));
           throw Object.assign(new Error('${code}: injected, ' + file), { code: '${code}' });
         }
         return real(file, ...rest);
       };`,
    );
    const stderr = await failing(project, { preload }, () => fs.rmSync(preload));
    expect(stderr).toMatch(message);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  (canMount() ? test.concurrent : test.skip)(
    'a real full disk, where this machine lets us have one',
    async () => {
      const project = await changedProject();
      const folder = project.path('clusters');
      const kept = `${project.root}-kept`;
      fs.cpSync(folder, kept, { recursive: true });
      mount(folder);
      try {
        fs.cpSync(kept, folder, { recursive: true });
        project.write('clusters/filler', 'x'.repeat(30_000));
        const before = project.files();
        const { code, stderr } = await project.cdkops(SYNTH);
        expect(code).toBe(1);
        expect(stderr).toMatch(/^error cannot write .*: the disk is full\. Nothing was changed: .*\n$/);
        expect(project.files()).toEqual(before);
      } finally {
        execFileSync('umount', [folder]);
        fs.rmSync(kept, { recursive: true });
      }
    },
  );

  test.concurrent('the current folder is no more', async () => {
    const project = new Project();
    fs.mkdirSync(project.path('gone'));
    const { code, stderr } = await project.cdkops(SYNTH, {
      cwd: project.path('gone'),
      under: ['sh', '-c', 'rmdir ../gone && exec "$@"', 'sh'],
    });
    expect(code).toBe(1);
    expect(stderr).toBe(
      'error the current folder is no more: change into the project and run cdkops again\n',
    );
  });
});

test.concurrent('the clusters folder is made where the fleet is elsewhere', async () => {
  const project = new Project();
  project.write('infra/fleet.ts', fleetText());
  fs.rmSync(project.path('clusters'), { recursive: true });
  expect((await project.cdkops([...SYNTH, '--app', 'infra/fleet.ts'])).code).toBe(0);
  expect(project.exists(MANIFEST)).toBe(true);
});

test.concurrent('a reader that stops early is no error; a full disk behind the output is, after synth', async () => {
  const project = await changedProject();
  const early = await project.cdkops(SYNTH, { stdio: (child) => child.stdout?.destroy() });
  expect(early).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(project.files()).toEqual(await wanted());
  const full = await project.cdkops(SYNTH, { under: ['sh', '-c', 'exec "$@" > /dev/full', 'sh'] });
  expect(full.code).toBe(1);
  expect(full.stderr).toMatch(/^error cannot print the result: ENOSPC.*\n$/);
});

test.concurrent('no folder for temporary files is no error', async () => {
  const project = new Project();
  const { code, stderr } = await project.cdkops(SYNTH, { env: { TMPDIR: project.path('tsconfig.json') } });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test.concurrent('two at once both succeed', async () => {
  const project = await changedProject();
  const both = await Promise.all([project.cdkops(SYNTH), project.cdkops(SYNTH)]);
  expect(both.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
    { code: 0, stderr: '' },
    { code: 0, stderr: '' },
  ]);
  expect(project.files()).toEqual(await wanted());
});

test.concurrent('an interrupt ends it; the next run completes the set', async () => {
  const project = await changedProject();
  const before = project.files();
  const { code } = await project.cdkops(['synth'], {
    stdio: (child) => setTimeout(() => child.kill('SIGINT'), 150),
  });
  expect(code).not.toBe(0);
  expect(project.files()).toEqual(before);
  expect((await project.run('synth')).code).toBe(0);
  expect(project.files()).toEqual(await wanted());
});

/** A disk of 64 kB. */
function mount(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
}

/** Only root can; the injected failures hold everywhere. */
function canMount(): boolean {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-mount-'));
  try {
    mount(folder);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    fs.rmdirSync(folder);
  }
}
