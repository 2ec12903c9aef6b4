import {
  type ClusterDifference,
  compareDocuments,
  differencesAsMarkdown,
  differencesAsText,
  effectPhrases,
  type ManifestDocument,
  withEffects,
} from '../../../src/adopt';
import { cluster, document } from './support';

const CLUSTER = { cloudProvider: 'aws', kubernetesVersion: '1.34.8', networkCIDR: '172.20.0.0/16' };

function group(name: string, role: string, spec: object = {}): ManifestDocument {
  return document('InstanceGroup', name, { role, ...spec });
}

const GROUPS = [
  group('control-plane', 'Master'),
  group('gpu', 'Node'),
  group('nodes', 'Node'),
  group('bastions', 'Bastion'),
];

function between(before: readonly ManifestDocument[], after: readonly ManifestDocument[]): ClusterDifference {
  const difference = compareDocuments(before, after);
  if (!difference) throw new Error('there is no difference');
  return { cluster: 'dev.k8s.local', ...withEffects(difference, before, after) };
}

/** What a change of the cluster's spec does. */
function ofCluster(change: object): ClusterDifference {
  return between([cluster(CLUSTER), ...GROUPS], [cluster({ ...CLUSTER, ...change }), ...GROUPS]);
}

function summary({ effects }: ClusterDifference): string[] {
  return effects ? effectPhrases(effects).map(({ words }) => words) : [];
}

test.each<[string, object, string[]]>([
  [
    'rolls all',
    { kubernetesVersion: '1.35.5' },
    ['rolls the control plane and all 2 groups of nodes: gpu, nodes'],
  ],
  ['rolls the control plane', { kubeAPIServer: { auditLogMaxAge: 9 } }, ['rolls the control plane']],
  ['touches no machine', { sshAccess: ['10.0.0.0/8'] }, ['no restart']],
  ['cannot be done', { networkCIDR: '10.0.0.0/16' }, ['cannot be changed in place: spec.networkCIDR']],
  ['is not known', { nonsense: 1 }, ['effect not known: spec.nonsense']],
  [
    'is several, gravest first',
    { nonsense: 1, networkCIDR: '10.0.0.0/16', kubeAPIServer: { auditLogMaxAge: 9 } },
    [
      'cannot be changed in place: spec.networkCIDR',
      'rolls the control plane',
      'effect not known: spec.nonsense',
    ],
  ],
])('in short: a change of the cluster that %s', (_what, change, words) => {
  expect(summary(ofCluster(change))).toEqual(words);
});

test('in short: only groups that roll are named, a bastion by itself, and those that come and go', () => {
  const image = { image: 'ami-2' };
  const after = [
    cluster(CLUSTER),
    GROUPS[0],
    group('nodes', 'Node', image),
    group('bastions', 'Bastion', image),
  ];
  const difference = between([cluster(CLUSTER), ...GROUPS], [
    ...after,
    group('new', 'Node'),
  ] as ManifestDocument[]);
  expect(difference.effects).toMatchObject({
    worst: 'rolls-nodes',
    controlPlane: false,
    groups: ['bastions', 'nodes'],
    newGroups: ['new'],
    goneGroups: ['gpu'],
  });
  expect(summary(difference)).toEqual([
    'rolls all 2 groups of nodes: bastions, nodes',
    'new machines: new',
    'update leaves and prune removes: gpu',
  ]);
});

test('in short: a control plane group alone, and the kOps of the jobs', () => {
  const own = between(
    [cluster(CLUSTER), ...GROUPS],
    [cluster(CLUSTER), group('control-plane', 'ControlPlane', { image: 'a' }), ...GROUPS.slice(1)],
  );
  expect(own.effects).toMatchObject({ controlPlane: true, groups: [] });
  const jobs = (version: string) => ({
    kind: 'Jobs',
    name: '',
    data: { variables: { KOPS_VERSION: version, OTHER: version } },
  });
  const kops = between(
    [cluster(CLUSTER), jobs('1.35.0'), ...GROUPS],
    [cluster(CLUSTER), jobs('1.36.2'), ...GROUPS],
  );
  expect(kops.effects).toMatchObject({ worst: 'rolls-all', controlPlane: true, groups: ['gpu', 'nodes'] });
  expect(kops.effects?.fields).toEqual({ 'rolls-all': ['variables.KOPS_VERSION'] });
});

test('in short: API servers count as the control plane, and another SSH key rolls all', () => {
  const servers = (image: string) => group('api', 'APIServer', { image });
  const { effects } = between([cluster(CLUSTER), servers('a')], [cluster(CLUSTER), servers('b')]);
  expect(effects).toMatchObject({ controlPlane: true, groups: [] });
  const key = (name: string) => document('SSHCredential', 'admin', { publicKey: name });
  const keys = between([cluster(CLUSTER), key('a'), ...GROUPS], [cluster(CLUSTER), key('b'), ...GROUPS]);
  expect(keys.effects).toMatchObject({ worst: 'rolls-all', controlPlane: true, allGroups: true });
});

test('in short: bastions roll for tags, and the control plane for another load balancer', () => {
  const tags = ofCluster({ cloudLabels: { team: 'web' } });
  expect(tags.effects).toMatchObject({ groups: ['bastions', 'gpu', 'nodes'], allGroups: true });
  expect(summary(tags)).toEqual(['rolls the control plane and all 3 groups of nodes: bastions, gpu, nodes']);
  const balancer = (name: string) => cluster({ ...CLUSTER, api: { loadBalancer: { class: name } } });
  const other = between([balancer('Classic'), ...GROUPS], [balancer('Network'), ...GROUPS]);
  expect(other.effects).toMatchObject({ worst: 'replaces', controlPlane: true, groups: [] });
  expect(summary(other)[1]).toBe('rolls the control plane');
});

test('in short: a group’s own profile rolls the control plane, too', () => {
  const all = [cluster(CLUSTER), ...GROUPS.slice(0, 2)];
  const own = { iam: { profile: 'arn:aws:iam::123456789012:instance-profile/p' } };
  const changed = between([...all, group('nodes', 'Node')], [...all, group('nodes', 'Node', own)]);
  expect(changed.effects).toMatchObject({ controlPlane: true, groups: ['nodes'] });
  const added = between(all, [...all, group('nodes', 'Node', own)]);
  expect(added.effects).toMatchObject({ controlPlane: true, groups: [], newGroups: ['nodes'] });
});

test('other subnets of a group are looked up in the cluster', () => {
  const subnets = ['Private', 'Public'].map((type) => ({ name: type.toLowerCase(), type }));
  const base = cluster({ ...CLUSTER, subnets });
  const of = (name: string) => group('nodes', 'Node', { subnets: [name] });
  expect(between([base, of('private')], [base, of('public')]).effects).toMatchObject({ groups: ['nodes'] });
});

test('data: each field is told once, and a cluster in its manifest by its kind', () => {
  const of = (...subnets: string[]) => group('gpu', 'Node', { subnets });
  const { effects } = between([cluster(CLUSTER), of('a', 'b')], [cluster(CLUSTER), of('c', 'd')]);
  expect(effects?.fields).toEqual({ unknown: ['InstanceGroup gpu spec.subnets[]'] });
  expect(between([...GROUPS], [cluster(CLUSTER), ...GROUPS]).effects?.fields).toEqual({
    'no-restart': ['Cluster'],
  });
});

test('in short: prune removes no groups of a cluster that is to be deleted', () => {
  const jobs = { kind: 'Jobs', name: '', data: {} };
  const retired = between([cluster(CLUSTER), ...GROUPS, jobs], [jobs]);
  expect(retired.effects).toMatchObject({ worst: 'no-restart', goneGroups: [] });
  expect(summary(retired)).toEqual(['no restart']);
});

test('kOps does not go back by itself', () => {
  const jobs = (version: string) => ({
    ...{ kind: 'Jobs', name: '' },
    data: { variables: { KOPS_VERSION: version } },
  });
  const why = (was: string, is: string) =>
    between([cluster(CLUSTER), jobs(was)], [cluster(CLUSTER), jobs(is)]).objects[0]?.changes[0]?.why;
  expect(why('1.36.2', '1.35.10')).toContain('kops-downgrade');
  expect(why('1.35.10', '1.36.2')).not.toContain('kops-downgrade');
});

test('of two groups of one name the last counts', () => {
  const two = (role: string) => [cluster(CLUSTER), group('a', 'Node'), group('a', role)];
  const after = [cluster(CLUSTER), group('a', 'Node'), group('a', 'Bastion', { kubelet: { maxPods: 5 } })];
  expect(between(two('Bastion'), after).effects?.worst).toBe('no-restart');
});

test('in short: of many names some are enough', () => {
  const many = Array.from({ length: 20 }, (_, index) => group(`g${index + 10}`, 'Node'));
  const after = many.map(({ name }) => group(name, 'Node', { image: 'a' }));
  expect(summary(between([cluster(CLUSTER), ...many], [cluster(CLUSTER), ...after]))).toEqual([
    'rolls all 20 groups of nodes: g10, g11, g12, g13, g14, g15 and 14 more',
  ]);
});

test('changes of the jobs alone do nothing to a cluster', () => {
  const job = (script: string) => ({ kind: 'Job', name: 'roll', data: { script } });
  const difference = between([cluster(CLUSTER), job('a')], [cluster(CLUSTER), job('b')]);
  expect(difference).not.toHaveProperty('effects', expect.anything());
  expect(differencesAsText([difference])).toBe('dev.k8s.local\n  ~ Job roll\n    ~ script  a → b\n\n');
});

const GRAVE = () =>
  between(
    [cluster(CLUSTER), ...GROUPS],
    [
      cluster({ ...CLUSTER, networkCIDR: '10.0.0.0/16', sshAccess: ['10.0.0.0/8'] }),
      ...GROUPS.slice(0, 2),
      group('nodes', 'Node', { maxSize: 4 }),
      GROUPS[3] as ManifestDocument,
      group('*new*', 'Node'),
    ],
  );

test('text: fields by what they do, gravest first, once for all that do the same', () => {
  const paint = {
    ...{ added: String, removed: String, changed: String, heading: String, note: String },
    grave: (text: string) => `<grave>${text}</grave>`,
  };
  const text = differencesAsText([GRAVE()], paint);
  const lines = text.split('\n');
  expect(lines[0]).toBe('dev.k8s.local');
  expect(lines[1]).toBe('  <grave>! cannot be changed in place: spec.networkCIDR</grave>');
  expect(lines[2]).toBe('  new machines: *new*');
  expect(lines[3]).toBe('  ~ Cluster');
  expect(lines[4]).toMatch(/^ {4}<grave>! cannot be changed in place: .+<\/grave>$/);
  expect(lines[5]).toBe('      ~ spec.networkCIDR  172.20.0.0/16 → 10.0.0.0/16');
  expect(lines[6]).toMatch(/^ {4}no restart/);
  expect(lines[7]).toBe('      + spec.sshAccess  ["10.0.0.0/8"]');
  expect(text).toContain(
    '\n  ~ InstanceGroup nodes (no restart: the Auto Scaling group is changed in place)\n    + spec.maxSize  4\n',
  );
  expect(text).toContain('\n  + InstanceGroup *new* (makes machines)\n    + spec.role  Node\n');
});

test('Markdown: what it does beside each field, and nothing of a name is taken for Markdown', () => {
  const markdown = differencesAsMarkdown([GRAVE()]);
  expect(markdown).toContain('**Cannot be changed in place: `spec.networkCIDR`.** New machines: `*new*`.\n');
  expect(markdown).toMatch(
    /\| field \| from \| to \| what it does \|\n\|---\|---\|---\|---\|\n\| `spec\.networkCIDR` \| `172\.20\.0\.0\/16` \| `10\.0\.0\.0\/16` \| \*\*cannot be changed in place: .+\*\* \|\n\| `spec\.sshAccess`/,
  );
  expect(markdown).toContain('**InstanceGroup** `*new*` (new): makes machines\n');
});

test('data: each change has its effect, and the reason where there is one', () => {
  const { objects } = GRAVE();
  expect(objects[0]?.changes[0]).toMatchObject({ field: 'spec.networkCIDR', effect: 'immutable' });
  expect(objects.find(({ name }) => name === '*new*')).toMatchObject({
    effect: 'no-restart',
    why: 'makes machines',
  });
});
