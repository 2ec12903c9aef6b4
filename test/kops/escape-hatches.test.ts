import { Cluster, formatFinding, NodeGroup } from '../../src';
import { aCluster, aWave, findingsOf, groupsOf, specOf, untyped } from './support';

describe('spec', () => {
  test('is laid over what the props give: maps merge, lists with names merge by name', () => {
    const spec = specOf(
      aCluster({
        spec: {
          kubeAPIServer: { auditLogMaxAge: 30 },
          kubelet: { maxPods: 60 },
          etcdClusters: [{ name: 'main', manager: { backupRetentionDays: 7 } }],
          kubernetesApiAccess: ['192.0.2.0/24'],
        },
      }),
    );
    expect(spec.kubeAPIServer).toEqual({ auditLogMaxAge: 30 });
    expect(spec.kubelet).toEqual({ anonymousAuth: false, maxPods: 60 });
    expect(spec.etcdClusters).toMatchObject([
      { name: 'main', cpuRequest: '200m', manager: { backupRetentionDays: 7 } },
      { name: 'events', manager: { backupRetentionDays: 90 } },
    ]);
    expect(spec.kubernetesApiAccess).toEqual(['192.0.2.0/24']);
  });

  test('null takes a field away, undefined leaves it', () => {
    const spec = specOf(
      aCluster({ spec: { authorization: null, channel: undefined, iam: { legacy: null } } }),
    );
    expect(spec).not.toHaveProperty('authorization');
    expect(spec.channel).toBe('stable');
    expect(spec.iam).toEqual({ allowContainerRegistry: true });
  });

  test('goes before settings and props, of groups as well', () => {
    const cluster = aCluster({
      kubernetesVersion: '1.35.1',
      networkCIDR: '10.0.0.0/16',
      spec: { kubernetesVersion: '1.35.2' },
    });
    new NodeGroup(cluster, 'nodes', {
      maxSize: 3,
      spec: { maxSize: 5, instanceMetadata: { httpTokens: 'optional' } },
    });
    expect(specOf(cluster).kubernetesVersion).toBe('1.35.2');
    expect(groupsOf(cluster).nodes).toMatchObject({
      maxSize: 5,
      instanceMetadata: { httpTokens: 'optional' },
    });
  });

  test('fails: a field that must be there is taken away', () => {
    expect(findingsOf(aCluster({ spec: { configBase: null } }))).toEqual([
      expect.stringContaining('stateStore is not set'),
    ]);
  });
});

describe('order of precedence', () => {
  test('props, then spec, then unknownFields, then patches', () => {
    const field = (cluster: Cluster) => cluster.manifest().objects[0]?.document.spec.channel;
    const wave = aWave({ channel: 'of the fleet' });
    const props = { zones: ['eu-central-1a'] };
    const steps = [
      {},
      { channel: 'of the prop' },
      { channel: 'of the prop', spec: { channel: 'of the spec' } },
      { spec: { channel: 'of the spec' }, unknownFields: { channel: 'of unknownFields' } },
      {
        unknownFields: { channel: 'of unknownFields' },
        patches: [{ op: 'replace', path: '/spec/channel', value: 'of the patch' } as const],
      },
    ];
    expect(
      steps.map((step, index) => field(new Cluster(wave, `c${index}.k8s.local`, { ...props, ...step }))),
    ).toEqual(['of the fleet', 'of the prop', 'of the spec', 'of unknownFields', 'of the patch']);
  });
});

test('fails: a patch that would move a group to another cluster', () => {
  const cluster = aCluster();
  new NodeGroup(cluster, 'nodes', {
    patches: [{ op: 'replace', path: '/metadata/labels/kops.k8s.io~1cluster', value: 'other.k8s.local' }],
  });
  expect(findingsOf(cluster).join('\n')).toContain('the cluster label and spec must stay');
});

describe('patches', () => {
  test('work on the rendered object, metadata included', () => {
    const cluster = aCluster({
      patches: [
        { op: 'test', path: '/spec/subnets/0/cidr', value: '172.20.0.0/16' },
        { op: 'replace', path: '/spec/subnets/0/cidr', value: '172.20.0.0/20' },
        { op: 'add', path: '/metadata/annotations', value: { a: 'b' } },
      ],
    });
    expect(specOf(cluster).subnets[0].cidr).toBe('172.20.0.0/20');
    expect(cluster.manifest().objects[0]?.document.metadata.annotations).toEqual({ a: 'b' });
  });

  test('what they make is checked like all else', () => {
    const cluster = aCluster({
      patches: [
        { op: 'replace', path: '/spec/subnets/0/cidr', value: '10.0.0.0/20' },
        { op: 'add', path: '/spec/chanel', value: 'stable' },
      ],
    });
    const texts = findingsOf(cluster).join('\n');
    expect(texts).toContain('does not lie in');
    expect(texts).toContain('spec.chanel: kOps 1.36 has no such field');
  });

  test('a member set to null is one that is not there', () => {
    const patches = [{ op: 'add', path: '/spec/authorization', value: null } as const];
    expect(specOf(aCluster({ patches }))).not.toHaveProperty('authorization');
  });

  test.each([
    [[{ op: 'remove', path: '/spec/x' }], 'patches[0]: there is nothing at "/spec/x" to remove'],
    [[{ op: 'add', path: 'spec' }], 'patches[0]: '],
    [
      [{ op: 'replace', path: '/metadata/name', value: 'other' }],
      'patches: apiVersion, kind, metadata.name, the cluster label and spec must stay',
    ],
    [
      [{ op: 'remove', path: '/metadata' }],
      'patches: apiVersion, kind, metadata.name, the cluster label and spec must stay',
    ],
    [
      [{ op: 'remove', path: '/spec' }],
      'patches: apiVersion, kind, metadata.name, the cluster label and spec must stay',
    ],
    [[{ op: 'replace', path: '/kind', value: 'InstanceGroup' }], 'apiVersion, kind, metadata.name'],
    [[{ op: 'add', path: '/spec/subnets/0', value: null }], 'spec.subnets[0]: null has no meaning in a list'],
  ])('fails: %j', (patches, message) => {
    expect(findingsOf(aCluster({ patches: untyped(patches) })).join('\n')).toContain(message);
  });
});

describe('unknown fields', () => {
  test('fails: with the name that was probably meant', () => {
    const cluster = aCluster({ spec: untyped({ kubeAPIserver: {}, kubelet: { maxpods: 1 } }) });
    expect(findingsOf(cluster)).toEqual([
      expect.stringContaining(
        'spec.kubelet.maxpods: kOps 1.36 has no such field and would drop it in silence: write maxPods',
      ),
      expect.stringContaining(
        'spec.kubeAPIserver: kOps 1.36 has no such field and would drop it in silence: write kubeAPIServer',
      ),
    ]);
  });

  test('fails: with the release that has it, where another has', () => {
    const at = (kops: string) =>
      findingsOf(
        aCluster({ kops, kubernetesVersion: '1.30.0', spec: { kubelet: { maxParallelImagePulls: 5 } } }),
      );
    expect(at('1.34.0')).toEqual([]);
    expect(at('1.33.0')).toEqual([
      expect.stringContaining(
        'spec.kubelet.maxParallelImagePulls: known since kOps 1.34, not yet in kOps 1.33',
      ),
    ]);
  });

  test('given by unknownFields, are a warning each and in the manifest', () => {
    const { objects, findings } = aCluster({
      unknownFields: { acmeMesh: { enabled: true }, kubelet: { acme: 1 } },
    }).manifest();
    expect(findings.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    expect(findings.map(formatFinding).join('\n')).toContain('spec.acmeMesh: kOps 1.36 has no such field');
    expect(objects[0]?.document.spec).toMatchObject({
      acmeMesh: { enabled: true },
      kubelet: { acme: 1, anonymousAuth: false },
    });
  });

  test('fails: given by unknownFields, a known field of the wrong type is wrong all the same', () => {
    const { findings } = aCluster({ unknownFields: { networkCIDR: 3 } }).manifest();
    expect(findings).toEqual([expect.objectContaining({ severity: 'error', field: 'spec.networkCIDR' })]);
  });

  test('fails: an unknown field of spec stays an error beside others of unknownFields', () => {
    const { findings } = aCluster({ spec: untyped({ chanel: 'x' }), unknownFields: { acme: 1 } }).manifest();
    expect(findings.map(({ field, severity }) => [field, severity])).toEqual([
      ['spec.chanel', 'error'],
      ['spec.acme', 'warning'],
    ]);
  });
});
