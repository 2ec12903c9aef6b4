import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Cluster, Fleet, ManifestCluster, SshCredential, StateStore, Wave } from '../../src';
import { synthesise } from '../../src/synth';

const NAME = 'hand.k8s.example.com';
const FILE = 'manifests/hand.yaml';
const PIPELINE = `clusters/${NAME}/pipeline.yml`;
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIU8N7q0fVWNKcGpVNGZjqvwVBcHwPAJbSZGpOVzVw5C me';

let root = '';
beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-manifest-')));
});
afterEach(() => fs.rmSync(root, { recursive: true }));

const newFleet = () =>
  new Fleet({ stateStore: StateStore.s3('state'), kops: '1.36.2', kubernetesVersion: '1.35.5' });

/** The manifest of a cluster with an SSH key, as synth writes it, without its header. */
const MANIFEST = (() => {
  const fleet = newFleet();
  const cluster = new Cluster(new Wave(fleet, 'dev'), NAME, { zones: ['eu-central-1a'] });
  new SshCredential(cluster, 'admin', { publicKey: KEY });
  const [, , ...lines] = (synthesise(fleet).files.get(`clusters/${NAME}/kops.yaml`) ?? '').split('\n');
  return lines.join('\n');
})();

function write(file: string, text: string | Buffer): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
}

const of = (props: object = {}, name = NAME) => {
  const fleet = newFleet();
  new ManifestCluster(new Wave(fleet, 'dev'), name, { manifest: FILE, ...props });
  return synthesise(fleet, undefined, { root });
};

const said = (props?: object, name?: string) =>
  of(props, name).findings.map(({ field = '', message, severity }) => `${severity} ${field}: ${message}`);

/** What is said of a manifest in which something was replaced. */
const saidOf = (from: string | RegExp, to: string) => {
  const text = MANIFEST.replace(from, to);
  expect(text).not.toBe(MANIFEST);
  write(FILE, text);
  return said();
};

test('has the jobs of any cluster, and no kops.yaml', () => {
  write(FILE, MANIFEST);
  const { files, findings, overview } = of();
  expect(findings).toEqual([]);
  expect(overview.waves[0]?.clusters).toEqual([
    { name: NAME, kops: '1.36.2', kubernetes: '1.35.5', instanceGroups: 2, isRetired: false },
  ]);
  expect([...files.keys()].filter((file) => file.includes(NAME))).toEqual([PIPELINE]);
  const jobs = files.get(PIPELINE);
  expect(jobs).toContain(`CDKOPS_MANIFEST: ${FILE}\n`);
  expect(jobs).toContain(`CDKOPS_CONFIG_BASE: s3://state/${NAME}\n`);
  expect(jobs).toMatch(new RegExp(`^ +- ${FILE}\n +- ${PIPELINE}$`, 'm'));
  expect(files.get('.gitlab-ci.yml')).toContain(`local: /${PIPELINE}`);
});

test('its digest is that of the same cluster in constructs, and knows comments and layout from data', () => {
  const digestOf = (text: string) => {
    write(FILE, text);
    return /CDKOPS_MANIFEST_DIGEST: (\S+)/.exec(of().files.get(PIPELINE) ?? '')?.[1];
  };
  const fleet = newFleet();
  const cluster = new Cluster(new Wave(fleet, 'dev'), NAME, { zones: ['eu-central-1a'] });
  new SshCredential(cluster, 'admin', { publicKey: KEY });
  const wanted = digestOf(MANIFEST);
  expect(synthesise(fleet).files.get(PIPELINE)).toContain(wanted);
  expect(digestOf(`# mine\n${MANIFEST.replace('channel: stable', "channel:   'stable' # really")}`)).toBe(
    wanted,
  );
  expect(digestOf(MANIFEST.replace('channel: stable', 'channel: alpha'))).not.toBe(wanted);
});

test('takes settings of its own and of the wave', () => {
  write(FILE, MANIFEST);
  const jobs = of({ kops: '1.35.3', useKubeconfig: true, retired: true }).files.get(PIPELINE);
  expect(jobs).toContain('KOPS_VERSION: 1.35.3');
  expect(jobs).toContain('CDKOPS_USE_KUBECONFIG: "true"');
  expect(jobs).toContain('CDKOPS_RETIRED: "true"');
});

describe('says with file, line and field', () => {
  test.each<[string, string | RegExp, string, RegExp]>([
    [
      'that configBase is missing, and which line to add',
      /^ {2}configBase: .*\n/m,
      '',
      /^error manifests\/hand\.yaml:5 › spec\.configBase: is missing.* add the line " {2}configBase: s3:\/\/state\/hand\.k8s\.example\.com" below "spec:"$/,
    ],
    [
      'that configBase is empty',
      /configBase: .*/,
      'configBase: ""',
      /^error manifests\/hand\.yaml:\d+ › spec\.configBase: is missing/,
    ],
    [
      'that configBase is that of another cluster',
      /configBase: .*/,
      'configBase: s3://state/other.example.com',
      /^error .*spec\.configBase: is the place of another cluster in the state store: expected s3:\/\/state\/hand/,
    ],
    [
      'that configBase is elsewhere',
      /configBase: .*/,
      'configBase: s3://old/hand.k8s.example.com/',
      /^warning .*spec\.configBase: is s3:\/\/old\/hand\.k8s\.example\.com, but the state store/,
    ],
    [
      'that kubernetesVersion is missing',
      /^ {2}kubernetesVersion: .*\n/m,
      '',
      /^warning .*spec\.kubernetesVersion: is missing: kOps would take/,
    ],
    [
      'that the cluster has another name',
      `name: ${NAME}\n`,
      'name: other.example.com\n',
      /^error manifests\/hand\.yaml:4 › metadata\.name: expected hand\.k8s\.example\.com.* got the string "other/,
    ],
    [
      'that a name is no text',
      `name: ${NAME}\n`,
      'name: 12\n',
      /^error manifests\/hand\.yaml:4 › metadata\.name: expected .*got the number 12/,
    ],
    [
      'that a label names another cluster',
      `kops.k8s.io/cluster: ${NAME}`,
      'kops.k8s.io/cluster: other.example.com',
      /^error manifests\/hand\.yaml:\d+ › InstanceGroup control-plane-eu-central-1a › metadata\.labels\[kops\.k8s\.io\/cluster\]: expected hand/,
    ],
    [
      'that a kind is none that kOps replaces',
      'kind: InstanceGroup',
      'kind: ConfigMap',
      /^error manifests\/hand\.yaml:\d+ › .*kind: kOps replaces objects of the kinds Cluster, InstanceGroup, SSHCredential, got the string "ConfigMap"/,
    ],
    [
      'that there is no Cluster',
      'kind: Cluster',
      'kind: InstanceGroup',
      /there is no Cluster in the file: expected one named hand/,
    ],
    [
      'that a field is unknown',
      'channel: stable',
      'chanel: stable',
      /^error manifests\/hand\.yaml:\d+ › spec\.chanel: .*did you mean channel\?/,
    ],
    [
      'that a field has another type',
      'minSize: 1',
      'minSize: "1"',
      /^error manifests\/hand\.yaml:\d+ › InstanceGroup .* › spec\.minSize: expected .*, got the string "1"/,
    ],
    [
      'what a rule says of a group',
      /^ {2}subnets:\n {2}- eu-central-1a$/m,
      '  subnets:\n  - nowhere',
      /^error manifests\/hand\.yaml:\d+ › InstanceGroup control-plane-eu-central-1a › spec\.subnets\[0\]: .*nowhere/,
    ],
    [
      'what a rule says of the cluster',
      'kubernetesVersion: 1.35.5',
      'kubernetesVersion: 1.99.0',
      /^error manifests\/hand\.yaml:\d+ › spec\.kubernetesVersion: kOps 1\.36\.2 runs Kubernetes 1\.36 at most/,
    ],
    [
      'what a rule says of a key',
      KEY,
      'nonsense',
      /^error manifests\/hand\.yaml:\d+ › SSHCredential admin › spec\.publicKey: is no public SSH key/,
    ],
    [
      'a duplicate key',
      'channel: stable',
      'channel: stable\n  channel: alpha',
      /^error manifests\/hand\.yaml:\d+: is no YAML.*unique/,
    ],
    ['a null in a list', '- eu-central-1a', '- null', /null has no meaning in a list/],
  ])('%s', (_, from, to, message) => {
    expect(saidOf(from, to).join('\n')).toMatch(new RegExp(message, 'm'));
  });

  test('the same of two groups of one name', () => {
    write(FILE, MANIFEST.replace('name: nodes-eu-central-1a', 'name: control-plane-eu-central-1a'));
    expect(said().join('\n')).toMatch(/twice: it is line \d+, too/);
  });

  test('two Clusters', () => {
    write(FILE, `${MANIFEST}---\n${MANIFEST.split('---\n')[0]}`);
    expect(said().join('\n')).toContain('there is a Cluster already');
  });
});

describe('says of the file', () => {
  test('that it is not there, and where it was looked for', () => {
    expect(said()).toEqual([
      `error manifest: there is no ${FILE} (looked for ${path.join(root, FILE)}): paths are relative to the project`,
    ]);
  });

  test.each([
    ['../hand.yaml', /expected the path of a file in the project/],
    ['/etc/passwd', /expected the path of a file in the project/],
    ['my manifests/hand.yaml', /without blanks/],
    ['manifests/*.yaml', /without blanks and pattern characters/],
    ['manifests/$CI_TOKEN', /without blanks and pattern characters/],
    ['-hand.yaml', /expected the path/],
    ['', /expected the path/],
    ['manifests', /manifests is a folder: expected a file/],
  ])('that %j is no path of one', (manifest, message) => {
    write(FILE, MANIFEST);
    expect(said({ manifest })).toEqual([expect.stringMatching(message)]);
  });

  test('that it is a link', () => {
    write('elsewhere.yaml', MANIFEST);
    fs.mkdirSync(path.join(root, 'manifests'));
    fs.symlinkSync('../elsewhere.yaml', path.join(root, FILE));
    expect(said()).toEqual([expect.stringContaining('elsewhere.yaml: write the path of the file itself')]);
  });

  test('that synth wrote it', () => {
    write(FILE, `# Generated by cdkops from clusters/fleet.ts: do not edit\n${MANIFEST}`);
    expect(said()).toEqual([expect.stringContaining('is a file that synth wrote')]);
  });

  test('that it is no text, or far too much', () => {
    write(FILE, Buffer.from([0x61, 0x3a, 0xff]));
    expect(said()).toEqual([expect.stringContaining(`${FILE} cannot be read`)]);
    write(FILE, 'a'.repeat(5 * 1024 * 1024));
    expect(said()).toEqual([expect.stringContaining('is larger than')]);
  });

  test('nothing where its path has dots that lead nowhere else', () => {
    write(FILE, MANIFEST);
    expect(said({ manifest: `./manifests/../${FILE}` })).toEqual([]);
  });
});

describe('says of the construct', () => {
  test.each<[string, object, string, RegExp]>([
    [
      'an unknown prop',
      { manifst: 1 },
      NAME,
      /manifst: there is nothing of this name to set; did you mean manifest\?/,
    ],
    ['a missing manifest', { manifest: undefined }, NAME, /manifest: is missing: expected a string/],
    [
      'a kOps version that is unknown',
      { kops: '1.2.3' },
      NAME,
      /kops: cdkops knows kOps 1\.26 to 1\.36, got "1\.2\.3"/,
    ],
    ['a name that is none', {}, 'Hand $(x)', /expected a DNS name/],
  ])('%s', (_, props, name, message) => {
    write(FILE, MANIFEST);
    expect(said(props, name).join('\n')).toMatch(message);
  });

  test('that store and version are missing', () => {
    write(FILE, MANIFEST);
    const fleet = new Fleet();
    new ManifestCluster(new Wave(fleet, 'dev'), NAME, { manifest: FILE });
    const fields = synthesise(fleet, undefined, { root }).findings.map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['stateStore', 'kops']));
  });

  test('that another cluster has its name, that it is in no wave, or in a cluster', () => {
    write(FILE, MANIFEST);
    const fleet = newFleet();
    const wave = new Wave(fleet, 'dev');
    const cluster = new Cluster(wave, NAME, { zones: ['eu-central-1a'] });
    new ManifestCluster(wave, NAME, { manifest: FILE });
    new ManifestCluster(fleet, 'a.example.com', { manifest: FILE });
    new ManifestCluster(cluster, 'b.example.com', { manifest: FILE });
    const { findings } = synthesise(fleet, undefined, { root });
    expect(findings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`would write ${PIPELINE}, which is that of dev/${NAME}`),
        expect.stringContaining('a cluster must be in a wave'),
        expect.stringContaining('a cluster cannot be inside a cluster'),
      ]),
    );
  });
});

test('is read at synth, not before, and from the project wherever the code went', () => {
  const fleet = newFleet();
  new ManifestCluster(new Wave(fleet, 'dev'), NAME, { manifest: FILE });
  write(FILE, MANIFEST);
  const before = process.cwd();
  process.chdir(os.tmpdir());
  try {
    expect(synthesise(fleet, undefined, { root }).findings).toEqual([]);
    expect(synthesise(fleet, undefined, { root }).findings).toEqual([]);
  } finally {
    process.chdir(before);
  }
});
