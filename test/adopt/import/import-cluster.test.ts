import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { StateStore } from '../../../src/kops';
import { codeLines, importText, SETTINGS } from './support';

const FIXTURES = path.join(__dirname, '../../kops/create-cluster/fixtures');
const manifests = fs.readdirSync(FIXTURES).filter((file) => file.endsWith('.yaml'));

const fixture = (name: string) => fs.readFileSync(path.join(FIXTURES, `${name}.yaml`), 'utf8');
const dataOf = (text: string) => parseAllDocuments(text).map((document) => document.toJS());

/** A manifest with one thing changed. */
function changed(name: string, from: string | RegExp, to: string): string {
  const text = fixture(name);
  const result = text.replace(from, to);
  if (result === text) throw new Error(`${name} has no ${from}`);
  return result;
}

describe.each(manifests)('%s of kops create cluster', (file) => {
  const text = fixture(path.basename(file, '.yaml'));

  test('becomes few lines of L2 code, without anything laid over', () => {
    const { text: code, level, left, findings } = importText(text);
    expect(level).toBe('L2');
    expect(codeLines(code)).toBeLessThanOrEqual(15);
    expect(left).toEqual([]);
    expect(code).not.toContain('spec:');
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each(['L1', 'L2'] as const)('gives the same documents in %s', (level) => {
    const { documents } = importText(text, { level });
    expect(new Set(documents)).toEqual(new Set(dataOf(text)));
  });
});

test('the file of a cluster', () => {
  const text = changed('private-3cp-cilium-bastion', 'cloudProvider: aws', 'cloudProvider: aws # for now');
  expect(importText(text).text).toBe(`import { Cluster, type Wave } from 'cdkops';

/** Imported from cluster.yaml. */
export function addCluster(wave: Wave): Cluster {
  // cloudProvider: for now
  return new Cluster(wave, 'c.k8s.local', {
    defaults: 'kops',
    zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    topology: 'private',
    image: 'ami-03cf127a',
    controlPlane: { machineType: 'm5.large', count: 3 },
    nodes: { machineType: 'm5.large', count: 6 },
    bastion: true,
  });
}
`);
});

describe('what the wave says', () => {
  const text = fixture('labels');

  test('is not said again', () => {
    const settings = { ...SETTINGS, defaults: 'kops' as const, image: 'ami-03cf127a' };
    const code = importText(text, { settings }).text;
    expect(code).not.toMatch(/defaults|image|kubernetesVersion|stateStore/);
  });

  test('is said otherwise where the cluster has it otherwise', () => {
    const settings = {
      stateStore: StateStore.s3('other'),
      kops: '1.35.2',
      kubernetesVersion: '1.34.1',
      networking: 'calico' as const,
      cloudLabels: { Owner: 'team a', stray: 'x' },
    };
    const { text: code, documents } = importText(text, { settings });
    expect(code).toContain("stateStore: StateStore.s3('kops-state')");
    expect(code).toContain("kubernetesVersion: '1.35.1'");
    expect(code).toContain("networking: 'cilium'");
    expect(code).toContain("cloudLabels: { Env: 'prod', stray: null }");
    expect(new Set(documents)).toEqual(new Set(dataOf(text)));
  });
});

describe('the place of the state', () => {
  const text = changed('labels', /^ *configBase: .*\n/m, '');

  test('is that of the wave, where the manifest does not say it', () => {
    const { documents, notes } = importText(text);
    expect(documents[0]?.spec.configBase).toBe('s3://kops-state/r.k8s.local');
    expect(notes).toEqual(['set spec.configBase to s3://kops-state/r.k8s.local']);
  });

  test('is where it was read, or said to be', () => {
    const { documents, text: code } = importText(text, { stateStore: 's3://elsewhere/team/' });
    expect(documents[0]?.spec.configBase).toBe('s3://elsewhere/team/r.k8s.local');
    expect(code).toContain("StateStore.s3('elsewhere', { prefix: 'team' })");
  });

  test('fails with the line where nobody says it', () => {
    const { stateStore: _none, ...settings } = SETTINGS;
    expect(() => importText(text, { settings })).toThrow(
      /^cluster\.yaml:\d+:\d+ r\.k8s\.local: spec\.configBase is missing, .* --state s3:\/\/bucket$/,
    );
  });

  test('can be one that no state store has', () => {
    const odd = changed('labels', /configBase: .*/, 'configBase: memfs://somewhere/else');
    expect(importText(odd).text).toContain("configBase: 'memfs://somewhere/else'");
  });
});

test('a cluster that names no Kubernetes version still names none', () => {
  const text = changed('labels', /^ *kubernetesVersion: .*\n/m, '');
  for (const level of ['L1', 'L2'] as const) {
    const { documents, text: code } = importText(text, { level });
    expect(documents[0]?.spec).not.toHaveProperty('kubernetesVersion');
    expect(code).toContain("{ op: 'remove', path: '/spec/kubernetesVersion' }");
  }
});

test('groups that differ by their zone alone are written once', () => {
  const text = fixture('public-3cp-calico').replaceAll('control-plane-us', 'master-us');
  const { text: code } = importText(text);
  expect(code).toContain("for (const zone of ['us-east-1a', 'us-east-1b', 'us-east-1c']) {");
  expect(code).toMatch(/new InstanceGroup\(cluster, `master-\$\{zone\}`, \{/);
});

test('members of etcd that were called otherwise keep their names', () => {
  const text = changed('public-1cp-cilium', /name: a\n/g, 'name: us-east-1a\n');
  const { text: code, level } = importText(text);
  expect(level).toBe('L2');
  expect(code).toContain('etcdClusters: [');
  expect(code).toContain("name: 'us-east-1a'");
});

test('a group with another size is a construct of its own, the others stay together', () => {
  const text = changed('public-3cp-calico', /(name: nodes-us-east-1c[\s\S]*?maxSize: )1/, '$19');
  const { text: code } = importText(text);
  expect(code).toMatch(/new NodeGroup\(cluster, .nodes-us-east-1c.*maxSize: 9/);
});

test('where L2 constructs would refuse what kOps takes, it is written field by field', () => {
  // A bastion in a public topology: kops create cluster refuses it, kOps does not.
  const bastion = `\n---\n\n${fixture('private-3cp-cilium-bastion').split('\n---\n').at(-1)}`;
  const text = `${fixture('public-1cp-cilium').trimEnd()}\n${bastion.replaceAll('c.k8s.local', 'a.k8s.local').replace(/subnets:\n[\s\S]*$/, 'subnets:\n  - us-east-1a\n')}`;
  const { level, findings, left } = importText(text);
  expect(level).toBe('L1');
  expect(left).toEqual(['the cluster is written field by field: L2 constructs would refuse what kOps takes']);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('other clouds are written field by field, and that is said', () => {
  const text = changed('public-1cp-cilium', 'cloudProvider: aws', 'cloudProvider: hetzner');
  const { text: code, level, left } = importText(text);
  expect(level).toBe('L1');
  expect(code).toContain('new KopsCluster(');
  expect(left).toContain('the cluster is written field by field: L2 constructs are for aws, this is hetzner');
});

test('a cluster without a control plane among what was read is written field by field, and that is said', () => {
  const [cluster = ''] = fixture('public-1cp-cilium').split('\n---\n');
  const { level, left } = importText(cluster);
  expect(level).toBe('L1');
  expect(left).toContain(
    'the cluster is written field by field: L2 constructs need subnets in zones, and a control plane',
  );
});

test('what no prop can hold is patched in, and said', () => {
  const text = changed('public-1cp-cilium', 'channel: stable', 'channel: 7');
  const { documents, left, findings } = importText(text);
  expect(documents[0]?.spec.channel).toBe(7);
  expect(left).toContain('the cluster: no prop can say /spec/channel (in patches)');
  expect(findings).toContainEqual(expect.objectContaining({ severity: 'error', field: 'spec.channel' }));
});

test('fields that no release knows are told and kept', () => {
  const text = changed('public-1cp-cilium', 'channel: stable', 'channel: stable\n  chanel: alpha');
  const { documents, left, findings } = importText(text);
  expect(documents[0]?.spec.chanel).toBe('alpha');
  expect(left).toContain('the cluster: kOps 1.36 does not know chanel (in unknownFields)');
  expect(findings.map(({ severity }) => severity)).not.toContain('error');
});
