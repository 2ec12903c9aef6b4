import { Cluster, Fleet, KopsCluster, Wave } from '../../src';
import { BASE, pipelineOf, render } from './support';

const ROOT = '.gitlab-ci.yml';

function fleetOf(...names: string[]): Fleet {
  const fleet = new Fleet(BASE);
  const wave = new Wave(fleet, 'dev');
  for (const name of names) new Cluster(wave, name, { zones: ['eu-central-1a'] });
  return fleet;
}

describe('the root file', () => {
  test('includes one file a cluster, itself last', () => {
    const { paths, file, findings } = render(fleetOf('a.example.com', 'b.example.com'));
    expect(paths).toEqual([
      'clusters/a.example.com/pipeline.yml',
      'clusters/b.example.com/pipeline.yml',
      ROOT,
    ]);
    expect(file(ROOT).include).toEqual([
      { local: '/clusters/a.example.com/pipeline.yml' },
      { local: '/clusters/b.example.com/pipeline.yml' },
    ]);
    expect(findings).toEqual([]);
  });

  test('is the same for other clusters, but for the files that it includes', () => {
    const { include: _one, ...one } = render(fleetOf('a.example.com')).file(ROOT);
    const { include: _other, ...other } = pipelineOf({
      retired: true,
      jobs: { image: 'b' },
      afterRoll: ['true'],
      timeouts: { roll: '2h' },
    }).file(ROOT);
    expect(other).toEqual(one);
  });

  test('lets nothing be cut off on the default branch', () => {
    const { workflow } = pipelineOf().file(ROOT);
    expect(workflow.auto_cancel).toEqual({ on_new_commit: 'none' });
    expect(workflow.rules[0].auto_cancel).toEqual({ on_new_commit: 'interruptible' });
  });

  test('has its place by the fleet', () => {
    const { file } = pipelineOf({}, { pipeline: { file: 'ci/kops.yml' } });
    expect(file('ci/kops.yml')['.update']).toBeDefined();
    expect(file('ci/kops.yml').verify.script.join('\n')).toMatch(/ci\/kops\.yml .*right-files/);
  });

  test('is not there where no pipeline is wanted', () => {
    expect(pipelineOf({}, { pipeline: false }).paths).toEqual([]);
  });

  test.each([
    '/etc/ci.yml',
    '../ci.yml',
    'a/../../ci.yml',
    'ci',
    'a b.yml',
    '',
    'clusters/a.example.com/kops.yaml',
  ])('fails for the file %j', (file) => {
    const { findings, paths } = pipelineOf({}, { pipeline: { file } });
    expect(findings).toContainEqual(expect.stringContaining('[Fleet] pipeline.file: expected the path'));
    expect(paths).toEqual([]);
  });
});

describe("a cluster's file", () => {
  test('is short', () => {
    const lines = JSON.stringify(pipelineOf().file('clusters/a.example.com/pipeline.yml'), undefined, 1)
      .split('\n')
      // YAML has no lines of brackets.
      .filter((line) => /[\w"]/.test(line));
    expect(lines.length).toBeLessThan(60);
  });

  test('is the same for a cluster that is written down field by field', () => {
    const fleet = new Fleet(BASE);
    new KopsCluster(new Wave(fleet, 'dev'), 'gce.example.com', { spec: { cloudProvider: 'gce' } });
    const { jobs, findings } = render(fleet);
    expect(findings).toEqual([]);
    expect(Object.keys(jobs)).toEqual([
      'verify',
      ...['dryrun', 'update', 'roll', 'prune', 'drift'].map((step) => `${step}:gce.example.com`),
    ]);
  });
});

describe("GitLab's limits", () => {
  test('fails for a name too long for needs, at the cluster that has it', () => {
    const name = `${'a'.repeat(60)}.${'b'.repeat(60)}.example.com`;
    const { findings } = render(fleetOf(name));
    expect(findings).toContainEqual(expect.stringMatching(/^\[dev\/aaa.*128/));
  });

  test.each([
    ['a tag that is empty', { jobs: { tags: [''] } }, 'tags[0]'],
    ['five caches', { jobs: { cache: Array.from({ length: 5 }, (_, key) => ({ key: `${key}` })) } }, 'cache'],
    [
      'an environment with a long link',
      { environment: { url: `https://${'a'.repeat(250)}` } },
      'environment.url',
    ],
  ])('fails for %s', (_what, props, keyword) => {
    expect(pipelineOf(props).findings.join('\n')).toContain(` › ${keyword}`);
  });
});
