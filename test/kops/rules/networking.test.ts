import { aCluster, findingsOf, specOf } from '../support';

test('a spec that names a plugin means that one, with what follows from it', () => {
  const spec = specOf(aCluster({ spec: { networking: { calico: {} } } }));
  expect(spec.networking).toEqual({ calico: {} });
  expect(spec).not.toHaveProperty('kubeProxy');
});

test('a spec that adds to the plugin of a setting keeps it', () => {
  const spec = specOf(aCluster({ networking: 'cilium', spec: { networking: { cilium: { ipam: 'eni' } } } }));
  expect(spec.networking).toEqual({ cilium: { enableNodePort: true, ipam: 'eni' } });
  expect(spec.kubeProxy).toEqual({ enabled: false });
});

test('fails: two plugins', () => {
  expect(findingsOf(aCluster({ networking: { cilium: {}, calico: {} } }))).toEqual([
    expect.stringContaining('spec.networking: has cilium and calico: kOps takes one network plugin'),
  ]);
});

test.each([
  ['10.0.0.5/16', '10.0.0.0/16'],
  ['172.20.1.1/16', '172.20.0.0/16'],
])('fails: %s has host bits', (networkCIDR, written) => {
  expect(findingsOf(aCluster({ networkCIDR })).join('\n')).toContain(
    `has bits beyond its prefix: write ${written}`,
  );
});

test('fails: a local zone, which is another region to kOps', () => {
  expect(findingsOf(aCluster({ zones: ['us-east-1a', 'us-east-1-bos-1a'] })).join('\n')).toContain('region');
});
