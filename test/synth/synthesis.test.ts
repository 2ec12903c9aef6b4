import { Cluster, Fleet, KopsCluster, StateStore, Wave } from '../../src';
import { Annotations } from '../../src/core';
import { synthesise } from '../../src/synth';

const ZONES = ['eu-central-1a'];
const newFleet = (props = {}) =>
  new Fleet({
    stateStore: StateStore.s3('acme', { region: 'eu-central-1' }),
    kops: '1.36.2',
    kubernetesVersion: '1.35.5',
    ...props,
  });

const messages = (fleet: Fleet) =>
  synthesise(fleet).findings.map(({ path, field = '', message }) => `${path}|${field}|${message}`);

test('the files of a fleet, the pipeline last: it includes the others', () => {
  const fleet = newFleet();
  new Cluster(new Wave(fleet, 'dev'), 'b.k8s.local', { zones: ZONES });
  new Cluster(new Wave(fleet, 'prod'), 'a.k8s.local', { zones: ZONES });
  const { files, findings, overview } = synthesise(fleet);
  expect(findings).toEqual([]);
  expect([...files.keys()].slice(0, 4).sort()).toEqual([
    'clusters/a.k8s.local/kops.yaml',
    'clusters/a.k8s.local/pipeline.yml',
    'clusters/b.k8s.local/kops.yaml',
    'clusters/b.k8s.local/pipeline.yml',
  ]);
  expect([...files.keys()].at(-1)).toBe('.gitlab-ci.yml');
  expect(overview.waves.map(({ name, clusters }) => [name, ...clusters.map((one) => one.name)])).toEqual([
    ['dev', 'b.k8s.local'],
    ['prod', 'a.k8s.local'],
  ]);
});

test('keys of a manifest are in one order, whatever the order of the props', () => {
  const manifest = (cloudLabels: Record<string, string>) => {
    const fleet = newFleet({ cloudLabels });
    new Cluster(new Wave(fleet, 'dev'), 'a.k8s.local', { zones: ZONES });
    return synthesise(fleet).files.get('clusters/a.k8s.local/kops.yaml');
  };
  expect(manifest({ b: '1', a: '2', Ä: '3' })).toBe(manifest({ Ä: '3', a: '2', b: '1' }));
});

describe('fails', () => {
  test('on an empty fleet, an empty wave, a cluster outside of a wave', () => {
    expect(messages(newFleet())).toEqual([expect.stringContaining('the fleet is empty')]);
    const fleet = newFleet();
    new Wave(fleet, 'dev');
    new Cluster(fleet, 'a.k8s.local', { zones: ZONES });
    expect(messages(fleet)).toEqual([
      expect.stringMatching(/^dev\|.*has no clusters/),
      expect.stringMatching(/^a\.k8s\.local\|.*must be in a wave/),
    ]);
  });

  test('on two clusters of one name', () => {
    const fleet = newFleet();
    new Cluster(new Wave(fleet, 'dev'), 'a.k8s.local', { zones: ZONES });
    new Cluster(new Wave(fleet, 'prod'), 'a.k8s.local', { zones: ZONES });
    expect(messages(fleet)).toEqual([
      expect.stringMatching(/^prod\/a\.k8s\.local\|.*would write clusters\/a\.k8s\.local\/kops\.yaml/),
    ]);
  });

  test('on two clusters of one name in one wave, once', () => {
    const fleet = newFleet();
    const wave = new Wave(fleet, 'dev');
    new Cluster(wave, 'a.k8s.local', { zones: ZONES });
    new Cluster(wave, 'a.k8s.local', { zones: ZONES });
    expect(messages(fleet)).toHaveLength(1);
  });

  test('on two clusters that keep their state in one place', () => {
    const fleet = newFleet();
    const wave = new Wave(fleet, 'dev');
    for (const name of ['a.k8s.local', 'b.k8s.local']) {
      new Cluster(wave, name, { zones: ZONES, spec: { configBase: 's3://state/one' } });
    }
    expect(messages(fleet)).toEqual([
      expect.stringMatching(/^dev\/b\.k8s\.local\|spec\.configBase\|is that of dev\/a/),
    ]);
  });

  test('on a wave in a wave', () => {
    const fleet = newFleet();
    const wave = new Wave(fleet, 'dev');
    new Cluster(new Wave(wave, 'inner'), 'a.k8s.local', { zones: ZONES });
    expect(messages(fleet).join('\n')).toContain('a wave must be in the fleet itself');
  });

  test('on a pipeline in the place of a manifest', () => {
    const fleet = newFleet({ pipeline: { file: 'clusters/a.k8s.local/kops.yaml' } });
    new Cluster(new Wave(fleet, 'dev'), 'a.k8s.local', { zones: ZONES });
    expect(messages(fleet)).toContainEqual(
      expect.stringMatching(/^Fleet\|pipeline\.file\|expected the path .* outside clusters\//),
    );
  });

  test('on a pipeline outside of the project, and says what else is wrong', () => {
    const fleet = newFleet({ pipeline: { file: '../ci.yml' } });
    new Cluster(new Wave(fleet, 'dev'), 'a.k8s.local', { zones: ZONES, kubernetesVersion: '1.x' });
    expect(messages(fleet)).toEqual([expect.stringContaining('1.x'), expect.stringContaining('../ci.yml')]);
  });

  test.each(['../up.k8s.local', 'a/b.k8s.local', '', '.', '..'])(
    'on a cluster named %j, and writes no file of it',
    (name) => {
      const fleet = newFleet({ pipeline: false });
      new Cluster(new Wave(fleet, 'dev'), name, { zones: ZONES });
      const { files, findings } = synthesise(fleet);
      expect([...files.keys()]).toEqual([]);
      expect(findings).not.toEqual([]);
    },
  );

  test('even where a patch hides a bad name from the rules', () => {
    const fleet = newFleet({ pipeline: false });
    new KopsCluster(new Wave(fleet, 'dev'), '../up.k8s.local', {
      spec: {},
      patches: [{ op: 'replace', path: '/metadata/name', value: 'good.k8s.local' }],
    });
    const { files } = synthesise(fleet);
    expect([...files.keys()]).toEqual([]);
  });

  test('on what constructs say of themselves, and on a string that YAML cannot hold', () => {
    const fleet = newFleet({ pipeline: false });
    const wave = new Wave(fleet, 'dev');
    const cluster = new Cluster(wave, 'a.k8s.local', { zones: ZONES });
    cluster.node.addValidation({ validate: () => ['no contract'] });
    Annotations.of(wave).addError('too early');
    expect(messages(fleet)).toEqual(
      expect.arrayContaining(['dev||too early', 'dev/a.k8s.local||no contract']),
    );
  });

  test('on an exception, at the construct that threw it, and goes on', () => {
    const fleet = newFleet({ pipeline: false });
    const wave = new Wave(fleet, 'dev');
    new Cluster(wave, 'a.k8s.local', { zones: 5 as never });
    const odd = new Cluster(wave, 'b.k8s.local', { zones: ZONES });
    odd.node.addValidation({
      validate: () => {
        throw new TypeError('odd');
      },
    });
    const found = messages(fleet);
    expect(found).toContainEqual(expect.stringMatching(/^dev\/a\.k8s\.local\|/));
    expect(found).toContainEqual(
      expect.stringMatching(
        /^dev\/b\.k8s\.local\|\|TypeError: odd \(thrown at .*synthesis\.test\.ts:\d+:\d+\)$/,
      ),
    );
  });
});
