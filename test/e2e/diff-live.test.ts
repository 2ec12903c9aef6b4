import * as fs from 'node:fs';
import * as path from 'node:path';
import { CLUSTER, DeliveryProject } from './support/delivery-project';
import { pathWithout } from './support/path-without';
import { type ProcessResult, runProcess } from './support/process-run';

// What is in the state store after a roll-out, and after somebody has laid hands on it, by the real kops and by aws alone.

const BIN = path.resolve(__dirname, '../../bin/cdkops.js');
const NEW = 'c2.k8s.local';

let project: DeliveryProject;
let folder: string;
let bare: string;

beforeAll(async () => {
  project = await DeliveryProject.start({ nodes: { nodes: {}, other: {} }, each: {}, clusters: CLUSTER });
  const pipeline = project.pipeline();
  await pipeline.rollOut();
  folder = projectIn(pipeline.folder);
  bare = pathWithout(project.ground.env.PATH ?? '', 'kops');
}, 240_000);
afterAll(() => project?.stop());

/** What makes a working tree a project to cdkops. */
function projectIn(tree: string): string {
  fs.writeFileSync(path.join(tree, 'package.json'), '{}');
  return tree;
}

interface Asked extends ProcessResult {
  readonly stderr: string;
}

/** Runs `cdkops diff` on what the newest commit has. */
async function diff(
  words: readonly string[],
  environment: Record<string, string | undefined> = {},
): Promise<Asked> {
  const given = Object.entries({ ...project.ground.env, ...environment }).filter(
    ([, value]) => value !== undefined,
  );
  const result = await runProcess([process.execPath, BIN, 'diff', ...words], {
    cwd: folder,
    env: Object.fromEntries(given) as Record<string, string>,
    timeoutSeconds: 100,
  });
  return { ...result, stderr: result.output.replace(result.stdout, '') };
}

const live = (words: readonly string[] = [], environment?: Record<string, string | undefined>) =>
  diff(['--against', 'live', '--fail', ...words], environment);

/** An image without kops. */
const withoutKops = () => ({ PATH: bare });

/** The real kops, on the ground's store. */
async function kops(...words: readonly string[]): Promise<void> {
  const { code, output } = await runProcess(['kops', ...words, '--state', project.ground.store], {
    cwd: folder,
    env: project.ground.env,
    timeoutSeconds: 60,
  });
  if (code !== 0) throw new Error(output);
}

/** Changes an object of the store as `kops edit` would, and puts it back afterwards. */
async function whileEdited(
  key: string,
  edit: (text: string) => string,
  work: () => Promise<void>,
): Promise<void> {
  const place = `${CLUSTER}/${key}`;
  const before = await project.ground.storeObject(place);
  const file = path.join(project.ground.temporary, 'edited.yaml');
  fs.writeFileSync(file, edit(before));
  await kops('replace', '-f', file);
  try {
    await work();
  } finally {
    await project.ground.putStoreObject(place, before);
  }
}

test('what has just been rolled out does not differ, by kops and by aws; nothing is written', async () => {
  project.ground.chronicle.clear();
  for (const environment of [{}, withoutKops()]) {
    const { code, stdout, stderr } = await live([], environment);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'no cluster differs from what is live\n',
      stderr: '',
    });
  }
  expect(project.ground.writes()).toEqual([]);
  // No key and no secret is looked at.
  const read = project.ground.storeRequests('GET');
  expect(read).toContain(`${CLUSTER}/config`);
  expect(read.filter((key) => /pki|secrets/.test(key))).toEqual([]);
});

test('a group that somebody edited is told by field, with what rolling it out does', async () => {
  const edit = (text: string) =>
    text.replace('maxSize: 2', 'maxSize: 5').replace(/^spec:$/m, 'spec:\n  rootVolumeSize: 77');
  await whileEdited('instancegroup/nodes', edit, async () => {
    for (const environment of [{}, withoutKops()]) {
      const { code, stdout, stderr } = await live([], environment);
      expect({ code, stderr }).toEqual({ code: 100, stderr: '' });
      expect(stdout).toContain(`${CLUSTER}\n  rolls 1 group of nodes: nodes\n  ~ InstanceGroup nodes\n`);
      expect(stdout).toContain('    rolls its machines\n      - spec.rootVolumeSize  77\n');
      expect(stdout).toMatch(/\n {4}no restart.*\n {6}~ spec\.maxSize {2}5 → 2\n/);
      expect(stdout).not.toContain('other');
    }
  });
});

test('what somebody edited of the cluster, and a group that is no longer wanted', async () => {
  const edit = (text: string) =>
    text.replace(/^ {2}kubeProxy:$/m, '  kubeAPIServer:\n    auditLogMaxAge: 9\n  kubeProxy:');
  const gone = `${CLUSTER}/instancegroup/gone`;
  const group = await project.ground.storeObject(`${CLUSTER}/instancegroup/other`);
  await project.ground.putStoreObject(gone, group.replace('name: other', 'name: gone'));
  await whileEdited('config', edit, async () => {
    const { stdout } = await live(['--json']);
    const [difference] = JSON.parse(stdout).clusters;
    expect(difference.objects.map(({ name, fate }: { name: string; fate: string }) => [name, fate])).toEqual([
      [CLUSTER, 'changed'],
      ['gone', 'removed'],
    ]);
    expect(difference.objects[0].changes).toEqual([
      { field: 'spec.kubeAPIServer.auditLogMaxAge', from: 9, effect: 'rolls-control-plane' },
    ]);
    expect(difference.effects).toMatchObject({ worst: 'rolls-control-plane', goneGroups: ['gone'] });
  });
  await project.ground.removeStoreObject(gone);
});

test('what kops fills in where a manifest leaves it out is no difference', async () => {
  const name = 'left.k8s.local';
  const manifest = [
    ...['apiVersion: kops/v1alpha2', 'kind: Cluster', 'metadata:', `  name: ${name}`, 'spec:'],
    ...[
      '  cloudProvider: aws',
      '  kubernetesVersion: 1.35.5',
      '  channel: none',
      '  networking: {cilium: {enableNodePort: no}}',
    ],
    ...['  kubernetesApiAccess: [0.0.0.0/0]', '  sshAccess: []', '  kubelet: {runtimeRequestTimeout: 90s}'],
    ...['  iam: {allowContainerRegistry: true}', '  topology: {dns: {type: None}}', '  subnets:'],
    ...[
      '  - {name: us-east-1b, zone: us-east-1b, type: Public}',
      '  - {name: us-east-1a, zone: us-east-1a, type: Public}',
    ],
    ...['  etcdClusters:', '  - name: main', '    memoryRequest: 1024Mi'],
    ...['    etcdMembers: [{name: a, instanceGroup: control-plane}]', '  - name: events'],
    ...[
      '    etcdMembers: [{name: a, instanceGroup: control-plane}]',
      '---',
      'apiVersion: kops.k8s.io/v1alpha2',
    ],
    ...[
      'kind: InstanceGroup',
      'metadata:',
      '  name: control-plane',
      `  labels: {kops.k8s.io/cluster: ${name}}`,
    ],
    ...[
      'spec: {role: ControlPlane, machineType: t3.medium, subnets: [us-east-1a], nodeLabels: {}, maxSize: 1, minSize: 1}',
    ],
    '',
  ];
  const files = path.join(folder, 'clusters', name);
  fs.mkdirSync(files);
  fs.writeFileSync(path.join(files, 'kops.yaml'), manifest.join('\n'));
  const jobs = `.cluster:${name}:\n  variables:\n    KOPS_STATE_STORE: ${project.ground.store}\n`;
  fs.writeFileSync(path.join(files, 'pipeline.yml'), jobs);
  await kops('replace', '--force', '-f', path.join(files, 'kops.yaml'));
  expect(await project.ground.storeObject(`${name}/config`)).toMatch(/^ {2}networkCIDR: 172/m);
  for (const environment of [{}, withoutKops()]) {
    const { code, stdout, stderr } = await live([name], environment);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'no cluster differs from what is live\n',
      stderr: '',
    });
  }
});

describe('of several clusters', () => {
  beforeAll(() => {
    project.push({ nodes: { nodes: {}, other: {} }, clusters: [CLUSTER, NEW] });
    folder = projectIn(project.pipeline().folder);
  });

  test('one that is not there yet is new', async () => {
    for (const environment of [{}, withoutKops()]) {
      const { code, stdout, stderr } = await live([], environment);
      expect({ code, stderr }).toEqual({ code: 100, stderr: '' });
      expect(stdout).toMatch(
        new RegExp(
          `^${NEW} \\(new\\)\n {2}\\+ Cluster\n(?: {2}\\+ InstanceGroup \\S+\n)+\n1 cluster differs`,
        ),
      );
    }
  });

  test('one that may not be read is an error, and the others are told', async () => {
    project.ground.cloud.judge = ({ side, what }) =>
      side === 'store' && what.includes(`/${CLUSTER}/`) ? 'deny' : 'pass';
    try {
      for (const environment of [{}, withoutKops()]) {
        const { code, stdout, stderr } = await live([], environment);
        expect(code).toBe(1);
        expect(stdout).toContain(`${NEW} (new)\n`);
        expect(stderr).toMatch(
          new RegExp(
            `^error ${CLUSTER}: (kops|aws) failed: .*AccessDenied.*: your own credentials have to read s3://\\S+, as its role for plans does\n$`,
          ),
        );
        expect(stderr.split('\n')).toHaveLength(2);
      }
    } finally {
      project.ground.cloud.judge = () => 'pass';
    }
  });

  test('without credentials, or with a bucket that is not there, all are errors', async () => {
    const none = {
      S3_ACCESS_KEY_ID: undefined,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
    };
    for (const environment of [{}, withoutKops()]) {
      const { code, stdout, stderr } = await live([], {
        ...environment,
        ...none,
        S3_SECRET_ACCESS_KEY: undefined,
      });
      expect({ code, stdout }).toEqual({
        code: 1,
        stdout: 'no cluster that could be read differs from what is live\n',
      });
      expect(stderr).toMatch(/error c1\.k8s\.local: .*credentials.*\nerror c2\.k8s\.local: /);
      const file = path.join(folder, 'clusters', NEW, 'pipeline.yml');
      const jobs = fs.readFileSync(file, 'utf8');
      fs.writeFileSync(
        file,
        jobs.replace(/KOPS_STATE_STORE: .*/, 'KOPS_STATE_STORE: s3://there-is-no-such-bucket'),
      );
      const missing = await live([NEW], environment);
      fs.writeFileSync(file, jobs);
      expect(missing.code).toBe(1);
      expect(missing.stderr).toMatch(/^error c2\.k8s\.local: (?:kops|aws) failed: .*NoSuchBucket/);
    }
  });

  test('a store that does not answer costs the time that was given', async () => {
    let release = () => {};
    const held = new Promise<'pass'>((resolve) => {
      release = () => resolve('pass');
    });
    project.ground.cloud.judge = ({ what }) => (what.includes(`/${CLUSTER}/`) ? held : 'pass');
    try {
      const { code, stdout, stderr } = await live(['--timeout', '4']);
      expect(code).toBe(1);
      expect(stdout).toContain(`${NEW} (new)\n`);
      expect(stderr).toContain(`error ${CLUSTER}: kops gave no answer within 4 seconds (--timeout)`);
    } finally {
      project.ground.cloud.judge = () => 'pass';
      release();
    }
  });
});
