import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './support/folders';
import { GitlabRepository } from './support/gitlab-repository';
import { schemaErrors } from './support/gitlab-schema';

// The committed pipeline, as GitLab's schema and a second reader of GitLab's language see it.

const PIPELINE = '.gitlab-ci.yml';
const STEPS = ['dryrun', 'update', 'roll'];

/** Text by path, relative to the repository. */
const files: Readonly<Record<string, string>> = Object.fromEntries(
  [
    PIPELINE,
    ...fs.readdirSync(path.join(ROOT, 'clusters'), { recursive: true }).map((file) => `clusters/${file}`),
  ]
    .filter((file) => file.endsWith('.yml') || file.endsWith('.yaml'))
    .map((file) => [file, fs.readFileSync(path.join(ROOT, file), 'utf8')]),
);

interface Configuration {
  readonly include?: readonly { readonly local: string }[];
  readonly [key: string]: unknown;
}

const configuration = (file: string) => parse(files[file] ?? '') as Configuration;
const included = (configuration(PIPELINE).include ?? []).map(({ local }) => local.replace(/^\//, ''));
const clusters = included.map((file) => path.posix.basename(path.posix.dirname(file)));

test('the pipeline includes the jobs of every cluster', () => {
  expect(clusters).not.toEqual([]);
  const folders = Object.keys(files).filter((file) => file.endsWith('/kops.yaml'));
  expect([...clusters].sort()).toEqual(folders.map((file) => file.split('/')[1]).sort());
  expect(included.filter((file) => !(file in files))).toEqual([]);
});

describe("GitLab's schema", () => {
  const merged = () => {
    const { include: _include, ...rest } = configuration(PIPELINE);
    return Object.assign({}, rest, ...included.map(configuration)) as Configuration;
  };

  test('accepts each file alone, and all of them merged', () => {
    const checked = [PIPELINE, ...included];
    const verdicts = schemaErrors([...checked.map(configuration), merged()]);
    const names = [...checked, 'merged'];
    expect(names.map((name, index) => [name, verdicts[index]])).toEqual(names.map((name) => [name, []]));
  });

  test.each<[string, object]>([
    ['a job keyword that does not exist', { broken: { script: ['true'], resource_groups: 'a' } }],
    ['a rule with a misspelt when', { broken: { script: ['true'], rules: [{ if: '$A', when: 'manuel' }] } }],
    ['a variable that is a list', { variables: { A: ['b'] } }],
  ])('refuses %s', (_what, mutation) => {
    const [errors] = schemaErrors([{ ...merged(), ...mutation }]);
    expect(errors).not.toEqual([]);
  });
});

describe('gitlab-ci-local', () => {
  const jobs = (repository: GitlabRepository, ...options: string[]) =>
    repository
      .listJobs(...options)
      .flatMap(({ name, stage, when, needs }) =>
        when === 'never' ? [] : [{ name, stage, when, needs: needs?.map(({ job }) => job) ?? [] }],
      );
  const expected = (cluster: string) =>
    STEPS.map((step, index) => ({
      name: `${step}:${cluster}`,
      stage: step,
      when: index === 0 ? 'on_success' : 'manual',
      needs: index === 0 ? [] : [`${STEPS[index - 1]}:${cluster}`],
    }));

  test('gives every cluster its dry run, and by hand its update and roll', () => {
    const repository = new GitlabRepository(files);
    expect(jobs(repository, '--no-evaluate-rule-changes')).toEqual(clusters.flatMap(expected));
  });

  test('runs nothing where no cluster changed', () => {
    const repository = new GitlabRepository(files);
    expect(jobs(repository)).toEqual([]);
  });

  test.each(clusters)('runs the jobs of %s where it changed', (cluster) => {
    const repository = new GitlabRepository(files);
    const manifest = `clusters/${cluster}/kops.yaml`;
    repository.commit({ [manifest]: `${files[manifest]}# changed\n` });
    expect(jobs(repository)).toEqual(expected(cluster));
  });

  test('runs nothing on other branches', () => {
    const repository = new GitlabRepository(files);
    repository.checkOut('topic');
    expect(jobs(repository, '--no-evaluate-rule-changes')).toEqual([]);
  });

  test('refuses a pipeline whose jobs need what is not there', () => {
    const file = included[0] ?? '';
    const repository = new GitlabRepository({
      ...files,
      [file]: (files[file] ?? '').replace(/^dryrun:/m, 'rundry:'),
    });
    expect(() => repository.listJobs('--no-evaluate-rule-changes')).toThrow('dryrun:');
  });
});
