import {
  asKopsKeepsThem,
  type ClusterFiles,
  compareDocuments,
  type FieldChange,
  liveDocuments,
  manifestDocuments,
  stateOf,
} from '../../../src/adopt';

const NAME = 'a.k8s.local';

/** How a manifest's spec differs from what is live. */
function changes(live: string, wanted: string): FieldChange[] {
  const text = (spec: string) =>
    `apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata:\n  name: ${NAME}\nspec:\n  cloudProvider: aws\n${spec.replace(/^/gm, '  ')}\n`;
  const both = asKopsKeepsThem(
    liveDocuments(text(live), 's3://a'),
    manifestDocuments(text(wanted), 'a.yaml'),
  );
  return compareDocuments(both.live, both.wanted)?.objects.flatMap((object) => object.changes) ?? [];
}

describe('what kOps fills in is no difference', () => {
  test.each<[string, string, string]>([
    ['a network', 'networkCIDR: 172.20.0.0/16\nnonMasqueradeCIDR: 100.64.0.0/10', ''],
    ['a network of somebody', 'networkCIDR: 10.1.0.0/16\nnetworkID: vpc-1', 'networkID: vpc-1'],
    [
      'the network of pods',
      'networkCIDR: 172.20.0.0/16\nnonMasqueradeCIDR: 172.20.0.0/16\nnetworking: {amazonvpc: {}}',
      'networking: {amazonvpc: {}}',
    ],
    ['the API name', `masterPublicName: api.${NAME}`, ''],
    ['the location', `configBase: s3://store/${NAME}`, ''],
    ['the location that kOps does not write', '', `configBase: s3://store/${NAME}`],
    ['the version', 'kubernetesVersion: 1.35.5', ''],
    ['authorization and DNS', 'authorization: {rbac: {}}\ntopology: {dns: {type: Public}}', ''],
    ['DNS beside more', 'topology: {dns: {type: Public}, nodes: public}', 'topology: {nodes: public}'],
    [
      'subnets',
      'subnets: [{name: b, cidr: 10.0.0.0/19}, {name: a, cidr: 10.1.0.0/19}]',
      'subnets: [{name: b}, {name: a}]',
    ],
    [
      'etcd backups',
      'etcdClusters: [{name: main, manager: {backupRetentionDays: 90}}]',
      'etcdClusters: [{name: main}]',
    ],
    [
      'what the proxy leaves out',
      `nonMasqueradeCIDR: 100.64.0.0/10\nnetworkCIDR: 172.20.0.0/16\nmasterPublicName: api.${NAME}\negressProxy: {excludes: "a,127.0.0.1,localhost,api.${NAME},${NAME},100.64.0.1,100.64.0.0/10,169.254.169.254,172.20.0.0/16"}`,
      'egressProxy: {excludes: a}',
    ],
    [
      'what the proxy leaves out by itself',
      'nonMasqueradeCIDR: ::/0\negressProxy: {excludes: "localhost,::1,::/0,10.9.0.0/16"}\nadditionalNetworkCIDRs: [10.9.0.0/16]',
      'nonMasqueradeCIDR: ::/0\negressProxy: {}\nadditionalNetworkCIDRs: [10.9.0.0/16]',
    ],
    ['settings of a cloud', 'cloudConfig: {openstack: {}}', ''],
    ['legacy', 'iam: {allowContainerRegistry: true, legacy: false}', 'iam: {allowContainerRegistry: true}'],
  ])('%s', (_what, live, wanted) => {
    expect(changes(live, wanted)).toEqual([]);
  });

  test.each<[string, string, string, FieldChange[]]>([
    [
      'a network of its own',
      'networkCIDR: 10.0.0.0/16',
      '',
      [{ field: 'spec.networkCIDR', from: '10.0.0.0/16' }],
    ],
    ['another API name', 'masterPublicName: api.x', '', [{ field: 'spec.masterPublicName', from: 'api.x' }]],
    [
      'private DNS',
      'topology: {dns: {type: Private}}',
      '',
      [{ field: 'spec.topology.dns.type', from: 'Private' }],
    ],
    [
      'other days',
      'etcdClusters: [{name: main, manager: {backupRetentionDays: 7}}]',
      'etcdClusters: [{name: main}]',
      [{ field: 'spec.etcdClusters[main].manager.backupRetentionDays', from: 7 }],
    ],
    [
      'a range that the manifest names',
      'subnets: [{name: a, cidr: 10.0.0.0/19}]',
      'subnets: [{name: a, cidr: 10.1.0.0/19}]',
      [{ field: 'spec.subnets[a].cidr', from: '10.0.0.0/19', to: '10.1.0.0/19' }],
    ],
    [
      'less that the proxy leaves out',
      'egressProxy: {excludes: "a,b"}',
      'egressProxy: {excludes: b}',
      [{ field: 'spec.egressProxy.excludes', from: 'a,b', to: 'b' }],
    ],
    [
      'another that the proxy leaves out',
      'egressProxy: {excludes: "a.company,b.org,localhost"}',
      'egressProxy: {excludes: a.com}',
      [{ field: 'spec.egressProxy.excludes', from: 'a.company,b.org,localhost', to: 'a.com' }],
    ],
    [
      'somebody else that the proxy left out',
      'egressProxy: {excludes: "a.com,b.org,localhost"}',
      'egressProxy: {excludes: a.com}',
      [{ field: 'spec.egressProxy.excludes', from: 'a.com,b.org,localhost', to: 'a.com' }],
    ],
  ])('but %s is', (_what, live, wanted, expected) => {
    expect(changes(live, wanted)).toEqual(expected);
  });
});

describe('what means the same to kOps is no difference', () => {
  test.each<[string, string, string]>([
    ['no time', 'kubelet: {runtimeRequestTimeout: 0s}', 'kubelet: {runtimeRequestTimeout: "0"}'],
    ['a time', 'kubelet: {runtimeRequestTimeout: 1m30s}', 'kubelet: {runtimeRequestTimeout: 90s}'],
    [
      'a quantity',
      'etcdClusters: [{name: main, memoryRequest: 1Gi, cpuRequest: "1"}]',
      'etcdClusters: [{name: main, memoryRequest: 1024Mi, cpuRequest: 1000m}]',
    ],
    ['a quantity in full', 'kubeDNS: {cpuRequest: 100m}', 'kubeDNS: {cpuRequest: 0.1}'],
    [
      'nothing',
      'kubelet: {}',
      'kubelet: {nvidiaGPUs: 0, featureGates: {}, authorizationMode: ""}\nsshAccess: []',
    ],
    ['no', 'networking: {cilium: {}}', 'networking: {cilium: {enableNodePort: false, etcdManaged: false}}'],
  ])('%s', (_what, live, wanted) => {
    expect(changes(live, wanted)).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['another time', 'kubelet: {runtimeRequestTimeout: 1m30s}', 'kubelet: {runtimeRequestTimeout: 91s}'],
    ['another quantity', 'kubeDNS: {cpuRequest: 100m}', 'kubeDNS: {cpuRequest: 0.2}'],
    ['a no that says something', 'kubelet: {}', 'kubelet: {anonymousAuth: false}'],
    [
      'a no in place of a yes',
      'networking: {cilium: {enableNodePort: true}}',
      'networking: {cilium: {enableNodePort: false}}',
    ],
    ['text that looks like a quantity', 'cloudLabels: {a: "1"}', 'cloudLabels: {a: 1000m}'],
    ['a plugin without settings', 'networking: {}', 'networking: {cilium: {}}'],
    ['an empty list where there was none of it', 'sshAccess: [10.0.0.0/8]', 'sshAccess: []'],
  ])('but %s is', (_what, live, wanted) => {
    expect(changes(live, wanted)).toHaveLength(1);
  });
});

test('both names of a role and of the API group mean one; addons and keys are left out', () => {
  const text = (role: string, group: string, more: string) =>
    `apiVersion: ${group}/v1alpha2\nkind: InstanceGroup\nmetadata: {name: n}\nspec: {role: ${role}, hooks: [{name: h, roles: [${role}]}]}\n${more}`;
  const live = liveDocuments(
    text('Master', 'kops.k8s.io', '\n---\n\napiVersion: v1\nkind: ConfigMap\ndata: {a: [}\n'),
    's3://a',
  );
  const key = '---\napiVersion: kops.k8s.io/v1alpha2\nkind: SSHCredential\nmetadata: {name: admin}\n';
  const both = asKopsKeepsThem(live, manifestDocuments(text('ControlPlane', 'kops', key), 'a.yaml'));
  expect(both.live).toHaveLength(1);
  expect(compareDocuments(both.live, both.wanted)).toBeUndefined();
});

describe('where the state is', () => {
  const files = (text: string, variables = ''): ClusterFiles => ({
    manifest: 'a.yaml',
    text,
    pipeline: variables && `.cluster:${NAME}:\n  variables: {${variables}}\n`,
  });
  const base = (url: string) => `kind: Cluster\nspec: {configBase: '${url}'}\n`;

  test('is said by the jobs, with what finds it, and nothing else', () => {
    const variables =
      'KOPS_STATE_STORE: s3://a$$b, KOPS_VERSION: 1.36.2, AWS_REGION: eu-west-1, LD_PRELOAD: evil.so, S3_ENDPOINT: ""';
    expect(stateOf(NAME, files(base('s3://other/x'), variables))).toEqual({
      store: 's3://a$b',
      environment: { AWS_REGION: 'eu-west-1' },
      kopsVersion: '1.36.2',
    });
  });

  test('or by the manifest, where its folder has the name of the cluster', () => {
    const { store } = stateOf(NAME, files(base(`s3://store/folder/${NAME}/`)));
    expect(store).toBe('s3://store/folder');
    expect(() => stateOf(NAME, files(base('s3://store/elsewhere')))).toThrow(
      'nothing says where the state of',
    );
    expect(() => stateOf(NAME, files(base(`/${NAME}`)))).toThrow('nothing says where the state of');
  });
});
