import { aCluster, findingsOf } from '../support';

const at = (kops: string, kubernetesVersion: string) => findingsOf(aCluster({ kops, kubernetesVersion }));

test.each([
  ['1.36.2', '1.36.0'],
  ['1.36.2', 'v1.35.1'],
  ['1.36.2', '1.35'],
  ['1.36.2', '1.36.0-alpha.1'],
  ['1.36.2', 'https://storage.example.com/kubernetes/ci/v1.37.0-alpha'],
  ['1.30.4', '1.30.0'],
])('kOps %s runs Kubernetes %s', (kops, kubernetesVersion) => {
  expect(at(kops, kubernetesVersion)).toEqual([]);
});

test.each([
  ['1.36.2', '1.37.0', 'kOps 1.36.2 runs Kubernetes 1.36 at most, got 1.37.0'],
  ['1.30.4', '1.31.0', 'kOps 1.30.4 runs Kubernetes 1.30 at most'],
  ['1.36.2', '2.0.0', 'at most'],
  ['1.36.2', 'latest', '"latest" is no Kubernetes version'],
])('fails: kOps %s with Kubernetes %s', (kops, kubernetesVersion, message) => {
  expect(at(kops, kubernetesVersion)).toEqual([expect.stringContaining(message)]);
});

test.each(['v1.36.2', '1.36', ' 1.36.2'])('fails: %j does not say which kOps to run', (kops) => {
  expect(at(kops, '1.35.1').join('\n')).toContain('expected a version such as 1.36.2');
});

test('kOps 1.26 gets no default that it does not know', () => {
  expect(at('1.26.6', '1.26.15')).toEqual([]);
});
