import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fleetText, Project, ROOT } from './support/project';

afterAll(() => Project.removeAll());

const RUNS = 25;
/** GitLab takes at most 150 includes. */
const CLUSTERS = 140;

/** Some 280 files; from A to B every manifest changes, some clusters go and as many come. */
function fleet(version: 'a' | 'b'): string {
  const offset = version === 'a' ? 0 : 10;
  const gone = version === 'a' ? CLUSTERS : 0;
  return `${fleetText([], `cloudLabels: { version: '${version}' },`)}
    for (let index = ${offset}; index < ${CLUSTERS + offset}; index++) {
      new Cluster(dev, \`c\${index}.k8s.local\`, { zones: ['eu-central-1a'] });
    }
    for (let index = ${gone}; index < ${gone + 10}; index++) fleet.forget(\`c\${index}.k8s.local\`, 'sold');`;
}

type Texts = Record<string, string>;

const isStaged = (file: string) => file.endsWith('.cdkops-tmp');

/**
 * Starts synth and kills it. Half of the kills come at any time of the run; the others when the disk shows that one
 * random file is being staged or renamed, else most kills would hit a process that only computes.
 */
function killedSynth(project: Project, files: readonly string[], duration: number): Promise<void> {
  const args = [path.join(ROOT, 'bin/cdkops.js'), 'synth', '--no-type-check'];
  const child = spawn(process.execPath, args, { cwd: project.root, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const kill = () => child.kill('SIGKILL');
  if (Math.random() < 0.3) {
    setTimeout(kill, Math.random() * duration);
    return ended;
  }
  const file = project.path(files[Math.floor(Math.random() * files.length)] ?? '');
  const staged = path.join(path.dirname(file), `.${path.basename(file)}.${child.pid}.cdkops-tmp`);
  const seen = Math.random() < 0.5 ? () => fs.existsSync(staged) : changes(file);
  const poll = () => {
    if (seen()) kill();
    else if (child.exitCode === null && child.signalCode === null) setTimeout(poll, 1);
  };
  poll();
  return ended;
}

function changes(file: string): () => boolean {
  const identity = () => fs.statSync(file, { throwIfNoEntry: false })?.ino;
  const before = identity();
  return () => identity() !== before;
}

/** What a pipeline includes, or starts, and so on: each file once. */
function includedFrom(start: string, files: Texts): string[] {
  const found = new Set([start]);
  for (const file of found) {
    for (const [, other = ''] of (files[file] ?? '').matchAll(/^ *- local: \/(.*)$/gm)) found.add(other);
  }
  return [...found];
}

test(`killed ${RUNS} times at random, every file is whole, and the next synth completes the set`, async () => {
  const project = new Project(fleet('a'));
  await project.run('synth');
  const a: Texts = project.files();
  const start = Date.now();
  project.write('clusters/fleet.ts', fleet('b'));
  await project.run('synth');
  const duration = Date.now() - start;
  const b: Texts = project.files();
  const changed = Object.keys({ ...a, ...b }).filter((file) => a[file] !== b[file]);
  expect(changed.length).toBeGreaterThan(CLUSTERS);

  let halfWay = 0;
  for (let run = 0; run < RUNS; run++) {
    // Each way in turn, from wherever the run before was killed.
    const target = run % 2 === 0 ? 'a' : 'b';
    project.write('clusters/fleet.ts', fleet(target));
    await killedSynth(project, changed, duration);
    const now = project.files();
    const broken = Object.entries(now).filter(
      ([file, text]) => !isStaged(file) && text !== a[file] && text !== b[file],
    );
    expect(broken).toEqual([]);
    for (const file of Object.keys(a)) if (file in b) expect(now[file]).toBeDefined();
    // Never a pipeline that GitLab would refuse because it includes what is not there.
    const included = includedFrom('.gitlab-ci.yml', now);
    expect(included.length).toBeGreaterThan(CLUSTERS / 2);
    expect(included.filter((file) => !(file in now))).toEqual([]);
    const isMixed =
      changed.some((file) => now[file] === a[file]) && changed.some((file) => now[file] === b[file]);
    if (isMixed || Object.keys(now).some(isStaged)) halfWay++;
  }
  expect(halfWay).toBeGreaterThan(0);

  project.write('clusters/fleet.ts', fleet('b'));
  expect((await project.run('synth')).code).toBe(0);
  expect(Object.keys(project.files())).toEqual(Object.keys(b));
  expect(project.files()).toEqual(b);
});
