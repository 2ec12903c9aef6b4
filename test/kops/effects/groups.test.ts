import { effectOf } from '../../../src/kops/effects';
import { ofGroup } from './support';

test.each([
  ['Node', 'rolls-nodes'],
  ['ControlPlane', 'rolls-control-plane'],
  ['Master', 'rolls-control-plane'],
  ['APIServer', 'rolls-control-plane'],
  ['Bastion', 'rolls-nodes'],
  ['Gardener', 'unknown'],
])('machines of the role %s: %s', (role, effect) => {
  expect(ofGroup(role, 'spec.machineType')).toBe(effect);
});

test('the role of a group is in its spec where nobody says it', () => {
  const sides = { before: { spec: { role: 'Node' } }, after: { spec: { role: 'Master' } } };
  expect(ofGroup('', 'spec.image', sides)).toBe('rolls-control-plane');
  expect(ofGroup('', 'spec.image', { before: { role: 'Node' } })).toBe('rolls-nodes');
});

test.each([
  'minSize',
  'maxSize',
  'suspendProcesses[]',
  'rollingUpdate.maxSurge',
  'autoscale',
  'mixedInstancesPolicy.instances[]',
])('%s restarts nothing', (field) => expect(ofGroup('Node', `spec.${field}`)).toBe('no-restart'));

test.each(['kubelet.maxPods', 'hooks[x].manifest', 'sysctlParameters[]'])(
  'kOps sets nothing up on bastions: %s',
  (field) => {
    expect(ofGroup('Bastion', `spec.${field}`)).toBe('no-restart');
    expect(ofGroup('Node', `spec.${field}`)).toBe('rolls-nodes');
  },
);

test('a file for other roles is none for this group', () => {
  const spec = { fileAssets: [{ name: 'f', roles: ['Master'] }] };
  const field = 'spec.fileAssets[f].content';
  expect(ofGroup('Node', field, { before: spec, after: spec })).toBe('no-restart');
  expect(ofGroup('ControlPlane', field, { before: spec, after: spec })).toBe('rolls-control-plane');
  expect(ofGroup('Node', field, { before: { fileAssets: [{ name: 'f' }] }, after: spec })).toBe(
    'rolls-nodes',
  );
});

describe('a warm pool', () => {
  const pool = { warmPool: { minSize: 1 } };
  test('is known to machines, its size is not', () => {
    const field = 'spec.warmPool.minSize';
    expect(ofGroup('Node', field, { before: {}, after: pool })).toBe('rolls-nodes');
    expect(ofGroup('Node', field, { before: pool, after: {} })).toBe('rolls-nodes');
    expect(ofGroup('Node', field, { before: pool, after: pool })).toBe('no-restart');
    expect(ofGroup('Node', field)).toBe('unknown');
  });
  test('has a hook, and images, that machines know', () => {
    const sides = { before: pool, after: pool };
    expect(ofGroup('Node', 'spec.warmPool.enableLifecycleHook', sides)).toBe('rolls-nodes');
    expect(ofGroup('Node', 'spec.warmPool.additionalImages[]', sides)).toBe('rolls-nodes');
    expect(ofGroup('Node', 'spec.warmPool.lifecycleHookTimeout', sides)).toBe('no-restart');
  });
});

test('a price is the launch template’s, or that of several machine types', () => {
  const mixed = { mixedInstancesPolicy: { instances: ['a'] } };
  const price = { maxPrice: '1' };
  const says = (before: object, after: object, field = 'spec.maxPrice') =>
    ofGroup('Node', field, { before: { ...before }, after: { ...after } });
  expect(says({}, price)).toBe('rolls-nodes');
  expect(says(mixed, { ...mixed, ...price })).toBe('no-restart');
  const several = 'spec.mixedInstancesPolicy.instances';
  expect(says(price, { ...mixed, ...price }, several)).toBe('rolls-nodes');
  expect(says({ ...mixed, ...price }, price, several)).toBe('rolls-nodes');
  expect(says({}, mixed, several)).toBe('no-restart');
  expect(says({ ...mixed, ...price }, { mixedInstancesPolicy: {}, ...price }, several)).toBe('no-restart');
  expect(ofGroup('Node', 'spec.maxPrice')).toBe('rolls-nodes');
});

test('other subnets roll nodes where they mean other addresses', () => {
  const subnet = (name: string, type: string, more: object = {}) => ({ name, type, ...more });
  const cluster = {
    subnets: [
      ...[subnet('a', 'Private'), subnet('b', 'Private'), subnet('six', 'Private', { ipv6CIDR: '/64#1' })],
      ...[subnet('outside', 'Public'), subnet('utility', 'Utility'), subnet('dual', 'DualStack')],
    ],
  };
  const moves = (from: string, to: string, more: object = {}, clusters: object = {}) =>
    ofGroup('Node', 'spec.subnets[]', {
      before: { subnets: [from], ...more },
      after: { subnets: [to], ...more },
      clusters: { before: { spec: cluster }, after: { spec: cluster }, ...clusters },
    });
  expect(moves('a', 'b')).toBe('no-restart');
  expect(moves('a', 'dual')).toBe('no-restart');
  expect(moves('outside', 'utility')).toBe('no-restart');
  expect(moves('a', 'outside')).toBe('rolls-nodes');
  expect(moves('utility', 'a')).toBe('rolls-nodes');
  expect(moves('a', 'outside', { associatePublicIp: false })).toBe('no-restart');
  expect(moves('a', 'six')).toBe('rolls-nodes');
  expect(moves('a', 'nowhere')).toBe('unknown');
  expect(moves('a', 'b', {}, { before: undefined })).toBe('unknown');
});

test('other subnets are one of zones for etcd, and nothing is known of them alone', () => {
  expect(ofGroup('Node', 'spec.subnets[]')).toBe('unknown');
  expect(ofGroup('ControlPlane', 'spec.subnets[]')).toBe('unknown');
});

test('the control plane has to know the profile of nodes and of API servers', () => {
  const says = (role: string, field: string, more: object = {}) =>
    effectOf({ kind: 'InstanceGroup', role, field, to: 'p', ...more });
  expect(says('Node', 'spec.iam.profile')).toMatchObject({
    effect: 'rolls-nodes',
    alsoRolls: 'control-plane',
  });
  expect(says('Bastion', 'spec.iam.profile')).toEqual({
    effect: 'rolls-nodes',
    why: expect.stringContaining('bastion'),
  });
  const own = { after: { spec: { iam: { profile: 'p' } } } };
  expect(says('Node', '', own).effect).toBe('rolls-control-plane');
  expect(says('APIServer', '', own).effect).toBe('rolls-control-plane');
  expect(says('Bastion', '', own).effect).toBe('no-restart');
  expect(says('Node', '', { ...own, cloud: 'gce' }).effect).toBe('no-restart');
});

test.each([
  ['Master', 'ControlPlane', 'no-restart'],
  ['Node', 'Bastion', 'rolls-nodes'],
  ['Node', 'ControlPlane', 'replaces'],
  ['APIServer', 'Node', 'replaces'],
  ['Node', undefined, 'unknown'],
])('the role goes from %s to %s: %s', (from, to, effect) => {
  expect(ofGroup(to ?? 'Node', 'spec.role', { from, to })).toBe(effect);
});

test('kOps does not roll machines of Karpenter', () => {
  expect(ofGroup('Node', 'spec.machineType', { after: { spec: { manager: 'Karpenter' } } })).toBe('unknown');
});
