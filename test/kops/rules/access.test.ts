import { aCluster, findingsOf } from '../support';

test.each([['198.51.100.7/32'], ['0.0.0.0/0'], ['::/0'], ['2001:db8::/32'], ['pl-0123456789abcdef0']])(
  '%s may have access',
  (range) => {
    expect(findingsOf(aCluster({ kubernetesApiAccess: [range], sshAccess: [range] }))).toEqual([]);
  },
);

test('fails: an address without a prefix is told with one', () => {
  expect(findingsOf(aCluster({ sshAccess: ['10.0.0.0/8', '198.51.100.7'] }))).toEqual([
    expect.stringContaining(
      'spec.sshAccess[1]: "198.51.100.7" is no range of addresses: expected one such as 198.51.100.7/32',
    ),
  ]);
});

test('fails: bits beyond the prefix', () => {
  expect(findingsOf(aCluster({ sshAccess: ['1.2.3.4/24'] }))).toEqual([
    expect.stringContaining('write 1.2.3.0/24'),
  ]);
});

test.each(['all', '300.1.1.1/8', '010.0.0.0/8', '10/8', ''])('fails: %j', (range) => {
  expect(findingsOf(aCluster({ kubernetesApiAccess: [range] }))).toEqual([
    expect.stringContaining('spec.kubernetesApiAccess[0]: '),
  ]);
});
