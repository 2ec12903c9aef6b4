import * as fs from 'node:fs';
import * as path from 'node:path';
import { type ClusterSettings, StateStore } from '../../src';
import { stringifyDocuments } from '../../src/synth';
import { CORPUS } from '../adopt/import/support/corpus';
import { GeneratedCode } from '../adopt/import/support/generated-code';
import { FUNCTION_NAME, importText } from '../adopt/import/support/import-text';
import { byIdentity, clustersIn, expectSameObjects } from '../adopt/import/support/read-independently';
import { Project } from '../cli/support/project';
import { createBucket } from './support/aws';
import { E2E } from './support/folders';
import { kops, kopsEnvironment, kopsError, kopsOutput } from './support/kops';
import { type KopsJson, parseObjects } from './support/objects';
import { provided } from './support/provided';
import { runTool } from './support/run-tool';
import { emptyStateStore } from './support/state-store';

const SETTINGS: ClusterSettings = {
  stateStore: StateStore.s3('fleet-state'),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
};

const code = new GeneratedCode();
afterAll(() => {
  code.remove();
  Project.removeAll();
});

/** The source of the kops that these tests run. */
const KOPS_SOURCE = (
  JSON.parse(
    runTool('go', ['mod', 'download', '-json', 'k8s.io/kops'], {
      cwd: path.join(E2E, 'kops'),
      timeoutSeconds: 300,
    }),
  ) as { Dir: string }
).Dir;

/** Where kOps keeps tests of what it does with manifests. */
const TESTED = ['cmd', 'nodeup', 'pkg', 'tests', 'upup'];

/** What is no manifest of a cluster, and why. */
const NO_CLUSTERS: Readonly<Record<string, string>> = {
  'cmd/kops/test/edit_instance_group.yaml': 'a group alone, for a test of an editor',
};

/** Everything of v1alpha2 in kOps's own tests, by path: what they read, and what they expect kOps to write. */
function testManifests(): string[] {
  const files = TESTED.flatMap((folder) =>
    fs
      .readdirSync(path.join(KOPS_SOURCE, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(?:go|md|json)$/.test(entry.name))
      .map((entry) => path.relative(KOPS_SOURCE, path.join(entry.parentPath, entry.name))),
  );
  return files
    .filter((file) => /^apiVersion: ["']?kops(?:\.k8s\.io)?\/v1alpha2/m.test(sourceOf(file)))
    .sort();
}

const sourceOf = (file: string) => fs.readFileSync(path.join(KOPS_SOURCE, file), 'utf8');

describe("the manifests of kOps's own tests", () => {
  const files = testManifests();

  test('are many', () => {
    expect(files.length).toBeGreaterThan(200);
    expect(files.filter((file) => file.endsWith('in-v1alpha2.yaml')).length).toBeGreaterThan(80);
    expect(files).toEqual(expect.arrayContaining(Object.keys(NO_CLUSTERS)));
  });

  const manifests = files.filter((file) => !Object.hasOwn(NO_CLUSTERS, file));
  test.each(manifests)('%s', (file) => {
    const text = sourceOf(file);
    const wanted = clustersIn(text);
    expect(wanted.size).toBe(1);
    for (const level of ['L2', 'L1'] as const) {
      for (const { cluster, code: imported } of importText(text, { level, settings: SETTINGS })) {
        const objects = { ...wanted.get(cluster.name) };
        const { spec, ...rest } = objects[`Cluster ${cluster.name}`] as { spec: { configBase?: string } };
        const { configBase = `s3://fleet-state/${cluster.name}` } = spec;
        objects[`Cluster ${cluster.name}`] = { ...rest, spec: { ...spec, configBase } };
        expectSameObjects(byIdentity(code.render(imported.text, FUNCTION_NAME, SETTINGS)), objects);
      }
    }
  });
});

/** Everything that kops has of a cluster, without when it first saw it. */
async function storedObjects(store: string, name: string): Promise<Record<string, unknown>> {
  const all = parseObjects(await kopsOutput(['get', 'all', '--name', name, '--output', 'json'], { store }));
  const entries = all.map(({ metadata, ...object }: KopsJson) => {
    const { creationTimestamp: _time, generation: _count, ...kept } = metadata;
    return [`${object.kind} ${kept.name}`, { ...object, metadata: kept }];
  });
  return Object.fromEntries(entries);
}

/** Texts that kops has taken. */
const taken = new Set<string>();

/** What kops makes of a manifest in an empty store: the objects of its clusters, or what is wrong with it. */
async function whatKopsReads(text: string, names: readonly string[]): Promise<unknown> {
  const store = await emptyStateStore();
  const { code: exit, stderr } = await kops(['replace', '--force', '--filename', '-'], {
    store,
    input: text,
  });
  if (exit !== 0) return { refused: kopsError(stderr) };
  taken.add(text);
  return Promise.all(names.map((name) => storedObjects(store, name)));
}

describe('kops reads the same from what import makes of it:', () => {
  /** Manifests of clouds that kops asks first, of releases that it has left behind, and what it does not take as it is written. */
  const onAws = CORPUS.filter(({ text }) => /cloudProvider"?: "?aws/.test(text));

  test('most manifests of the corpus are tried', () => {
    expect(onAws.length).toBeGreaterThan(50);
  });

  test.each(onAws.map((manifest) => [manifest.slug, manifest] as const))('%s', async (slug, { text }) => {
    for (const [, bucket = ''] of text.matchAll(/configBase"?: "?s3:\/\/([a-z0-9-]+)/g)) {
      await createBucket(provided('emulator'), bucket);
    }
    const imported = importText(text, { level: 'L2', settings: SETTINGS });
    const names = imported.map(({ cluster }) => cluster.name);
    const rendered = imported.flatMap(({ code: { text: generated } }) =>
      code.render(generated, FUNCTION_NAME, SETTINGS),
    );
    // kops takes neither groups before their cluster nor add-on objects nor a cluster without a place for its state.
    const own = text
      .split(/^---$/m)
      .filter((document) => !/^kind: (?:ConfigMap|StorageClass)$/m.test(document))
      .sort((one, other) => rank(one) - rank(other))
      .join('---\n');
    const before = await whatKopsReads(
      slug === 'existing-vpc' || slug === 'minimal-gossip' ? stringifyDocuments(rendered) : own,
      names,
    );
    expect(await whatKopsReads(stringifyDocuments(rendered), names)).toEqual(before);
  });

  test('most of them are taken, not refused alike', () => {
    // The text that was written and the one that was rendered.
    expect(taken.size / 2).toBeGreaterThan(45);
  });
});

/** Clusters before what belongs to them. */
function rank(document: string): number {
  return /^["']?kind["']?: ["']?Cluster|kind: Cluster\b|"kind": ?"Cluster"/m.test(document) ? 0 : 1;
}

describe('clusters of a state store', () => {
  const CREATED: Readonly<Record<string, readonly string[]>> = {
    'one.k8s.local': ['--zones', 'us-east-1a', '--networking', 'cilium'],
    'three.k8s.local': [
      ...['--zones', 'us-east-1a,us-east-1b,us-east-1c', '--networking', 'calico', '--topology', 'private'],
      ...['--control-plane-count', '3', '--bastion', '--cloud-labels', 'Owner=team a'],
    ],
    'six.k8s.local': ['--zones', 'us-east-1a,us-east-1b', '--networking', 'cilium', '--ipv6'],
  };
  const names = Object.keys(CREATED).sort();
  let store: string;

  beforeAll(async () => {
    store = await emptyStateStore();
    const channel = `file://${path.join(E2E, 'channel.yaml')}`;
    for (const [name, flags] of Object.entries(CREATED)) {
      const args = ['create', 'cluster', '--name', name, '--cloud', 'aws', '--dns', 'none', ...flags];
      const more = ['--channel', channel, '--set', 'cluster.spec.channel=stable', '--image', 'ami-03cf127a'];
      const dryRun = ['--kubernetes-version', '1.35.1', '--dry-run', '--output', 'yaml'];
      // Without the dry run kops would plan, and ask the network for what it would install.
      const manifest = await kopsOutput([...args, ...more, ...dryRun], { store });
      await kopsOutput(['replace', '--force', '--filename', '-'], { store, input: manifest });
    }
  });

  /** A project that can reach the emulator, and has the kops of these tests on its path. */
  async function inProject(run: (project: Project, env: Record<string, string>) => Promise<void>) {
    const project = new Project(
      "import { Fleet } from 'cdkops';\n\nexport const fleet = new Fleet({ kops: '1.36.2' });\n\n// cdkops import: new clusters go above this line.\n",
    );
    const tools = fs.mkdtempSync(path.join(provided('home'), 'tools-'));
    fs.symlinkSync(provided('kops'), path.join(tools, 'kops'));
    await run(project, {
      ...kopsEnvironment(),
      PATH: `${tools}${path.delimiter}${process.env.PATH ?? ''}`,
    });
  }

  const synthesised = async (project: Project) => {
    const { code: exit, stderr } = await project.run('synth');
    expect({ exit, stderr }).toMatchObject({ exit: 0 });
  };

  test.each(names)('%s, as kops get all prints it, comes back as it was', async (name) => {
    const before = await storedObjects(store, name);
    const printed = await kopsOutput(['get', 'all', '--name', name, '--output', 'yaml'], { store });
    await inProject(async (project, env) => {
      const stdio = (child: { stdin: { end(text: string): void } | null }) => child.stdin?.end(printed);
      const imported = await project.cdkops(['import', '-'], { env, stdio });
      expect(imported).toMatchObject({ code: 0 });
      await synthesised(project);
      const manifest = project.read(`clusters/${name}/kops.yaml`);
      await kopsOutput(['replace', '--force', '--filename', '-'], { store, input: manifest });
    });
    expect(await storedObjects(store, name)).toEqual(before);
  });

  test('all at once, with a code of few lines each', async () => {
    const before = await Promise.all(names.map((name) => storedObjects(store, name)));
    await inProject(async (project, env) => {
      const { code: exit, stdout, stderr } = await project.cdkops(['import', store], { env });
      expect({ exit, stderr }).toMatchObject({ exit: 0 });
      for (const name of names) {
        expect(stdout).toContain(name);
        const lines = project
          .read(`clusters/${name}/cluster.ts`)
          .split('\n')
          .filter((line) => line.trim() !== '' && !/^(?:import|\/\*\*| *\/\/)/.test(line));
        expect(lines.length).toBeLessThanOrEqual(25);
      }
      await synthesised(project);
      for (const name of names) {
        const manifest = project.read(`clusters/${name}/kops.yaml`);
        await kopsOutput(['replace', '--force', '--filename', '-'], { store, input: manifest });
      }
    });
    expect(await Promise.all(names.map((name) => storedObjects(store, name)))).toEqual(before);
  });

  test('a store without clusters is an error, and nothing is written', async () => {
    const empty = await emptyStateStore();
    await inProject(async (project, env) => {
      const state = project.state();
      const { code: exit, stderr } = await project.cdkops(['import', empty], { env });
      expect(exit).toBe(1);
      expect(stderr).toContain('no clusters');
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(project.state()).toEqual(state);
    });
  });
});
