import type {
  ClusterManifest,
  ClusterSpec,
  InstanceGroupSpec,
  KubeletConfigSpec,
  RBACAuthorizationSpec,
} from '../../../src/kops/api';

// The compiler is what tests this file: an expected error that does not occur is an error.

test('the types know the exact names and values', () => {
  const spec: ClusterSpec = {
    DisableSubnetTags: true,
    kubeAPIServer: { cpuRequest: '150m', featureGates: { A: 'true' } },
    kubeDNS: { cpuRequest: 1 },
    subnets: [{ name: 'a', type: 'Private' }],
    channel: 'https://example.com/channel',
    rollingUpdate: { maxSurge: '25%' },
  };
  const group: InstanceGroupSpec = { role: 'ControlPlane', rootVolumeType: 'hyperdisk-balanced' };
  // One type for the same settings in different places.
  const kubelet: KubeletConfigSpec = { maxPods: 110 };
  const both: [ClusterSpec, InstanceGroupSpec] = [{ kubelet, masterKubelet: kubelet }, { kubelet }];
  const manifest: ClusterManifest = {
    apiVersion: 'kops.k8s.io/v1alpha2',
    kind: 'Cluster',
    metadata: { name: 'demo.example.com' },
    spec,
  };
  expect([group, both, manifest]).toHaveLength(3);
});

test('the types refuse what kOps would drop or refuse', () => {
  const wrong: unknown[] = [
    // @ts-expect-error misspelt
    { kubernetesVersoin: '1.36.1' } satisfies ClusterSpec,
    // @ts-expect-error wrong case
    { kubeApiServer: {} } satisfies ClusterSpec,
    // @ts-expect-error wrong type
    { minSize: '3' } satisfies InstanceGroupSpec,
    // @ts-expect-error not one of the values
    { role: 'Worker' } satisfies InstanceGroupSpec,
    // @ts-expect-error feature gates are text
    { featureGates: { A: true } } satisfies KubeletConfigSpec,
    // @ts-expect-error an object without fields takes none
    { anything: 1 } satisfies RBACAuthorizationSpec,
  ];
  expect(wrong).toHaveLength(6);
});

test('specs are read only', () => {
  const spec: ClusterSpec = { sshAccess: [] };
  // @ts-expect-error specs are shared between clusters, so nobody may write to them
  spec.channel = 'alpha';
  // @ts-expect-error lists likewise
  spec.sshAccess?.push('0.0.0.0/0');
  expect(spec.channel).toBe('alpha');
});
