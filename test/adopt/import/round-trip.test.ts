import { type ClusterSettings, type KopsDocument, StateStore } from '../../../src';
import { stringifyDocuments } from '../../../src/synth';
import { CORPUS, type Manifest } from './support/corpus';
import { GeneratedCode } from './support/generated-code';
import { FUNCTION_NAME, type ImportedText, importText } from './support/import-text';
import {
  byIdentity,
  clustersIn,
  commentLinesIn,
  expectSameObjects,
  type Objects,
} from './support/read-independently';

// The first compilation of all sources may take a while.
jest.setTimeout(120_000);

const LEVELS = ['L2', 'L1'] as const;
const SETTINGS: ClusterSettings = {
  stateStore: StateStore.s3('fleet-state'),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
};

const code = new GeneratedCode();
afterAll(() => code.remove());

/** The manifests that do not say where their state lies; import sets what the wave says. */
const WITHOUT_CONFIG_BASE = ['existing-vpc', 'minimal-gossip'];

/** What is to come out of a manifest, by cluster. */
function wanted({ slug, text }: Manifest): Map<string, Objects> {
  const clusters = clustersIn(text);
  if (!WITHOUT_CONFIG_BASE.includes(slug)) return clusters;
  for (const [name, objects] of clusters) {
    const { spec } = objects[`Cluster ${name}`] as { spec: Record<string, unknown> };
    expect(spec.configBase).toBeUndefined();
    spec.configBase = `s3://fleet-state/${name}`;
  }
  return clusters;
}

/** What the code of a cluster renders, and nothing else than running it says. */
function rendered({ code: { text } }: ImportedText): KopsDocument[] {
  return code.render(text, FUNCTION_NAME, SETTINGS);
}

/** Everything that import keeps of a text: code, and what it puts beside it. */
function keptOf(imported: readonly ImportedText[]): string {
  return imported.map(({ cluster, code: { text } }) => `${text}\n${cluster.addons.text}`).join('\n');
}

describe.each(CORPUS.map((manifest) => [manifest.slug, manifest] as const))('%s', (slug, manifest) => {
  test.each(LEVELS)('%s code renders the same objects, also of the manifest that it renders', (level) => {
    const clusters = wanted(manifest);
    const imported = importText(manifest.text, { level, settings: SETTINGS });
    expect(imported.map(({ cluster }) => cluster.name).sort()).toEqual([...clusters.keys()].sort());
    imported.forEach((one, index) => {
      const documents = rendered(one);
      const objects = clusters.get(one.cluster.name) ?? {};
      expectSameObjects(byIdentity(documents), objects);
      code.write(`${slug}-${index}-${level.toLowerCase()}.ts`, one.code.text);
      const [again] = importText(stringifyDocuments(documents), { level, settings: SETTINGS });
      expectSameObjects(byIdentity(rendered(again as ImportedText)), objects);
    });
  });

  test.each(LEVELS)('%s code has all comments', (level) => {
    const kept = keptOf(importText(manifest.text, { level, settings: SETTINGS }));
    const missing = [...commentLinesIn(manifest.text)].filter(
      ([line, count]) => kept.split(line).length - 1 < count,
    );
    expect(missing).toEqual([]);
  });
});

test('a fleet in which most settings differ from the manifests changes the code and not what it renders', () => {
  const settings: ClusterSettings = {
    stateStore: StateStore.gs('other-state'),
    kops: '1.33.2',
    kubernetesVersion: '1.31.4',
    defaults: 'kops',
    networking: 'calico',
    topology: 'private',
    api: 'internal',
    image: 'ami-0fffffffffffffff0',
    kubernetesApiAccess: ['10.0.0.0/8'],
    sshAccess: ['192.0.2.0/24'],
    cloudLabels: { owner: 'nobody', env: 'none' },
    discoveryStore: 's3://nobody-oidc',
  };
  for (const manifest of CORPUS.filter(({ slug }) => !WITHOUT_CONFIG_BASE.includes(slug))) {
    const clusters = clustersIn(manifest.text);
    for (const { cluster, code: imported } of importText(manifest.text, { level: 'L2', settings })) {
      const documents = code.render(imported.text, FUNCTION_NAME, settings);
      expectSameObjects(byIdentity(documents), clusters.get(cluster.name) ?? {});
    }
  }
});

describe('all of the code', () => {
  const broken = 'broken.ts';
  afterEach(() => code.delete(broken));

  test('is there', () => {
    expect(code.files().length).toBeGreaterThanOrEqual(CORPUS.length * LEVELS.length);
  });

  test('type-checks, in one run', () => {
    expect(code.typeProblems()).toBe('');
    code.write(broken, "import { NodeGroup } from 'cdkops';\nexport const minSize: NodeGroup = '3';\n");
    expect(code.typeProblems()).toContain(broken);
  });

  test('has nothing for Biome to format or to remark', () => {
    expect(code.styleProblems()).toBe('');
    code.write(broken, 'export const sizes = [3,4];\n');
    expect(code.styleProblems()).toContain(broken);
  });
});
