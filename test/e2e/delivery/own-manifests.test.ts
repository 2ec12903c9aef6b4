import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CLUSTER, type DeliveryPipeline } from '../support/delivery-project';
import { ExternalProject } from '../support/external-project';
import { E2E } from '../support/folders';
import { smallFleet } from '../support/small-fleet';

// Manifests that are not made of constructs have the same jobs, and come to the same end.

const CHANNEL = pathToFileURL(path.join(E2E, 'channel.yaml')).href;

let project: ExternalProject;
let manifest: string;
beforeAll(async () => {
  project = await ExternalProject.start();
  const made = smallFleet({ bucket: project.ground.bucket })[`clusters/${CLUSTER}/kops.yaml`] ?? '';
  // As somebody writes it: without our first two lines.
  manifest = `# Written by hand.\n${made.split('\n').slice(2).join('\n')}`;
});
afterAll(() => project?.ground.stop());

test('a manifest that people write: its way to a cluster, and that of a change', async () => {
  const first = project.push({ 'manifests/c1.yaml': manifest }, { manifest: 'manifests/c1.yaml' });
  expect(await first.succeeds('dryrun')).toContain('a new cluster');
  await first.succeeds('update', 'roll', 'rolled');
  expect(await first.succeeds('dryrun')).toContain('nothing to do, this commit is rolled out');

  const changed = manifest.replace('maxSize: 2', 'maxSize: 3');
  const second = project.push({ 'manifests/c1.yaml': changed }, { manifest: 'manifests/c1.yaml' });
  expect(await second.succeeds('dryrun')).toMatch(/MaxSize\s+2 -> 3/);
  await second.succeeds('update', 'roll', 'rolled');
  expect(await second.succeeds('drift')).toContain('no drift');
  const kept = await project.ground.storeKeys(`cdkops/${CLUSTER}/`);
  const texts = await Promise.all(kept.map((key) => project.ground.storeObject(key)));
  expect(texts.sort()).toEqual([manifest, changed].sort());
  manifest = changed;
}, 180_000);

describe('a template of kops', () => {
  const SOURCE = {
    template: ['templates/cluster.yaml'],
    values: ['values/all.yaml', 'values/c1.yaml'],
    snippets: ['snippets'],
  };
  const inputs = (changes: Record<string, string> = {}) => ({
    'templates/cluster.yaml': manifest
      .replaceAll(CLUSTER, '{{ .clusterName }}')
      .replace('maxSize: 3', 'maxSize: {{ .maxSize }}')
      .replace(`configBase: s3://${project.ground.bucket}`, 'configBase: {{ .store }}')
      // A line that is blank where there is no tier.
      .replace(/^( +)(kops.k8s.io\/instancegroup: nodes)$/m, '$1$2\n$1{{ include "labels.yaml" . }}'),
    'snippets/labels.yaml': '{{ if .tier }}tier: {{ .tier }}{{ end }}',
    'values/all.yaml': `store: s3://${project.ground.bucket}\nmaxSize: 1\ntier: ""\n`,
    'values/c1.yaml': 'maxSize: 3\n',
    ...changes,
  });
  // kops loads a channel whenever it renders; its own is on the network.
  const offline = (pipeline: DeliveryPipeline) => ({
    CDKOPS_TEMPLATE_FLAGS: `${pipeline.variable('CDKOPS_TEMPLATE_FLAGS')} --channel ${CHANNEL}`,
  });
  const succeeds = async (
    pipeline: DeliveryPipeline,
    ...commands: Parameters<DeliveryPipeline['succeeds']>
  ) => {
    let printed = '';
    for (const command of commands) {
      const { code, output } = await pipeline.run(command, offline(pipeline));
      if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output}`);
      printed = output;
    }
    return printed;
  };

  test('that renders what is live changes nothing; its values go the whole way', async () => {
    const same = project.push(inputs(), SOURCE);
    project.ground.chronicle.clear();
    expect(await succeeds(same, 'dryrun')).toContain('No changes need to be applied to the cloud.');
    expect(await succeeds(same, 'update', 'roll', 'rolled')).toContain('rolled out');
    const changes = project.ground.writes().filter(({ what }) => !what.includes('/cdkops/'));
    expect(changes).toEqual([]);

    const values = { 'values/c1.yaml': 'maxSize: 4\ntier: web\n' };
    const changed = project.push(inputs(values), SOURCE);
    const planned = await succeeds(changed, 'dryrun');
    expect(planned).toMatch(/MaxSize\s+3 -> 4/);
    expect(planned).toContain('+    tier: web');
    await succeeds(changed, 'update', 'roll', 'rolled');
    expect(await succeeds(changed, 'drift')).toContain('no drift');
    expect(await succeeds(changed, 'dryrun')).toContain('nothing to do, this commit is rolled out');
    const labels = (await project.ground.kubernetes.nodes()).map(({ metadata }) => metadata.labels.tier);
    expect(labels.filter(Boolean)).toEqual(['web']);
  }, 180_000);

  test.each<[what: string, changes: () => Record<string, string>, expected: string]>([
    [
      'that is no template',
      () => ({ 'templates/cluster.yaml': 'kind: {{ if }}\n' }),
      'kops toolbox template cannot render the manifest',
    ],
    [
      'with a value that nobody gives',
      () => ({ 'values/all.yaml': 'maxSize: 1\ntier: ""\n' }),
      'kops toolbox template cannot render the manifest',
    ],
    [
      'with its files elsewhere',
      () => ({ 'values/all.yaml': 'store: s3://elsewhere\nmaxSize: 1\ntier: ""\n' }),
      `has spec.configBase: s3://elsewhere/${CLUSTER}, and this job expects s3://`,
    ],
    [
      'without configBase',
      () => ({
        'templates/cluster.yaml': inputs()['templates/cluster.yaml'].replace(/ {2}configBase:.*\n/, ''),
      }),
      'has spec.configBase: none, and this job expects s3://',
    ],
    [
      'of another cluster',
      () => ({ 'values/c1.yaml': 'maxSize: 4\nclusterName: c2.k8s.local\n' }),
      `is no manifest of ${CLUSTER} alone: it has c2.k8s.local`,
    ],
    [
      'that renders nothing',
      () => ({ 'templates/cluster.yaml': '{{ if false }}kind: Cluster{{ end }}\n' }),
      'cdkops: ',
    ],
  ])('%s is refused, and says so', async (_what, changes, expected) => {
    const pipeline = project.push(inputs(changes()), SOURCE);
    project.ground.chronicle.clear();
    const { code, output } = await pipeline.run('dryrun', offline(pipeline));
    expect([code, output]).toEqual([1, expect.stringContaining(expected)]);
    expect(project.ground.writes()).toEqual([]);
  });
});
