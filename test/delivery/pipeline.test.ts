import { Cluster, Fleet, type FleetProps, KopsCluster, StateStore, Wave } from '../../src';
import { fleetPipeline } from '../../src/delivery';

const BASE: FleetProps = { stateStore: StateStore.s3('state'), kops: '1.36.2', kubernetesVersion: '1.35.1' };

// biome-ignore lint/suspicious/noExplicitAny: data of any form, looked into by the tests.
type Rendered = Record<string, any>;

/** The rendered files of a fleet of clusters with these names, by path. */
function pipelineOf(names: readonly string[], props: FleetProps = {}) {
  const fleet = new Fleet({ ...BASE, ...props });
  const wave = new Wave(fleet, 'dev');
  const clusters = names.map((name) => new Cluster(wave, name, { zones: ['eu-central-1a'] }));
  const { files, findings } = fleetPipeline(fleet, clusters);
  return {
    paths: files.map(({ path }) => path),
    file: (path: string) => files.find((file) => file.path === path)?.pipeline.render() as Rendered,
    findings,
  };
}

describe('the root file', () => {
  test('includes one file a cluster, itself last', () => {
    const { paths, file, findings } = pipelineOf(['a.example.com', 'b.example.com']);
    expect(paths).toEqual([
      'clusters/a.example.com/pipeline.yml',
      'clusters/b.example.com/pipeline.yml',
      '.gitlab-ci.yml',
    ]);
    expect(file('.gitlab-ci.yml').include).toEqual([
      { local: '/clusters/a.example.com/pipeline.yml' },
      { local: '/clusters/b.example.com/pipeline.yml' },
    ]);
    expect(findings).toEqual([]);
  });

  test('makes pipelines for the default branch alone', () => {
    const { workflow } = pipelineOf(['a.example.com']).file('.gitlab-ci.yml');
    expect(workflow).toEqual({
      rules: [
        { if: '$CI_PIPELINE_SOURCE == "schedule"', when: 'never' },
        { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' },
      ],
    });
  });

  test('has its place and its image by the fleet', () => {
    const { file } = pipelineOf(['a.example.com'], {
      pipeline: { file: 'ci/kops.yml' },
      jobs: { image: 'registry.example.com/kops:1', tags: ['aws'] },
    });
    expect(file('ci/kops.yml')['.update']).toMatchObject({
      image: 'registry.example.com/kops:1',
      tags: ['aws'],
    });
  });

  test('is not there where no pipeline is wanted', () => {
    expect(pipelineOf(['a.example.com'], { pipeline: false }).paths).toEqual([]);
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
    const { findings, paths } = pipelineOf(['a.example.com'], { pipeline: { file } });
    expect(findings).toContainEqual(expect.objectContaining({ field: 'pipeline.file', severity: 'error' }));
    expect(paths).toEqual([]);
  });
});

describe("a cluster's jobs", () => {
  const jobs = () => pipelineOf(['a.example.com']).file('clusters/a.example.com/pipeline.yml');

  test('are those of the guide, each after the one before', () => {
    expect(Object.keys(jobs())).toEqual([
      '.cluster:a.example.com',
      'dryrun:a.example.com',
      'update:a.example.com',
      'roll:a.example.com',
    ]);
    expect(jobs()['dryrun:a.example.com'].needs).toBeUndefined();
    expect(jobs()['update:a.example.com'].needs).toEqual(['dryrun:a.example.com']);
    expect(jobs()['roll:a.example.com'].needs).toEqual(['update:a.example.com']);
  });

  test('exist where one of the two files of the cluster changed', () => {
    for (const step of ['dryrun', 'update', 'roll']) {
      expect(jobs()[`${step}:a.example.com`].rules[0].changes).toEqual([
        'clusters/a.example.com/kops.yaml',
        'clusters/a.example.com/pipeline.yml',
      ]);
    }
  });

  test('wait for a person before anything changes', () => {
    expect(jobs()['dryrun:a.example.com'].rules[0]).not.toHaveProperty('when');
    for (const step of ['update', 'roll']) {
      expect(jobs()[`${step}:a.example.com`].rules[0]).toMatchObject({
        when: 'manual',
        allow_failure: false,
      });
    }
  });

  test('write the state of one cluster one at a time', () => {
    for (const step of ['dryrun', 'update', 'roll']) {
      expect(jobs()[`${step}:a.example.com`].resource_group).toBe('a.example.com');
    }
  });

  test('know the cluster, its kOps and its store by variables', () => {
    expect(jobs()['.cluster:a.example.com'].variables).toEqual({
      KOPS_CLUSTER_NAME: 'a.example.com',
      KOPS_MANIFEST: 'clusters/a.example.com/kops.yaml',
      KOPS_VERSION: '1.36.2',
      KOPS_STATE_STORE: 's3://state',
    });
  });

  test('take the image and the tags of their wave', () => {
    const fleet = new Fleet({ ...BASE, image: 'ami-0123', jobs: { image: 'fleet' } });
    const wave = new Wave(fleet, 'prod', { jobs: { image: 'wave', tags: ['prod'] } });
    const cluster = new Cluster(wave, 'a.example.com', { zones: ['eu-central-1a'] });
    const { files } = fleetPipeline(fleet, [cluster]);
    const common = files[0]?.pipeline.jobs.get('.cluster:a.example.com');
    expect(common).toMatchObject({ image: 'wave', tags: ['prod'] });
  });

  test('get variables of the fleet and cannot lose their own by them', () => {
    const { file } = pipelineOf(['a.example.com'], {
      jobs: { variables: { KOPS_FEATURE_FLAGS: 'Scaleway', KOPS_CLUSTER_NAME: 'other' } },
    });
    expect(file('clusters/a.example.com/pipeline.yml')['.cluster:a.example.com'].variables).toMatchObject({
      KOPS_FEATURE_FLAGS: 'Scaleway',
      KOPS_CLUSTER_NAME: 'a.example.com',
    });
  });

  test('get variables of the fleet and of the wave, the nearer ones first', () => {
    const fleet = new Fleet({ ...BASE, jobs: { variables: { A: 'fleet', B: 'fleet' } } });
    const wave = new Wave(fleet, 'prod', { jobs: { variables: { B: 'wave' } } });
    const { files } = fleetPipeline(fleet, [
      new Cluster(wave, 'a.example.com', { zones: ['eu-central-1a'] }),
    ]);
    const common = files[0]?.pipeline.jobs.get('.cluster:a.example.com');
    expect(common?.variables).toMatchObject({ A: 'fleet', B: 'wave' });
  });

  test('are the same for a cluster that is written down field by field', () => {
    const fleet = new Fleet(BASE);
    const cluster = new KopsCluster(new Wave(fleet, 'dev'), 'gce.example.com', {
      spec: { cloudProvider: 'gce' },
    });
    const { files, findings } = fleetPipeline(fleet, [cluster]);
    expect(findings).toEqual([]);
    expect([...(files[0]?.pipeline.jobs.keys() ?? [])]).toContain('roll:gce.example.com');
  });

  test('get no dollar expanded', () => {
    const { file } = pipelineOf(['a.example.com'], { stateStore: StateStore.file('/tmp/$HOME') });
    const { variables } = file('clusters/a.example.com/pipeline.yml')['.cluster:a.example.com'];
    expect(variables.KOPS_STATE_STORE).toBe('file:///tmp/$$HOME');
  });
});

describe("GitLab's limits", () => {
  test('fails for a name too long for needs, at the cluster that has it', () => {
    const name = `${'a'.repeat(60)}.${'b'.repeat(60)}.example.com`;
    const { findings } = pipelineOf([name]);
    expect(findings.map(({ path, severity }) => ({ path, severity }))).toContainEqual({
      path: `dev/${name}`,
      severity: 'error',
    });
    expect(findings[0]?.message).toContain('128');
  });

  test('fails for more clusters than one pipeline can include', () => {
    const { findings } = pipelineOf(Array.from({ length: 151 }, (_, index) => `c${index}.example.com`));
    expect(findings.map(({ message }) => message).join('\n')).toContain('150');
  });
});
