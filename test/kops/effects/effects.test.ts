import { SCHEMA, Schema, type Type } from '../../../src/kops/api/schema-table';
import { EFFECTS, effectOf } from '../../../src/kops/effects';
import { ofCluster, ofGroup } from './support';

/** All fields below a type, as differences spell them; of the items of a list one called `x`. */
function fieldsOf(type: Type, at: string): string[] {
  switch (type.kind) {
    case 'object': {
      const fields = [...type.fields()];
      return fields.length === 0
        ? [at]
        : fields.flatMap(([name, field]) => fieldsOf(field.type, `${at}.${name}`));
    }
    case 'list':
      return fieldsOf(type.item, type.item.kind === 'object' ? `${at}[x]` : `${at}[]`);
    case 'map':
      return [`${at}[x/y]`];
    case 'either':
      return fieldsOf(type.types[0] as Type, at);
    default:
      return [at];
  }
}

function allFields(name: string): string[] {
  const schema = new Schema(SCHEMA);
  return fieldsOf({ kind: 'object', name, fields: () => schema.fieldsOf(name) }, 'spec');
}

describe('every field of kOps has a rule', () => {
  const unknown = (kind: string, name: string) =>
    allFields(name).filter((field) => {
      const { effect, why } = effectOf({ kind, role: 'Node', field, from: 1, to: 2 });
      expect(EFFECTS).toContain(effect);
      return effect === 'unknown' && why?.includes('no such field');
    });

  test('of a cluster', () => expect(unknown('Cluster', 'ClusterSpec')).toEqual([]));
  test('of an instance group', () => expect(unknown('InstanceGroup', 'InstanceGroupSpec')).toEqual([]));
});

test.each([
  ['Cluster', 'spec.noSuchField'],
  ['InstanceGroup', 'spec.noSuchField'],
  ['Job', 'spec.subnets'],
  ['Cluster', 'constructor'],
  ['constructor', 'spec'],
])('nothing is said of a field that kOps has not got: %s %s', (kind, field) => {
  expect(effectOf({ kind, role: 'Node', field, from: 1, to: 2 })).toEqual({
    effect: 'unknown',
    why: expect.stringContaining('no such field'),
  });
});

test.each([
  ['spec.kubeAPIServer.auditLogMaxAge', 'rolls-control-plane'],
  ['spec.kubeAPIServer.featureGates[x.y/z]', 'rolls-control-plane'],
  ['spec.kubeAPIServer.serviceNodePortRange', 'rolls-all'],
  ['spec.kubelet.maxPods', 'rolls-all'],
  ['spec.masterKubelet.maxPods', 'rolls-control-plane'],
  ['spec.sshAccess[]', 'no-restart'],
  ['spec.useHostCertificates', 'rolls-control-plane'],
  ['spec.cloudLabels[example.com/team]', 'rolls-all'],
  ['spec.networkCIDR', 'immutable'],
  ['spec.cloudProvider', 'immutable'],
  ['spec.api.loadBalancer.class', 'replaces'],
  ['spec.certManager.enabled', 'no-restart'],
  ['spec.metricsServer.enabled', 'rolls-control-plane'],
  ['spec.metricsServer.image', 'no-restart'],
  ['spec.nodeTerminationHandler.managedASGTag', 'rolls-all'],
  ['spec.channel', 'unknown'],
  ['metadata.annotations[x/y]', 'no-restart'],
] as const)('%s: %s', (field, effect) => expect(ofCluster(field)).toBe(effect));

test('bastions have tags and keys, too; another load balancer is one for the control plane', () => {
  const also = (field: string) => effectOf({ kind: 'Cluster', field, from: 1, to: 2 }).alsoRolls;
  expect(also('spec.cloudLabels.team')).toBe('bastions');
  expect(also('spec.sshKeyName')).toBe('bastions');
  expect(also('spec.nodeTerminationHandler.enabled')).toBe('bastions');
  expect(also('spec.kubelet.maxPods')).toBeUndefined();
  expect(effectOf({ kind: 'SSHCredential', field: '', after: {} }).alsoRolls).toBe('bastions');
  expect(also('spec.api.loadBalancer.class')).toBe('control-plane');
});

test('a rule goes by names of fields, not by what stands in brackets', () => {
  expect(ofCluster('spec.nodePortAccess[]')).toBe('no-restart');
  expect(ofGroup('Node', 'spec.cloudLabels[spec.minSize]')).toBe('rolls-nodes');
  expect(ofGroup('Node', 'spec.nodeLabels[a[0].b]')).toBe('rolls-nodes');
});

test('a value that is turned off anyway changes nothing, one that is not there does', () => {
  const field = 'spec.kubelet.anonymousAuth';
  expect(ofCluster(field, {}, {}, { from: true, to: false })).toBe('no-restart');
  expect(ofCluster(field, {}, {}, { from: undefined, to: false })).toBe('rolls-all');
});

test('what is done in AWS alone is not known of another cloud', () => {
  expect(ofCluster('spec.cloudLabels.team', { cloudProvider: 'gce' }, { cloudProvider: 'gce' })).toBe(
    'unknown',
  );
  expect(ofCluster('spec.kubelet.maxPods', { cloudProvider: 'gce' }, { cloudProvider: 'gce' })).toBe(
    'rolls-all',
  );
  expect(ofGroup('Node', 'spec.maxSize', { cloud: 'gce' })).toBe('unknown');
  expect(ofGroup('Node', 'spec.maxSize', { cloud: 'aws' })).toBe('no-restart');
});

test('gossip is a matter of the name of the cluster and its DNS', () => {
  const field = 'spec.gossipConfig.listen';
  const named = (name: string, type: string) => ({
    metadata: { name },
    spec: { topology: { dns: { type } } },
  });
  const says = (document: object) =>
    ofCluster(field, {}, {}, { before: { ...document }, after: { ...document } });
  expect(says(named('c.k8s.local', 'Private'))).toBe('rolls-all');
  expect(says(named('c.k8s.local', 'None'))).toBe('no-restart');
  expect(says(named('c.example.com', 'Private'))).toBe('no-restart');
  expect(ofCluster(field)).toBe('unknown');
});

describe('whole objects', () => {
  test.each(['Cluster', 'InstanceGroup'])('%s comes and goes without a restart', (kind) => {
    for (const side of ['before', 'after']) {
      expect(effectOf({ kind, role: 'Node', field: '', [side]: { spec: {} } }).effect).toBe('no-restart');
    }
  });

  test('what comes is told from what goes', () => {
    const why = (values: object) =>
      effectOf({ kind: 'InstanceGroup', role: 'Node', field: '', ...values }).why;
    expect(why({ to: {} })).toBe('makes machines');
    expect(why({ after: {} })).toBe('makes machines');
    expect(why({ from: {} })).toContain('run on');
    expect(why({ before: {} })).toContain('run on');
  });

  test('a key for SSH is on all machines', () => {
    for (const field of ['', 'spec.publicKey']) {
      expect(effectOf({ kind: 'SSHCredential', field, from: 'a', to: 'b' }).effect).toBe('rolls-all');
    }
  });
});
