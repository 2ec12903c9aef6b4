import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { carryOut, planDisk } from '../../src/synth';
import { DEFAULT_APP, withHeader } from '../../src/synth/generated-file';

let root = '';

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-disk-'));
});
afterEach(() => fs.rmSync(root, { recursive: true }));

const A = 'clusters/a.k8s.local/kops.yaml';
const B = 'clusters/b.k8s.local/kops.yaml';
const texts = (...files: string[]) =>
  new Map(files.map((file) => [file, withHeader(file, `name: ${file}\n`)]));

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
}

/** A fleet in which B's cluster is forgotten. */
const MEMBERSHIP = {
  declared: new Set(['a.k8s.local']),
  forgotten: new Map([['b.k8s.local', 'sold']]),
  hasPipeline: true,
};

const synth = (files: ReadonlyMap<string, string>) => {
  const plan = planDisk(root, files, DEFAULT_APP, MEMBERSHIP);
  carryOut(root, plan);
  return plan;
};

test('an unchanged file keeps its inode and time', () => {
  synth(texts(A, B));
  const before = fs.statSync(path.join(root, A));
  expect(synth(texts(A, B))).toEqual({ writes: [], removes: [], unchanged: [A, B], problems: [] });
  const { ino, mtimeMs } = fs.statSync(path.join(root, A));
  expect({ ino, mtimeMs }).toEqual({ ino: before.ino, mtimeMs: before.mtimeMs });
});

test('a folder of a forgotten cluster stays where something else is in it', () => {
  synth(texts(A, B));
  write('clusters/b.k8s.local/notes.md', 'mine\n');
  synth(texts(A));
  expect(fs.readdirSync(path.join(root, 'clusters/b.k8s.local'))).toEqual(['notes.md']);
});

test('only files that cdkops wrote at that place are removed', () => {
  synth(texts(A, B, '.gitlab-ci.yml', '.gitlab/cdkops.sh'));
  write('clusters/copy/kops.yaml', fs.readFileSync(path.join(root, A), 'utf8'));
  write('clusters/theirs/kops.yaml', 'kind: Cluster\n');
  write('notes.yml', 'mine\n');
  const plan = synth(texts(A));
  expect(plan.removes.map((removal) => removal.path)).toEqual(['.gitlab-ci.yml', '.gitlab/cdkops.sh', B]);
  expect(plan.problems).toMatchObject([{ field: 'clusters/copy/kops.yaml', severity: 'warning' }]);
  expect(fs.readdirSync(path.join(root, 'clusters')).sort()).toEqual(['a.k8s.local', 'copy', 'theirs']);
});

describe('another fleet of the project', () => {
  const OTHER = 'clusters/lab.ts';
  beforeEach(() => {
    write('clusters/fleet.ts', '');
    write(OTHER, '');
    synth(texts(A, '.gitlab-ci.yml'));
  });

  test('does not remove the files of the first', () => {
    const plan = planDisk(root, new Map([[B, withHeader(B, 'x: 1\n', OTHER)]]), OTHER);
    expect(plan).toMatchObject({ removes: [], problems: [], writes: [{ path: B }] });
  });

  test('fails to write a file of the first', () => {
    const plan = planDisk(root, new Map([[A, withHeader(A, 'x: 1\n', OTHER)]]), OTHER);
    expect(plan.problems).toMatchObject([
      { field: A, message: expect.stringContaining('clusters/fleet.ts') },
    ]);
    expect(plan.writes).toEqual([]);
  });

  test('is the same one where its file was only renamed', () => {
    fs.rmSync(path.join(root, 'clusters/fleet.ts'));
    const plan = planDisk(root, new Map([[A, withHeader(A, 'x: 1\n', OTHER)]]), OTHER, MEMBERSHIP);
    expect(plan).toMatchObject({
      problems: [],
      writes: [{ path: A }],
      removes: [{ path: '.gitlab-ci.yml' }],
    });
  });
});

test('a plan to remove does not follow links', () => {
  const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-outside-'));
  const real = path.join(outside, 'kops.yaml');
  fs.writeFileSync(real, withHeader('clusters/link/kops.yaml', 'x: 1\n'));
  fs.mkdirSync(path.join(root, 'clusters'));
  fs.symlinkSync(outside, path.join(root, 'clusters/link'));
  expect(planDisk(root, new Map()).removes).toEqual([]);
  fs.rmSync(outside, { recursive: true });
});

test('what a killed run left is removed; what another run is writing is not', () => {
  synth(texts(A, 'ci/fleet.yml'));
  const staged = (file: string, pid: number) => {
    const name = path.posix.join(path.posix.dirname(file), `.${path.posix.basename(file)}.${pid}.cdkops-tmp`);
    write(name, 'half a te');
    return name;
  };
  // Numbers of processes end at 4194304 on Linux.
  const dead = [staged(A, 99999999), staged('ci/fleet.yml', 99999999), staged(A, process.pid)];
  const alive = staged(A, process.ppid);
  const recycled = staged('.gitlab-ci.yml', process.ppid);
  fs.utimesSync(path.join(root, recycled), 0, 0);
  synth(texts(A, 'ci/fleet.yml'));
  expect([...dead, recycled].filter((name) => fs.existsSync(path.join(root, name)))).toEqual([]);
  expect(fs.existsSync(path.join(root, alive))).toBe(true);
});
