import { NodeGroup } from '../../src';
import { aCluster, groupsOf } from './support';

// What follows from a value follows from the one that the manifest has in the end, wherever it was given.

test('the image is that of the Kubernetes version and machine type of the spec', () => {
  const cluster = aCluster({ spec: { kubernetesVersion: '1.31.0' } });
  new NodeGroup(cluster, 'nodes', { spec: { machineType: 'm7g.large' } });
  expect(groupsOf(cluster).nodes).toMatchObject({
    machineType: 'm7g.large',
    image: expect.stringMatching(/jammy.*arm64/),
  });
});

test.each(['1.35', 'v1.35.1'])('the image is that of Kubernetes %s', (kubernetesVersion) => {
  const [group] = Object.values(groupsOf(aCluster({ kubernetesVersion })));
  expect(group.image).toMatch(/noble.*amd64/);
});

test('spot instances are of the machine type of the spec', () => {
  const cluster = aCluster();
  new NodeGroup(cluster, 'nodes', { spot: true, spec: { machineType: 'm7i.large' } });
  expect(groupsOf(cluster).nodes.mixedInstancesPolicy.instances).toEqual(['m7i.large']);
});
