import { type ClusterFiles, documentsOf, findClusters, manifestDocuments } from '../../../src/adopt';
import { files } from './support';

const MANIFEST = 'kind: Cluster\nmetadata:\n  name: a\nspec: {}\n';
const jobs = (name: string, variables: string) =>
  `.cluster:${name}:\n  variables:\n${variables.replace(/^/gm, '    ')}\n`;

test('a cluster is a folder with a manifest or jobs of ours, and no other', () => {
  const found = findClusters(
    files({
      'clusters/fleet.ts': '',
      'clusters/kops.lock.json': '{}',
      'clusters/shared/index.ts': '',
      'clusters/b/kops.yaml': MANIFEST,
      'clusters/a/kops.yaml': MANIFEST,
      'clusters/a/deeper/kops.yaml': MANIFEST,
      'clusters/a/pipeline.yml': 'x: 1',
    }),
  );
  expect([...found]).toEqual([
    ['a', { manifest: 'clusters/a/kops.yaml', text: MANIFEST, pipeline: 'x: 1' }],
    ['b', { manifest: 'clusters/b/kops.yaml', text: MANIFEST, pipeline: undefined }],
  ]);
});

test('a manifest that is written by hand is found through the jobs', () => {
  const pipeline = jobs('a', 'CDKOPS_MANIFEST: manifests/old.yaml');
  const found = findClusters(files({ 'clusters/a/pipeline.yml': pipeline, 'manifests/old.yaml': MANIFEST }));
  expect(found.get('a')).toEqual({ manifest: 'manifests/old.yaml', text: MANIFEST, pipeline });
});

test.each(['/etc/passwd', '../../secret.yaml', 'a/../../b'])(
  'a manifest outside the project is not read: %s',
  (path) => {
    const project = files({ 'clusters/a/pipeline.yml': jobs('a', `CDKOPS_MANIFEST: ${path}`) });
    expect(findClusters(project).get('a')?.manifest).toBeUndefined();
    expect(project.asked).toEqual(['clusters']);
  },
);

test('the jobs are compared, too; the digest only of a template', () => {
  const common = jobs('a', 'KOPS_VERSION: "1.36.2"\nCDKOPS_MANIFEST_DIGEST: "12"');
  const pipeline = `${common}roll:a:\n  script: [x]\nstages: [b]\ninclude: [c]\n`;
  const own = documentsOf('a', { manifest: 'clusters/a/kops.yaml', text: MANIFEST, pipeline });
  expect(own.slice(1)).toEqual([
    { kind: 'Pipeline', name: '', data: { stages: ['b'] } },
    { kind: 'Jobs', name: '', data: { variables: { KOPS_VERSION: '1.36.2' } } },
    { kind: 'Job', name: 'roll', data: { script: ['x'] } },
  ]);
  const template = documentsOf('a', { manifest: undefined, text: undefined, pipeline: common });
  expect(template.map(({ data }) => data)).toEqual([
    { variables: { KOPS_VERSION: '1.36.2', CDKOPS_MANIFEST_DIGEST: '12' } },
  ]);
});

test('a job of the name of a step hides none', () => {
  const pipeline = 'roll: {script: x}\nroll:a: {script: y}\n';
  const documents = documentsOf('a', { manifest: 'm', text: undefined, pipeline });
  expect(documents.map(({ name }) => name)).toEqual(['roll', 'roll:a']);
});

test.each([
  ['not YAML', 'kind: [\n', /^m\.yaml:\d+ /],
  ['a list', '- 1\n', /^m\.yaml:1 /],
  [
    'aliases without end',
    `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join()}]`)
      .join('\n')}\n`,
    /^m\.yaml:\d+ .*alias/i,
  ],
])('a manifest that cannot be read: %s', (_, text, message) => {
  expect(() => manifestDocuments(text, 'm.yaml')).toThrow(message);
});

test.each([
  ['a: [', /^clusters\/a\/pipeline\.yml is no YAML: .*[^:]$/],
  ['- a', /^clusters\/a\/pipeline\.yml is no pipeline: /],
])('jobs that cannot be read: %s', (pipeline, message) => {
  const broken = findClusters(files({ 'clusters/a/pipeline.yml': pipeline })).get('a');
  expect(broken?.manifest).toBeUndefined();
  expect(() => documentsOf('a', broken as ClusterFiles)).toThrow(message);
});
