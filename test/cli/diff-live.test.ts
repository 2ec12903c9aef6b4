import * as fs from 'node:fs';
import { FakeKops } from './support/fake-kops';
import { Project } from './support/project';
import { Repository } from './support/repository';

afterAll(() => Project.removeAll());

const A = 'a.k8s.local';
const B = 'b.k8s.local';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/** What kops prints of a cluster whose nodes are at most so many. */
function live(name: string, maxSize: number, more = ''): string {
  return [
    ...['apiVersion: kops.k8s.io/v1alpha2', 'kind: Cluster', 'metadata:'],
    ...['  creationTimestamp: "2026-01-01T00:00:00Z"', '  generation: 4', `  name: ${name}`],
    ...[
      'spec:',
      '  cloudProvider: aws',
      '  kubernetesVersion: 1.35.5',
      `  configBase: s3://store/${name}`,
      '',
    ],
    ...['---', '', 'apiVersion: kops.k8s.io/v1alpha2', 'kind: InstanceGroup', 'metadata:'],
    ...['  creationTimestamp: "2026-01-01T00:00:00Z"', '  labels:', `    kops.k8s.io/cluster: ${name}`],
    ...['  name: nodes', 'spec:', `  maxSize: ${maxSize}`, '  role: Node', ''],
    ...['---', '', 'apiVersion: v1', 'kind: ConfigMap', 'metadata:', '  name: an-addon', more],
  ].join('\n');
}

/** A project of these clusters, each with up to three nodes, and with its jobs. */
function projectOf(...names: readonly string[]): Project {
  const project = new Project();
  for (const name of names) {
    const [cluster = '', group = ''] = live(name, 3).split('\n---\n');
    project.write(`clusters/${name}/kops.yaml`, `${cluster}---\n${group.trimStart()}`);
    project.write(`clusters/${name}/pipeline.yml`, jobs(name));
  }
  return project;
}

function jobs(name: string, variables = ''): string {
  const [head, store] = ['KOPS_VERSION: "1.36.2"', 'KOPS_STATE_STORE: s3://store'];
  return `.cluster:${name}:\n  variables:\n    ${head}\n    ${store}\n    AWS_REGION: eu-west-1\n${variables}`;
}

/** `cdkops diff --against live` with a kops that answers so. */
function diffLive(project: Project, kops: FakeKops, args: readonly string[] = [], env = {}) {
  return project.cdkops(['diff', '--against', 'live', ...args], { env: { ...kops.env, ...env } });
}

test('what was rolled out does not differ, whatever kops adds to it', async () => {
  const project = projectOf(A);
  const kops = new FakeKops(project);
  kops.has(A, live(A, 3));
  expect(await diffLive(project, kops, ['--fail'])).toEqual({
    code: 0,
    stdout: 'no cluster differs from what is live\n',
    stderr: '',
  });
});

test('tells what a roll-out would change, by field and effect, and which clusters are new', async () => {
  const project = projectOf(A, B);
  const kops = new FakeKops(project);
  kops.has(A, live(A, 5));
  const { code, stdout, stderr } = await diffLive(project, kops, ['--fail']);
  expect({ code, stderr }).toEqual({ code: 100, stderr: '' });
  expect(stdout).toContain(
    `${A}\n  no restart\n  ~ InstanceGroup nodes (no restart: the Auto Scaling group is changed in place)\n    ~ spec.maxSize  5 → 3\n`,
  );
  expect(stdout).toContain(`${B} (new)\n  + Cluster\n  + InstanceGroup nodes\n`);
  expect(JSON.parse((await diffLive(project, kops, ['--json'])).stdout)).toMatchObject({
    against: 'live',
    clusters: [
      { cluster: A, effects: { worst: 'no-restart' } },
      { cluster: B, fate: 'added' },
    ],
    files: [],
    problems: [],
  });
});

test('asks the store that the jobs of the cluster use, and no other', async () => {
  const project = projectOf(A, B);
  const kops = new FakeKops(project);
  for (const name of [A, B]) kops.has(name, live(name, 3));
  const own = { KOPS_STATE_STORE: 's3://another', KOPS_CLUSTER_NAME: B, AWS_REGION: 'us-east-1' };
  project.write(
    `clusters/${A}/pipeline.yml`,
    jobs(A, `    S3_ENDPOINT: https://s3.example.com\n    PATH: /evil\n`),
  );
  expect((await diffLive(project, kops, [A], own)).code).toBe(0);
  expect(kops.calls).toEqual([
    `get all --name ${A} -o yaml --state s3://store {"AWS_REGION":"eu-west-1","S3_ENDPOINT":"https://s3.example.com"}`,
  ]);
});

test('without jobs the manifest says where the state is', async () => {
  const project = projectOf(A);
  const kops = new FakeKops(project);
  kops.has(A, live(A, 3));
  fs.rmSync(project.path(`clusters/${A}/pipeline.yml`));
  expect((await diffLive(project, kops, ['--fail'])).code).toBe(0);
  expect(kops.calls[0]).toContain('--state s3://store ');
  project.write(
    `clusters/${A}/kops.yaml`,
    project.read(`clusters/${A}/kops.yaml`).replace(/ {2}configBase.*\n/, ''),
  );
  const { code, stderr } = await diffLive(project, kops);
  expect(code).toBe(1);
  expect(stderr).toBe(
    `error ${A}: nothing says where the state of ${A} is: neither KOPS_STATE_STORE in clusters/${A}/pipeline.yml, which npx projen synth writes, nor spec.configBase in clusters/${A}/kops.yaml, such as s3://BUCKET/${A}\n`,
  );
});

test('a cluster that cannot be read is an error with the last words of kops, without secrets; the others are told', async () => {
  const project = projectOf(A, B);
  const kops = new FakeKops(project);
  kops.has(A, live(A, 5));
  kops.fails(
    B,
    `W0102 15:04:05.000000 1 file.go:1] a log line\nError: reading: AccessDenied: AKIAIOSFODNN7EXAMPLE with ${SECRET}\u001b[31m at https://me:pw@x/?X-Amz-Signature=abc123&a=b\n`,
  );
  const { code, stdout, stderr } = await diffLive(project, kops, ['--fail'], {
    AWS_SECRET_ACCESS_KEY: SECRET,
  });
  expect(code).toBe(1);
  expect(stdout).toContain('~ spec.maxSize  5 → 3');
  expect(stderr).toBe(
    `error ${B}: kops failed: reading: AccessDenied: <secret> with <secret> [31m at https://<secret>@x/?X-Amz-Signature=<secret>&a=b: your own credentials have to read s3://store, as its role for plans does\n`,
  );
  const none = await diffLive(project, kops, [B]);
  expect(none.stdout).toBe('no cluster that could be read differs from what is live\n');
});

test('kops is given a time, and no more', async () => {
  const project = projectOf(A, B);
  const kops = new FakeKops(project);
  kops.hangs(A, 'connecting\n');
  kops.has(B, live(B, 3));
  const started = Date.now();
  const { code, stderr } = await diffLive(project, kops, ['--timeout', '2']);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `error ${A}: kops gave no answer within 2 seconds (--timeout); its last words: connecting\n`,
  });
  expect(Date.now() - started).toBeLessThan(30_000);
});

test('a store that does not answer is asked a few times, and not for a whole fleet', async () => {
  const names = Array.from({ length: 9 }, (_, index) => `c${index}.k8s.local`);
  const project = projectOf(...names);
  const kops = new FakeKops(project);
  for (const name of names) kops.hangs(name);
  const { code, stderr } = await diffLive(project, kops, ['--timeout', '2']);
  expect(code).toBe(1);
  const lines = stderr.trim().split('\n');
  expect(lines.filter((line) => line.includes('gave no answer within 2 seconds')).length).toBeLessThan(9);
  expect(lines.at(-1)).toBe('error c8.k8s.local: not asked: s3://store gave no answer for other clusters');
});

test('jobs that cannot be read name no store', async () => {
  const project = projectOf(A);
  const kops = new FakeKops(project);
  kops.has(A, live(A, 3));
  project.write(`clusters/${A}/pipeline.yml`, 'a: [\n');
  const { code, stderr } = await diffLive(project, kops);
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^error ${A}: clusters/${A}/pipeline\\.yml is no YAML: `));
  expect(kops.calls).toEqual([]);
});

test('asks four stores at once, and no more', async () => {
  const names = Array.from({ length: 9 }, (_, index) => `c${index}.k8s.local`);
  const project = projectOf(...names);
  const kops = new FakeKops(project);
  for (const name of names) kops.has(name, live(name, 3));
  expect((await diffLive(project, kops, ['--fail'])).code).toBe(0);
  expect(kops.mostAtOnce).toBeGreaterThan(1);
  expect(kops.mostAtOnce).toBeLessThanOrEqual(4);
});

test('says what is missing where there is neither kops nor aws', async () => {
  const project = projectOf(A);
  const { code, stderr } = await project.cdkops(['diff', '--against', 'live'], {
    env: { PATH: project.path('clusters') },
  });
  expect(code).toBe(1);
  expect(stderr).toBe(
    `error ${A}: neither kops nor aws is installed: to read the state store, put one of them on PATH\n`,
  );
  project.write(`clusters/${A}/pipeline.yml`, jobs(A).replace('s3://store', 'gs://store'));
  const other = await project.cdkops(['diff', '--against', 'live'], {
    env: { PATH: project.path('clusters') },
  });
  expect(other.stderr).toMatch(/^error a\.k8s\.local: kops is not installed: /);
});

test('a kops that is older than the cluster does not see all: that is said', async () => {
  const project = projectOf(A);
  const kops = new FakeKops(project);
  kops.has(A, live(A, 3));
  kops.is('1.34.0');
  const { code, stderr } = await diffLive(project, kops);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: `warning the kops on PATH is 1.34.0, older than that of ${A} (1.36.2): fields that it does not know are not compared\n`,
  });
});

test('a manifest that a job renders cannot be compared; one that is not there is an error', async () => {
  const project = projectOf(A, B);
  const kops = new FakeKops(project);
  for (const name of [A, B]) {
    kops.has(name, live(name, 3));
    fs.rmSync(project.path(`clusters/${name}/kops.yaml`));
  }
  project.write(`clusters/${B}/pipeline.yml`, jobs(B, '    CDKOPS_MANIFEST: manifests/b.yaml\n'));
  const { code, stdout, stderr } = await diffLive(project, kops);
  expect(code).toBe(1);
  expect(stdout).toContain(`${A} (cannot be compared)\n`);
  expect(stderr).toBe(
    [
      `warning ${A} cannot be compared: a job renders its manifest from a template; its dryrun tells what it changes`,
      `error ${B}: there is no manifests/b.yaml: run npx projen synth, or mend the path that its jobs name`,
      '',
    ].join('\n'),
  );
});

test('a manifest that a job renders is no difference, and a cluster to be deleted has none', async () => {
  const project = projectOf(A, B);
  const kops = new FakeKops(project);
  for (const name of [A, B]) fs.rmSync(project.path(`clusters/${name}/kops.yaml`));
  project.write(`clusters/${B}/pipeline.yml`, jobs(B, '    CDKOPS_RETIRED: "true"\n'));
  const { code, stdout, stderr } = await diffLive(project, kops, ['--fail']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/\nno cluster differs from what is live; 2 clusters cannot be compared\n$/);
  expect(stderr).toContain(`${B} cannot be compared: the code does not have it any more`);
});

test('a manifest without a cluster in it is an error, and no cluster that goes', async () => {
  const project = projectOf(A);
  const kops = new FakeKops(project);
  kops.has(A, live(A, 3));
  const file = `clusters/${A}/kops.yaml`;
  project.write(file, project.read(file).split('---\n')[1] ?? '');
  const { code, stdout, stderr } = await diffLive(project, kops);
  expect(code).toBe(1);
  expect(stdout).toBe('no cluster that could be read differs from what is live\n');
  expect(stderr).toBe(`error ${A}: ${file} has no document of kind Cluster\n`);
});

test('a branch that is called live is reached by its whole name', async () => {
  const project = new Repository();
  project.manifest(A, 1);
  project.commit();
  project.git('branch', 'live');
  project.manifest(A, 2);
  const { stdout } = await project.cdkops(['diff', '--against', 'refs/heads/live']);
  expect(stdout).toContain('~ spec.maxSize  1 → 2');
  expect(stdout).toContain('differs from refs/heads/live');
});

test('a cluster that is not on disk, and a time that is none', async () => {
  const project = projectOf(A);
  const kops = new FakeKops(project);
  const { code, stderr } = await diffLive(project, kops, ['a.k8s.locl']);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'error there is no cluster "a.k8s.locl" on disk; did you mean a.k8s.local?\n',
  });
  expect((await diffLive(project, kops, ['--timeout', '0'])).code).toBe(2);
});

test('leaves no copy of a state behind', async () => {
  const project = projectOf(A, B);
  const kops = new FakeKops(project);
  kops.has(A, live(A, 3));
  kops.fails(B, 'Error: no');
  const temporary = project.path('.tmp');
  fs.mkdirSync(temporary);
  await diffLive(project, kops, [], { TMPDIR: temporary });
  expect(fs.readdirSync(temporary).filter((name) => name.startsWith('cdkops-'))).toEqual([]);
});
