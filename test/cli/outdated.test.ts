import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChannel } from '../../src/cli/read-channel';
import { KNOWN_RELEASES } from '../../src/kops/upgrades';
import { fleetText, Project } from './support/project';
import { type Answer, Releases } from './support/releases';

afterAll(() => {
  Project.removeAll();
  Releases.closeAll();
});

const A = 'a.k8s.local';
/** No clock, no committed data: what is printed changes with neither. */
const TODAY = ['--today', '2026-12-01'];

/** A channel by which kOps 1.36.2 and Kubernetes 1.35.5 are old. */
const CHANNEL = `
spec:
  kubernetesVersions:
  - range: ">=1.36.0"
    recommendedVersion: 1.36.8
  - range: ">=1.35.0"
    recommendedVersion: 1.35.8
    requiredVersion: 1.35.6
  kopsVersions:
  - range: ">=1.36.0-alpha.1"
    recommendedVersion: "1.36.5"
`;

/** A project whose channel says so. */
function withChannel(fleet?: string, channel = CHANNEL): Project {
  const project = new Project(fleet);
  project.write('channels/mine', channel);
  return project;
}

const outdated = (project: Project, ...args: readonly string[]) =>
  project.cdkops(['outdated', ...TODAY, ...args]);
const byMine = (project: Project, ...args: readonly string[]) =>
  outdated(project, '--channel', 'channels/mine', ...args);

test('one line a cluster, below it what to do and of which day that is; nothing is written', async () => {
  const project = withChannel(fleetText([A, 'b.k8s.local']));
  const state = project.state();
  const { code, stdout, stderr } = await byMine(project);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { kops, kubernetes } = KNOWN_RELEASES;
  expect(stdout).toBe(
    [
      'wave  cluster      kOps             Kubernetes                        next    end of life',
      'dev   a.k8s.local  1.36.2 → 1.36.5  1.35.5 → 1.35.8, at least 1.35.6  1.36.8  2027-02-28, in 89 days  required',
      'dev   b.k8s.local  1.36.2 → 1.36.5  1.35.5 → 1.35.8, at least 1.35.6  1.36.8  2027-02-28, in 89 days  required',
      '',
      'required kOps refuses Kubernetes 1.35.5, its channel asks for 1.35.6 or later: take 1.35.8',
      '  a.k8s.local, b.k8s.local',
      'newer kOps 1.36.2 is not the newest: take 1.36.5',
      '  a.k8s.local, b.k8s.local',
      '',
      'Change kops or kubernetesVersion in the code, synthesise, roll out wave by wave: kOps first, unless it says otherwise above.',
      '',
      '2 clusters: 2 required',
      `channel channels/mine, read now, kOps's releases as of ${kops.asOf}, ends of life as of ${kubernetes.asOf}, seen from 2026-12-01`,
      '',
    ].join('\n'),
  );
  expect(project.state()).toEqual(state);
});

test('offline, by what ships with the package; it says of which day that is, and how to hear more', async () => {
  // A fetch would fail loudly.
  const project = new Project();
  project.write('no-network.cjs', 'globalThis.fetch = () => { throw new Error("asked the network"); };');
  const { code, stdout, stderr } = await project.cdkops(['outdated', '--today', '2026-09-01'], {
    preload: project.path('no-network.cjs'),
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { kops, kubernetes } = KNOWN_RELEASES;
  expect(stdout).toContain('2027-02-28, in 180 days');
  expect(stdout).toContain(
    `kOps's channel stable and releases as of ${kops.asOf}, ends of life as of ${kubernetes.asOf}, seen from 2026-09-01\n`,
  );
  expect(stdout).toMatch(/npx cdkops outdated --online asks kOps\.\n$/);
});

test('the day is that of the clock where none is given', async () => {
  const [before, { stdout }, after] = [
    new Date().toISOString().slice(0, 10),
    await new Project().cdkops(['outdated', '--json']),
    new Date().toISOString().slice(0, 10),
  ];
  expect([before, after]).toContain(JSON.parse(stdout).today);
});

/** The manifest of a cluster, by hand. */
const manifest = (name: string, kubernetes: string) => `
apiVersion: kops.k8s.io/v1alpha2
kind: Cluster
metadata:
  name: ${name}
spec:
  configBase: s3://acme-kops-state/${name}
  ${kubernetes}
  api:
    loadBalancer:
      type: Public
  authorization:
    rbac: {}
  cloudProvider: aws
  etcdClusters:
  - name: main
    etcdMembers: [{ name: a, instanceGroup: control-plane }]
  - name: events
    etcdMembers: [{ name: a, instanceGroup: control-plane }]
  networkCIDR: 172.20.0.0/16
  networking:
    cni: {}
  subnets:
  - { name: a, cidr: 172.20.32.0/19, type: Public, zone: eu-central-1a }
  topology:
    dns:
      type: Private
---
apiVersion: kops.k8s.io/v1alpha2
kind: InstanceGroup
metadata:
  name: control-plane
  labels:
    kops.k8s.io/cluster: ${name}
spec:
  image: ssm:/some/image
  machineType: t3.medium
  maxSize: 1
  minSize: 1
  role: Master
  subnets: [a]
---
apiVersion: kops.k8s.io/v1alpha2
kind: InstanceGroup
metadata:
  name: nodes
  labels:
    kops.k8s.io/cluster: ${name}
spec:
  image: ssm:/some/image
  machineType: t3.medium
  maxSize: 1
  minSize: 1
  role: Node
  subnets: [a]
`;

/** One cluster of each kind, and two waves with a kOps each. */
const KINDS = `
import { Cluster, Fleet, ManifestCluster, StateStore, TemplateCluster, Wave } from 'cdkops';
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
  pipeline: false,
});
const dev = new Wave(fleet, 'dev');
new Cluster(dev, 'old.k8s.local', { zones: ['eu-central-1a'], kops: '1.34.3', kubernetesVersion: 'v1.33.12' });
new Cluster(dev, 'short.k8s.local', { zones: ['eu-central-1a'], kubernetesVersion: '1.35' });
new Cluster(dev, 'gone.k8s.local', { zones: ['eu-central-1a'], retired: true });
const prod = new Wave(fleet, 'prod', { kops: '1.36.0-beta.1' });
new ManifestCluster(prod, 'hand.k8s.local', { manifest: 'manifests/hand.yaml' });
new ManifestCluster(prod, 'bare.k8s.local', { manifest: 'manifests/bare.yaml' });
new TemplateCluster(prod, 'made.k8s.local', { template: ['templates/cluster.yaml'], kops: '1.36.5' });
`;

function kinds(): Project {
  const project = withChannel(KINDS);
  project.write('manifests/hand.yaml', manifest('hand.k8s.local', 'kubernetesVersion: 1.35.8').trimStart());
  project.write('manifests/bare.yaml', manifest('bare.k8s.local', '').replace('\n  \n', '\n').trimStart());
  project.write('templates/cluster.yaml', 'kind: Cluster\n');
  return project;
}

test('all kinds of clusters, in a fleet without a pipeline: JSON for programs', async () => {
  const { code, stdout, stderr } = await byMine(kinds(), '--json', '--within', '10');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { kops, kubernetes } = KNOWN_RELEASES;
  const { clusters, ...rest } = JSON.parse(stdout);
  expect(rest).toEqual({
    format: 1,
    today: '2026-12-01',
    within: 10,
    sources: {
      channel: { name: 'channels/mine', asOf: null },
      kopsReleases: { asOf: kops.asOf },
      endOfLife: { asOf: kubernetes.asOf },
    },
  });
  expect(clusters.map(({ wave, name, status }: Record<string, string>) => [wave, name, status])).toEqual([
    ['dev', 'old.k8s.local', 'required'],
    ['dev', 'short.k8s.local', 'required'],
    ['dev', 'gone.k8s.local', 'retired'],
    ['prod', 'hand.k8s.local', 'newer'],
    ['prod', 'bare.k8s.local', 'newer'],
    ['prod', 'made.k8s.local', 'unknown'],
  ]);
  const [old, short, gone, hand, bare, made] = clusters;
  expect(old).toEqual({
    wave: 'dev',
    name: 'old.k8s.local',
    status: 'required',
    kops: {
      version: '1.34.3',
      newest: '1.36.5',
      upgrade: '1.36.5',
      required: null,
      maintained: false,
      endedOn: '2026-07-15',
    },
    kubernetes: {
      version: 'v1.33.12',
      upgrade: null,
      required: null,
      next: null,
      endOfLife: { date: '2026-06-28', days: -156 },
      kopsSupport: 'supported',
    },
    advice: [
      {
        level: 'required',
        code: 'kops-ended',
        message: 'kOps 1.34 has had no fixes since kOps 1.36 came out, on 2026-07-15: take 1.36.5',
      },
      {
        level: 'required',
        code: 'kubernetes-ended',
        message: 'Kubernetes 1.33 has had no fixes since 2026-06-28: take 1.34',
      },
    ],
  });
  expect(short.kubernetes).toMatchObject({ version: '1.35', upgrade: '1.35.8', required: '1.35.6' });
  expect(short.kubernetes.next).toEqual({ version: '1.36.8', needsNewerKops: false });
  expect(gone).toMatchObject({ kops: { version: '1.36.2', upgrade: null }, advice: [] });
  expect(hand).toMatchObject({ kops: { version: '1.36.0-beta.1', upgrade: '1.36.5' } });
  expect(hand.kubernetes).toMatchObject({ version: '1.35.8', upgrade: null, endOfLife: { days: 89 } });
  const nothing = {
    version: null,
    upgrade: null,
    required: null,
    next: null,
    endOfLife: null,
    kopsSupport: null,
  };
  expect([bare.kubernetes, made.kubernetes]).toEqual([nothing, nothing]);
  expect(made.kops).toMatchObject({ version: '1.36.5', upgrade: null, maintained: true });
});

test('the same as a table: what is not known, what is retired, what ended', async () => {
  const { stdout } = await byMine(kinds(), '--within', '10');
  expect(stdout).toMatch(
    /^dev +old\.k8s\.local +1\.34\.3 → 1\.36\.5 +v1\.33\.12 +- +2026-06-28, 156 days ago +required$/m,
  );
  expect(stdout).toMatch(/^dev +gone\.k8s\.local +1\.36\.2 +1\.35\.5 +- +- +retired$/m);
  expect(stdout).toMatch(/^prod +made\.k8s\.local +1\.36\.5 +- +- +- +unknown$/m);
  expect(stdout).toContain('unknown the Kubernetes version is not known here');
  expect(stdout).toContain('\n  bare.k8s.local, made.k8s.local\n');
  expect(stdout).toContain('6 clusters: 2 required, 2 newer, 1 unknown, 1 retired\n');
});

test('one cluster alone; one that is not there', async () => {
  const project = withChannel(fleetText([A, 'b.k8s.local']));
  const { stdout } = await byMine(project, 'b.k8s.local', '--json');
  expect(JSON.parse(stdout).clusters.map(({ name }: { name: string }) => name)).toEqual(['b.k8s.local']);
  expect(await byMine(project, 'b.k8s.locol')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error the fleet has no cluster "b.k8s.locol"; did you mean b.k8s.local?\n',
  });
});

test('of many clusters of which the same is said some are named', async () => {
  const names = Array.from({ length: 7 }, (_, index) => `c${index}.k8s.local`);
  const { stdout } = await byMine(withChannel(fleetText(names)));
  expect(stdout).toContain(`\n  ${names.slice(0, 5).join(', ')} and 2 more\n`);
  for (const name of names) expect(stdout).toMatch(new RegExp(`^dev +${name} `, 'm'));
});

test.each([
  ['nothing is old', 'kopsVersions: [{}]', '2026-12-01', 0],
  ['a kOps is newer', 'kopsVersions: [{recommendedVersion: 1.36.5}]', '2026-12-01', 100],
  ['an end of life is near', 'kopsVersions: [{}]', '2027-01-01', 100],
  ['a version is required', 'kopsVersions: [{requiredVersion: 1.36.5}]', '2026-12-01', 101],
  ['an end of life is past', 'kopsVersions: [{}]', '2027-03-01', 101],
])('--fail where %s', async (_, spec, today, code) => {
  const project = withChannel(undefined, `spec: { ${spec} }`);
  const args = ['outdated', '--channel', './channels/mine', '--today', today, '--within', '60'];
  const result = await project.cdkops([...args, '--fail']);
  expect({ code: result.code, stderr: result.stderr }).toEqual({ code, stderr: '' });
  expect((await project.cdkops(args)).code).toBe(0);
});

test('nothing to do: no advice is printed', async () => {
  const { stdout } = await byMine(withChannel(undefined, 'spec: { kopsVersions: [{}] }'), '--within', '0');
  expect(stdout).toMatch(/^wave .*\ndev .* current\n\n1 cluster: 1 current\n/);
});

describe('a channel from elsewhere', () => {
  const good: Answer = (_, response) => response.end(CHANNEL);

  test('an address, after a redirect; a file by its address', async () => {
    const project = withChannel();
    const { url } = await Releases.start((asked, response) => {
      if (asked === '/kops/stable') response.writeHead(302, { location: '/moved' }).end();
      else good(asked, response);
    });
    for (const channel of [`${url}/stable`, pathToFileURL(project.path('channels/mine')).href]) {
      const { code, stdout, stderr } = await outdated(project, '--channel', channel, '--json');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(JSON.parse(stdout).sources.channel).toEqual({ name: channel, asOf: null });
      expect(JSON.parse(stdout).clusters[0].kops.upgrade).toBe('1.36.5');
    }
  });

  test.each<[string, Answer, string]>([
    ['there is none', (_, response) => response.writeHead(404).end(), 'kOps has stable and alpha'],
    [
      'the server fails',
      (_, response) => response.writeHead(503).end(),
      'answers with status 503: try again later',
    ],
    [
      'a page of HTML comes',
      (_, response) => response.end('<html>'),
      'is a web page and no channel: does a proxy',
    ],
    ['it is no YAML', (_, response) => response.end('a: ['), 'is no YAML'],
    ['it is another file', (_, response) => response.end('kind: Cluster'), 'expected a channel of kOps'],
    ['it is too long', (_, response) => response.end('x'.repeat(1_100_000)), 'longer than 1048576 bytes'],
    ['nothing is answered', () => {}, 'no answer within 1 seconds; try again later, or leave --online and'],
    ['it stops half-way', (_, response) => void response.write('spec:'), 'no answer within 1 seconds'],
    ['the connection is cut', (_, response) => response.destroy(), 'cannot read http://127.0.0.1'],
  ])('fails with a message where %s', async (_, answer, message) => {
    const { url } = await Releases.start(answer);
    const channel = `${url}/stable`;
    const { code, stdout, stderr } = await outdated(new Project(), '--channel', channel, '--timeout', '1');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error .*\n$/);
    expect(stderr).toContain(message);
    expect(stderr).toContain(channel);
  });

  test('says that a proxy is not used, and what to do without a network', async () => {
    const env = { HTTPS_PROXY: 'http://127.0.0.1:1', NODE_USE_ENV_PROXY: '' };
    const { stderr } = await new Project().cdkops(['outdated', '--channel', 'http://127.0.0.1:1/stable'], {
      env,
    });
    expect(stderr).toContain('the proxy of your environment is not used');
    expect(stderr).toContain('leave --online and --channel out');
  });

  test.each([
    ['channels/none', 'cannot read the channel channels/none: there is no such file'],
    ['./channels', 'cannot read the channel ./channels: '],
    ['channels/broken', 'channels/broken: spec.kopsVersions[0].range: expected a range'],
  ])('fails with a message of the file %s', async (channel, message) => {
    const project = withChannel();
    project.write('channels/broken', 'spec: { kopsVersions: [{ range: all }] }');
    const { code, stdout, stderr } = await outdated(project, '--channel', channel);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`error ${message}`);
  });

  test('kOps has names for its own; what has a dot or a slash is a file', () => {
    const base = 'https://raw.githubusercontent.com/kubernetes/kops/master/channels';
    expect(findChannel('stable')).toEqual({ name: 'stable', url: `${base}/stable` });
    expect(findChannel('alpha').url).toBe(`${base}/alpha`);
    expect(findChannel('./stable')).toEqual({ name: './stable', file: path.resolve('stable') });
    expect(findChannel('stable.yaml').file).toBe(path.resolve('stable.yaml'));
    expect(findChannel('file:///a%20b').file).toBe('/a b');
    expect(findChannel('HTTPS://example.com/stable').url).toBe('HTTPS://example.com/stable');
  });

  test.each(['s3://bucket/stable', 'https://me:secret@example.com/stable', 'https://', 'file://host/x'])(
    'refuses %s',
    (channel) => {
      expect(() => findChannel(channel)).toThrow(/^--channel: expected stable, alpha, an address/);
    },
  );

  test('--online asks the channel stable of kOps', async () => {
    const project = new Project();
    project.write('fetch.cjs', 'globalThis.fetch = async (url) => new Response("no channel: " + url);');
    const { code, stderr } = await project.cdkops(['outdated', '--online'], {
      preload: project.path('fetch.cjs'),
    });
    const url = 'https://raw.githubusercontent.com/kubernetes/kops/master/channels/stable';
    expect(code).toBe(1);
    expect(stderr).toBe(
      `error stable (${url}): expected a channel of kOps, with a field spec, got undefined for it\n`,
    );
  });

  test('the file is found where the command runs, wherever the code of the fleet goes', async () => {
    const project = withChannel(`process.chdir('/');\n${fleetText()}`);
    expect((await byMine(project)).stderr).toBe('');
  });
});

test('says nothing of versions where synth refuses the fleet', async () => {
  const project = withChannel(fleetText([A], 'plansInMergeRequests: 3 as any,'));
  const { code, stdout, stderr } = await byMine(project);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('plansInMergeRequests: expected true or false');
});

test.each([
  [['--today', '2026-02-30'], 'expected a day such as 2026-11-23'],
  [['--within', '-1'], 'expected a number of days'],
  [['--within', 'soon'], 'expected a number of days'],
  [['--channel', ''], 'expected stable, alpha, an address or a file'],
  [['--timeout', '0'], 'expected a number of seconds'],
])('wrong use: %j', async (args, message) => {
  const { code, stdout, stderr } = await new Project().cdkops(['outdated', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('--help has examples, exit codes and what the statuses mean', async () => {
  const { code, stdout } = await new Project().cdkops(['outdated', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('Examples:\n  npx cdkops outdated ');
  for (const part of ['required', 'soon', 'newer', 'unknown', 'retired', '100', '101'])
    expect(stdout).toContain(part);
});
