import { parse } from 'yaml';
import { Cluster, Fleet, StateStore, Wave } from '../../src';
import { synthesise } from '../../src/synth';
import { GitlabRepository } from './support/gitlab-repository';
import { schemaErrors } from './support/gitlab-schema';

// Fleets of all sizes, as GitLab's schema and a second reader of GitLab's language see them.

const ROOT = '.gitlab-ci.yml';
const LONG = 400_000;

interface Configuration {
  readonly include?: readonly { readonly local: string }[];
  readonly [key: string]: unknown;
}

/** The files of a fleet in three waves, with all that a pipeline may depend on; none of them has a finding. */
function filesOf(count: number): Readonly<Record<string, string>> {
  const fleet = new Fleet({
    stateStore: StateStore.s3('state'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.1',
  });
  const names = Array.from({ length: count }, (_, index) => `c${index}.example.com`);
  const waves = [
    new Wave(fleet, 'dev', { approval: 'none', maxParallel: 2 }),
    ...(count > 1 ? [new Wave(fleet, 'staging', { approval: 'wave', canary: names[1] })] : []),
    ...(count > 2 ? [new Wave(fleet, 'prod', { approval: 'cluster', soak: '1 day', canary: names[2] })] : []),
  ];
  names.forEach((name, index) => {
    new Cluster(waves[index % waves.length] as Wave, name, { zones: ['eu-central-1a'] });
  });
  const { files, findings } = synthesise(fleet);
  expect(findings).toEqual([]);
  return Object.fromEntries(files);
}

/** What GitLab reads together, beginning with a file: that file first. */
function together(files: Readonly<Record<string, string>>, file: string): Configuration[] {
  const own = parse(files[file] ?? '') as Configuration;
  const included = (own.include ?? []).map(
    ({ local }) => parse(files[local.slice(1)] ?? '') as Configuration,
  );
  return [own, ...included];
}

function merged(configurations: readonly Configuration[]): Configuration {
  const { include: _include, ...all } = Object.assign({}, ...[...configurations].reverse());
  return all;
}

const childFiles = (files: Readonly<Record<string, string>>) =>
  Object.keys(files).filter((file) => file.startsWith('.gitlab/child-'));

describe.each([1, 3, 100, 1000])('%d clusters', (count) => {
  const files = filesOf(count);
  const heads = [ROOT, ...childFiles(files)];

  test(
    "are accepted by GitLab's schema, file by file and merged",
    () => {
      const groups = heads.map((head) => together(files, head));
      const all = groups.flatMap((group) => [...group, merged(group)]);
      const errors = schemaErrors(all).filter((verdict) => verdict.length > 0);
      expect(all.length).toBeGreaterThanOrEqual(count + 2);
      expect(errors).toEqual([]);
    },
    LONG,
  );

  test(
    'are listed by gitlab-ci-local',
    () => {
      const repository = new GitlabRepository(files);
      const list = (...options: string[]) =>
        repository
          .listJobs(
            '--no-evaluate-rule-changes',
            '--ignore-predefined-vars',
            'CI_PIPELINE_SOURCE',
            ...options,
          )
          .filter(({ when }) => when !== 'never')
          .map(({ name }) => name);
      const root = list('--variable', 'CI_PIPELINE_SOURCE=push');
      expect(root).toContain('verify');
      const steps = (names: readonly string[], step: string) =>
        names.filter((name) => name.startsWith(`${step}:`));
      if (count <= 100) {
        expect(steps(root, 'update')).toHaveLength(count);
        expect(steps(root, 'roll')).toHaveLength(count);
        return;
      }
      expect(steps(root, 'rollout')).toHaveLength(heads.length - 1);
      // One of each kind: that of a canary, and a large one.
      const [canary = '', large = ''] = ['child-prod.canary', 'child-staging.0'].map(
        (part) => heads.find((file) => file.includes(part)) ?? '',
      );
      for (const child of [canary, large]) {
        const clusters = together(files, child).length - 2;
        const source = [
          '--variable',
          'CI_PIPELINE_SOURCE=parent_pipeline',
          '--variable',
          'CDKOPS_PIPELINE_SOURCE=push',
        ];
        const rollout = list('--file', child, ...source);
        expect(steps(rollout, 'update')).toHaveLength(clusters);
        const plan = list('--file', child, ...source, '--variable', 'CDKOPS_PHASE=plan');
        expect(steps(plan, 'dryrun')).toHaveLength(clusters);
        expect(steps(plan, 'update')).toEqual([]);
      }
    },
    LONG,
  );
});
