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
  const field = 'spec.maxPrice';
  expect(ofGroup('Node', field, { before: {}, after: {} })).toBe('rolls-nodes');
  expect(ofGroup('Node', field, { before: mixed, after: mixed })).toBe('no-restart');
  expect(ofGroup('Node', field, { before: {}, after: mixed })).toBe('unknown');
});

test('other subnets are no matter for nodes, and one of zones for etcd', () => {
  expect(ofGroup('Node', 'spec.subnets[]')).toBe('no-restart');
  expect(ofGroup('ControlPlane', 'spec.subnets[]')).toBe('unknown');
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
