import { splitFields } from '../../../../src/adopt/import/fit/split-fields';
import type { KopsDocument } from '../../../../src/kops';

function cluster(spec: Record<string, unknown>, metadata: object = {}): KopsDocument {
  return {
    apiVersion: 'kops.k8s.io/v1alpha2',
    kind: 'Cluster',
    metadata: { name: 'a.example.com', ...metadata },
    spec,
  } as KopsDocument;
}

test('what the release knows stays in the spec', () => {
  const document = cluster({ channel: 'stable', iam: { legacy: false } }, { labels: { team: 'a' } });
  expect(splitFields(document, '1.36')).toMatchObject({
    spec: document.spec,
    labels: { team: 'a' },
    unknownFields: undefined,
    patches: [],
  });
});

test('what it does not know is apart, items of lists with their names', () => {
  const document = cluster({
    channel: 'stable',
    newThing: { a: 1 },
    iam: { legacy: false, newer: true },
    subnets: [
      { name: 'a', zone: 'a', colour: 'red' },
      { name: 'b', zone: 'b' },
    ],
  });
  const split = splitFields(document, '1.36');
  expect(split.spec).toEqual({
    channel: 'stable',
    iam: { legacy: false },
    subnets: [
      { name: 'a', zone: 'a' },
      { name: 'b', zone: 'b' },
    ],
  });
  expect(split.unknownFields).toEqual({
    newThing: { a: 1 },
    iam: { newer: true },
    subnets: [{ name: 'a', colour: 'red' }],
  });
  expect(split.document).toEqual(document);
});

test('a list whose items have no names of their own goes as a whole', () => {
  const hooks = [{ manifest: 'x', colour: 'red' }, { manifest: 'y' }];
  const twice = [{ name: 'a', colour: 'red' }, { name: 'a' }];
  const { spec, unknownFields } = splitFields(cluster({ hooks, subnets: twice }), '1.36');
  expect(spec).toEqual({});
  expect(unknownFields).toEqual({ hooks, subnets: twice });
});

test('what no typed prop can hold is patched', () => {
  const document = cluster(
    { channel: 7, iam: { legacy: 'no' }, kubernetesApiAccess: ['0.0.0.0/0', 5], 'a/b~c': 1 },
    { labels: { size: 3 } },
  );
  const { spec, labels, unknownFields, patches } = splitFields(document, '1.36');
  expect(spec).toEqual({ iam: {} });
  expect(labels).toBeUndefined();
  expect(unknownFields).toEqual({ 'a/b~c': 1 });
  expect(patches).toEqual([
    { op: 'add', path: '/metadata/labels', value: { size: 3 } },
    { op: 'add', path: '/spec/channel', value: 7 },
    { op: 'add', path: '/spec/iam/legacy', value: 'no' },
    { op: 'add', path: '/spec/kubernetesApiAccess', value: ['0.0.0.0/0', 5] },
  ]);
});

test('a field that only other releases know is unknown', () => {
  const document = cluster({ containerRuntime: 'docker', kubeDNS: { provider: 'CoreDNS' } });
  const known = Object.keys(splitFields(document, '1.26').spec);
  expect(known).toContain('kubeDNS');
});
