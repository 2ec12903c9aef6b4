import { effectOf } from '../../../src/kops/effects';
import { clusterWith, ofCluster } from './support';

describe('files and hooks', () => {
  const files = (...roles: string[][]) => ({
    fileAssets: roles.map((some, index) => ({ name: `f${index}`, ...(some.length > 0 && { roles: some }) })),
  });
  const says = (before: string[], after: string[], field = 'spec.fileAssets[f0].content') =>
    ofCluster(field, files(before), files(after));

  test('roll the machines of their roles', () => {
    expect(says(['Node'], ['Node'])).toBe('rolls-nodes');
    expect(says(['Master'], ['Master'])).toBe('rolls-control-plane');
    expect(says(['Bastion'], ['Bastion'])).toBe('no-restart');
    expect(says([], [])).toBe('rolls-all');
    expect(says(['Node'], ['ControlPlane'])).toBe('rolls-all');
  });

  test('that come or go roll those that they are for', () => {
    expect(ofCluster('spec.fileAssets[f0].content', {}, files(['Node']))).toBe('rolls-nodes');
    expect(ofCluster('spec.fileAssets[f0].content', files(['APIServer']), {})).toBe('rolls-control-plane');
  });

  test('for other roles roll those that get or lose them', () => {
    const field = 'spec.fileAssets[f0].roles[]';
    expect(says(['Node'], ['Node', 'ControlPlane'], field)).toBe('rolls-control-plane');
    expect(says(['Node', 'Bastion'], ['Node'], field)).toBe('no-restart');
    expect(says([], ['ControlPlane'], field)).toBe('rolls-nodes');
  });

  test('are told apart by name, or by number', () => {
    const two = files(['Node'], ['Master']);
    expect(ofCluster('spec.fileAssets[f1].mode', two, two)).toBe('rolls-control-plane');
    const unnamed = { hooks: [{ roles: ['Node'] }, { roles: ['Master'] }] };
    expect(ofCluster('spec.hooks[1].manifest', unnamed, unnamed)).toBe('rolls-control-plane');
    expect(ofCluster('spec.fileAssets', two, two)).toBe('rolls-all');
    expect(
      ofCluster('spec.fileAssets[f[0]].content', { fileAssets: [{ name: 'f[0]', roles: ['Node'] }] }, {}),
    ).toBe('rolls-nodes');
    expect(ofCluster('spec.fileAssets[f9].mode', two, two)).toBe('unknown');
  });
});

describe('etcd', () => {
  const members = (...names: string[]) => names.map((name) => ({ name, instanceGroup: `cp-${name}` }));
  const etcd = (name: string, ...names: string[]) => ({ name, etcdMembers: members(...names) });
  const one = { etcdClusters: [etcd('main', 'a')] };

  test('keeps its members where they are', () => {
    const at = (field: string, values = {}) =>
      ofCluster(`spec.etcdClusters[main].${field}`, one, one, values);
    expect(at('etcdMembers[a].instanceGroup')).toBe('immutable');
    expect(at('etcdMembers[a].encryptedVolume')).toBe('immutable');
    expect(at('etcdMembers[a].encryptedVolume', { from: undefined, to: false })).toBe('no-restart');
    expect(at('etcdMembers[a].encryptedVolume', { from: undefined, to: true })).toBe('immutable');
    expect(at('etcdMembers[a].kmsKeyId')).toBe('immutable');
    expect(at('etcdMembers[a].volumeType')).toBe('no-restart');
    expect(at('etcdMembers[a].volumeSize', { from: 20, to: 30 })).toBe('no-restart');
    expect(at('etcdMembers[a].volumeSize', { from: 30, to: 20 })).toBe('immutable');
    expect(at('etcdMembers[a].volumeSize', { from: undefined, to: 10 })).toBe('immutable');
    expect(at('memoryRequest')).toBe('no-restart');
    expect(at('version')).toBe('no-restart');
    expect(at('backups.backupStore')).toBe('unknown');
  });

  test('takes a member of another name for another member', () => {
    const renamed = { etcdClusters: [etcd('main', 'b')] };
    const change = { kind: 'Cluster', before: clusterWith(one), after: clusterWith(renamed) };
    expect(
      effectOf({ ...change, field: 'spec.etcdClusters[main].etcdMembers[b].instanceGroup', to: 'cp-b' }),
    ).toEqual({
      effect: 'replaces',
      why: expect.stringContaining('volume'),
    });
  });

  test('grows and shrinks with the control plane', () => {
    const three = { etcdClusters: [etcd('main', 'a', 'b', 'c')] };
    const field = 'spec.etcdClusters[main].etcdMembers[b].instanceGroup';
    expect(ofCluster(field, one, three)).toBe('rolls-control-plane');
    expect(ofCluster(field, three, one)).toBe('rolls-control-plane');
    expect(ofCluster('spec.etcdClusters[main].etcdMembers', three, three)).toBe('no-restart');
  });

  test('is known to machines in its order', () => {
    const order = (...names: string[]) => ({ etcdClusters: names.map((name) => etcd(name, 'a')) });
    const values = { from: ['main', 'events'], to: ['events', 'main'] };
    const [before, after] = [order(...values.from), order(...values.to)];
    expect(ofCluster('spec.etcdClusters', before, after, values)).toBe('rolls-control-plane');
  });

  test('gets further clusters, and loses none', () => {
    const field = (name: string) => `spec.etcdClusters[${name}].etcdMembers[a].instanceGroup`;
    const with1 = (name: string) => ({ etcdClusters: [etcd('main', 'a'), etcd(name, 'a')] });
    expect(ofCluster(field('leases'), one, with1('leases'))).toBe('rolls-control-plane');
    expect(ofCluster(field('cilium'), one, with1('cilium'))).toBe('rolls-all');
    expect(ofCluster(field('events'), with1('events'), one)).toBe('immutable');
  });
});

describe('subnets', () => {
  const subnet = (name: string, zone: string, type = 'Public') => ({ name, zone, type, cidr: '10.0.0.0/24' });
  const cluster = (dns: string, ...subnets: object[]) => ({
    api: { loadBalancer: { class: 'Network', type: 'Public' } },
    topology: { dns: { type: dns } },
    subnets,
  });
  const a = subnet('a', 'z1');

  test('stay as they were made', () => {
    const spec = cluster('Public', a);
    for (const field of ['cidr', 'zone', 'id', 'ipv6CIDR']) {
      expect(ofCluster(`spec.subnets[a].${field}`, spec, spec)).toBe('immutable');
    }
    expect(ofCluster('spec.subnets[a].type', spec, spec)).toBe('unknown');
    expect(ofCluster('spec.subnets', spec, spec)).toBe('no-restart');
  });

  test('that kOps has filled in are not known before they are written down', () => {
    const spec = cluster('Public', a);
    for (const values of [{ from: undefined }, { to: undefined }]) {
      expect(ofCluster('spec.subnets[a].cidr', spec, spec, values)).toBe('unknown');
      expect(ofCluster('spec.networkCIDR', {}, {}, values)).toBe('unknown');
    }
  });

  test('of another name get no addresses that another one keeps', () => {
    const renamed = (was: object, is: object) =>
      ofCluster('spec.subnets[new].cidr', cluster('Public', { ...a, ...was }), {
        ...cluster('Public', { ...a, name: 'new', ...is }),
      });
    expect(renamed({}, {})).toBe('immutable');
    expect(renamed({}, { cidr: '10.0.0.128/25' })).toBe('immutable');
    expect(renamed({}, { cidr: '10.0.1.0/24' })).toBe('no-restart');
    expect(renamed({}, { cidr: undefined })).toBe('unknown');
    expect(renamed({}, { id: 'subnet-1' })).toBe('no-restart');
  });

  test('of a new zone tell nodes of the load balancer there, where there is no DNS', () => {
    const comes = (dns: string, other: object) =>
      ofCluster('spec.subnets[b].cidr', cluster(dns, a), cluster(dns, a, other));
    expect(comes('None', subnet('b', 'z2'))).toBe('rolls-nodes');
    expect(comes('Public', subnet('b', 'z2'))).toBe('no-restart');
    expect(comes('None', subnet('b', 'z1'))).toBe('no-restart');
    expect(comes('None', subnet('b', 'z2', 'Private'))).toBe('no-restart');
  });

  test('that go are left, but for those of a network load balancer', () => {
    const goes = (...others: object[]) =>
      ofCluster('spec.subnets[b].cidr', cluster('None', ...others), cluster('None', a));
    expect(goes(a, subnet('b', 'z2'))).toBe('immutable');
    expect(goes(a, subnet('b', 'z1'))).toBe('no-restart');
    expect(goes(a, subnet('b', 'z2', 'Private'))).toBe('no-restart');
  });
});

describe('a network plugin', () => {
  const using = (networking: object) => ({ networking });
  test('rolls machines where it only restarts with them', () => {
    const cilium = using({ cilium: { memoryRequest: '1Gi' } });
    expect(ofCluster('spec.networking.cilium.memoryRequest', cilium, cilium)).toBe('rolls-all');
    const calico = using({ calico: {} });
    expect(ofCluster('spec.networking.calico.typhaReplicas', calico, calico)).toBe('no-restart');
    expect(ofCluster('spec.networking.calico.wireguardEnabled', calico, calico)).toBe('rolls-all');
  });
  test('takes all machines to change', () => {
    expect(ofCluster('spec.networking.cilium', using({ calico: {} }), using({ cilium: {} }))).toBe(
      'rolls-all',
    );
    expect(ofCluster('spec.networking.calico', using({ calico: {} }), using({ cilium: {} }))).toBe(
      'rolls-all',
    );
    expect(ofCluster('spec.networking.weave', using({ cilium: {} }), using({ weave: {} }))).toBe('unknown');
  });
});

test('of a network plugin that kOps does not know the name is not told', () => {
  const sides = [{ networking: { 'a\n# h': {} } }, { networking: { cilium: {} } }] as const;
  const { why } = effectOf({
    ...{ kind: 'Cluster', field: 'spec.networking.cilium' },
    ...{ before: clusterWith(sides[0]), after: clusterWith(sides[1]) },
  });
  expect(why).toMatch(/, and the old plugin stays$/);
  expect(ofCluster('spec.networking.constructor')).toBe('unknown');
});

describe('the load balancer of the API', () => {
  const having = (loadBalancer?: object) => ({ api: loadBalancer ? { loadBalancer } : { dns: {} } });
  const network = having({ class: 'Network', subnets: [{ name: 'a' }] });
  const classic = having({ class: 'Classic', subnets: [{ name: 'a' }] });
  const at = (name: string) => `spec.api.loadBalancer.${name}`;

  test('gives up no subnet', () => {
    expect(ofCluster(at('subnets[a].allocationId'), network, network)).toBe('immutable');
    expect(ofCluster(at('subnets[b]'), network, network, { from: {}, to: undefined })).toBe('immutable');
    expect(ofCluster(at('subnets[b]'), network, network, { from: undefined, to: {} })).toBe('no-restart');
    expect(ofCluster(at('subnets[b]'), classic, classic, { from: {}, to: undefined })).toBe('no-restart');
  });
  test('shares security groups with the control plane where it is a network one', () => {
    expect(ofCluster(at('additionalSecurityGroups[]'), network, network)).toBe('rolls-control-plane');
    expect(ofCluster(at('additionalSecurityGroups[]'), classic, classic)).toBe('no-restart');
    expect(ofCluster(at('additionalSecurityGroups[]'), having({}), having({}))).toBe('no-restart');
  });
  test('comes and goes with a roll of the control plane', () => {
    expect(ofCluster('spec.api.dns', having(), having({}))).toBe('rolls-control-plane');
    expect(ofCluster(at('type'), having({ type: 'Public' }), having({ type: 'Internal' }))).toBe('immutable');
    expect(ofCluster(at('type'), having(), having({ type: 'Public' }))).toBe('rolls-control-plane');
    const withoutDns = { topology: { dns: { type: 'None' } } };
    const sides = [having(), having({})].map((spec) => ({ ...spec, ...withoutDns }));
    expect(ofCluster('spec.api.dns', ...sides)).toBe('unknown');
  });
});

test('of an authenticator machines know only that it is there', () => {
  const [none, some] = [{}, { authentication: { aws: { cpuRequest: '1m' } } }];
  const field = 'spec.authentication.aws.cpuRequest';
  expect(ofCluster(field, none, some)).toBe('rolls-control-plane');
  expect(ofCluster(field, some, none)).toBe('rolls-control-plane');
  expect(ofCluster(field, some, some)).toBe('no-restart');
  expect(ofCluster(field)).toBe('no-restart');
});

test('a warm pool for all groups is known to nodes', () => {
  const field = 'spec.warmPool.minSize';
  const pool = { warmPool: { minSize: 1 } };
  expect(ofCluster(field, {}, pool)).toBe('rolls-nodes');
  expect(ofCluster(field, pool, pool)).toBe('no-restart');
  expect(ofCluster('spec.warmPool.enableLifecycleHook', pool, pool)).toBe('rolls-nodes');
});

test('isolated control planes have no kube-proxy', () => {
  expect(ofCluster('spec.kubeProxy.logLevel', {}, {})).toBe('rolls-all');
  expect(ofCluster('spec.kubeProxy.logLevel', {}, { isolateMasters: true })).toBe('rolls-nodes');
});
