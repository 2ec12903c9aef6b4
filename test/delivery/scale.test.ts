import { Cluster, Fleet, Wave, type WaveProps } from '../../src';
import { synthesise } from '../../src/synth';
import { BASE, type Rendered, render } from './support';

const zones = ['eu-central-1a'];
const ROOT = '.gitlab-ci.yml';

/** Clusters in three waves, with all that a cluster's jobs may depend on. */
function fleetOf(names: readonly string[], prod: WaveProps = {}): Fleet {
  const fleet = new Fleet(BASE);
  const props: WaveProps[] = [
    { approval: 'none', maxParallel: 2 },
    { approval: 'wave', maxParallel: 4, canary: names[1], soak: '1 day' },
    { approval: 'cluster', canary: names[2], ...prod },
  ];
  const waves = ['dev', 'staging', 'prod'].map((name, index) => new Wave(fleet, name, props[index]));
  names.forEach((name, index) => {
    new Cluster(waves[index % 3] as Wave, name, { zones });
  });
  return fleet;
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `c${index}.example.com`);

/** The child pipelines of a fleet: their files by the jobs that start them. */
function childrenOf(fleet: Fleet) {
  const pipeline = render(fleet);
  expect(pipeline.findings).toEqual([]);
  const root = pipeline.file(ROOT);
  const triggers = Object.entries(root).filter(([, job]) => (job as Rendered).trigger);
  const fileOf = (job: unknown) => (job as Rendered).trigger.include[0].local.slice(1) as string;
  return {
    ...pipeline,
    root,
    triggers: new Map<string, Rendered>(
      triggers.map(([name, job]) => [name, { ...(job as Rendered), file: fileOf(job) }]),
    ),
    clustersOf: (file: string): string[] =>
      pipeline
        .file(file)
        .include.map(({ local }: { local: string }) => local)
        .filter((local: string) => local.startsWith('/clusters/'))
        .map((local: string) => local.split('/')[2]),
  };
}

test.each([3, 100])('%d clusters are in one pipeline', (count) => {
  const { file, paths } = render(fleetOf(names(count)));
  expect(file(ROOT).include).toHaveLength(count);
  expect(paths).toHaveLength(count + 1);
});

describe('more clusters than one pipeline can hold', () => {
  const fleet = fleetOf(names(330));
  const { root, triggers, clustersOf, file, paths } = childrenOf(fleet);
  const rollouts = [...triggers].filter(([name]) => name.startsWith('rollout:'));

  test('are each in one child, which has at most 100', () => {
    const parts = rollouts.map(([, job]) => clustersOf(job.file));
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(100);
    expect(parts.flat().sort()).toEqual(names(330).sort());
  });

  test('are planned, rolled out and looked at in the same children', () => {
    for (const [name, job] of rollouts) {
      for (const step of ['plan', 'drift']) {
        expect(triggers.get(name.replace('rollout', step))?.file).toBe(job.file);
      }
    }
    expect(paths.filter((path) => path.startsWith('.gitlab/child-')).sort()).toEqual(
      rollouts.map(([, job]) => job.file).sort(),
    );
  });

  test('wait in the parent for what opens their wave', () => {
    for (const [name, { needs }] of rollouts) {
      expect(needs).toContain('verify');
      const wave = name.slice('rollout:'.length).split('.')[0];
      if (wave !== 'dev') expect(needs).toContain(`open:${wave}`);
    }
    expect(root).toHaveProperty(['rolled:staging']);
    expect(root).toHaveProperty(['soak:staging']);
    expect(Object.keys(root).filter((name) => /^(update|roll|dryrun):/.test(name))).toEqual([]);
  });

  test('wait for the child of the one that goes first', () => {
    const prod = rollouts.filter(([name]) => /^rollout:prod\./.test(name));
    expect(prod.length).toBeGreaterThan(2);
    for (const [name, { needs, file: child }] of prod) {
      const canary = { job: 'rollout:prod.canary', optional: true };
      if (name === canary.job) expect(clustersOf(child)).toEqual(['c2.example.com']);
      else expect(needs).toContainEqual(canary);
    }
  });

  test('are told what the pipeline really comes from', () => {
    for (const [name, { variables, trigger }] of triggers) {
      expect(variables.CDKOPS_PIPELINE_SOURCE).toBe('$CI_PIPELINE_SOURCE');
      expect(variables.CDKOPS_PHASE).toBe(name.startsWith('plan:') ? 'plan' : undefined);
      expect(trigger).toMatchObject({ strategy: 'mirror', forward: { pipeline_variables: true } });
    }
  });

  test('have the same files as in one pipeline', () => {
    const few = names(60);
    const alone = render(fleetOf(few));
    // In both the same clusters share a slot and go first, since the first ones are the same.
    const same = ['c0.example.com', 'c1.example.com', 'c2.example.com', 'c5.example.com'];
    for (const name of same) {
      const path = `clusters/${name}/pipeline.yml`;
      const { [`update:${name}`]: _one, ...one } = file(path);
      const { [`update:${name}`]: _other, ...other } = alone.file(path);
      expect(one).toEqual(other);
    }
  });
});

describe('clusters that are added', () => {
  /** Texts of a fleet by path. */
  const texts = (given: readonly string[]) => synthesise(fleetOf(given)).files;

  test.each([5, 60, 99, 100, 130, 331])('to %d, three at once, change three files each at most', (count) => {
    const before = names(count);
    // In the middle, so that it is nobody's end; the wave of those behind it must stay the same.
    const at = 3 * Math.floor(count / 6);
    const more = ['new1.example.com', 'new2.example.com', 'new3.example.com'];
    const [one, other] = [texts(before), texts([...before.slice(0, at), ...more, ...before.slice(at)])];
    const changed = [...one].filter(([path, text]) => other.has(path) && other.get(path) !== text);
    // Three new clusters, one a wave: the root file, and for each its child and the one behind it in its slot.
    expect(changed.length).toBeLessThanOrEqual(1 + 3 * 2);
    expect([...one.keys()].filter((path) => path.startsWith('clusters/') && !other.has(path))).toEqual([]);
  });

  test('to 330 change the root, their child and the one behind them', () => {
    const fleet = () => fleetOf(names(330));
    const before = synthesise(fleet()).files;
    for (let index = 0; index < 20; index++) {
      const grown = fleet();
      new Cluster(grown.waves[index % 3] as Wave, `new${index}.example.com`, { zones });
      const after = synthesise(grown).files;
      const changed = [...before].filter(([path, text]) => after.has(path) && after.get(path) !== text);
      expect(changed.map(([path]) => path).length).toBeLessThanOrEqual(3);
    }
  });
});

test('retired clusters end in a child of their own, which waits for no wave', () => {
  const fleet = fleetOf(names(120));
  new Cluster(fleet.waves[2] as Wave, 'old.example.com', { zones, retired: true });
  const { triggers, clustersOf } = childrenOf(fleet);
  const end = triggers.get('rollout:retired');
  expect(end?.needs).toEqual(['verify']);
  expect(end?.stage).toBe('delete');
  expect(clustersOf(end?.file ?? '')).toEqual(['old.example.com']);
  expect([...triggers.keys()].filter((name) => name.endsWith(':retired'))).toEqual(['rollout:retired']);
});
