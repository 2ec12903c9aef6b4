import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { Cluster, Fleet, StateStore, Wave } from '../../src';
import { synthesise } from '../../src/synth';
import { ROOT } from './support/folders';
import { GitlabRepository } from './support/gitlab-repository';
import { schemaErrors } from './support/gitlab-schema';

// The pipeline, as GitLab's schema and a second reader of GitLab's language see it.

const PIPELINE = '.gitlab-ci.yml';

/** Text by path, relative to the repository. */
type Files = Readonly<Record<string, string>>;

interface Configuration {
  readonly include?: readonly { readonly local: string }[];
  readonly [key: string]: unknown;
}

const configuration = (files: Files, file: string) => parse(files[file] ?? '') as Configuration;
const included = (files: Files) =>
  (configuration(files, PIPELINE).include ?? []).map(({ local }) => local.replace(/^\//, ''));

function merged(files: Files): Configuration {
  const { include: _include, ...rest } = configuration(files, PIPELINE);
  return Object.assign({}, rest, ...included(files).map((file) => configuration(files, file)));
}

/** The example fleet's, as committed. */
const committed: Files = Object.fromEntries(
  [
    PIPELINE,
    ...fs.readdirSync(path.join(ROOT, 'clusters'), { recursive: true }).map((file) => `clusters/${file}`),
  ]
    .filter((file) => file.endsWith('.yml') || file.endsWith('.yaml'))
    .map((file) => [file, fs.readFileSync(path.join(ROOT, file), 'utf8')]),
);

/** A fleet with a cluster of each kind: a plain one, one with all settings, one that is to end. */
const files: Files = (() => {
  const fleet = new Fleet({
    stateStore: StateStore.s3('state'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.1',
    pipeline: { verify: { cache: { key: { files: ['package-lock.json'] }, paths: ['.npm/'] } } },
  });
  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
  const dev = new Wave(fleet, 'dev');
  const prod = new Wave(fleet, 'prod', {
    jobs: {
      image: 'registry.example.com/tools',
      tags: ['prod'],
      variables: { A: '$CI_JOB_ID' },
      beforeScript: ['true'],
      cache: { key: 'a', paths: ['.kops/'] },
    },
    plansInMergeRequests: false,
    credentials: { aws: { planRole: role('plan'), changeRole: role('change') } },
    rollingUpdate: { nodeInterval: '1m' },
    apiServer: 'https://10.0.0.1:6443',
    beforeUpdate: ['./freeze.sh'],
    afterRoll: ['./smoke-test.sh'],
    environment: { deployment_tier: 'production' },
    acknowledge: ['kops-downgrade'],
    timeouts: { roll: '1 day' },
  });
  const zones = ['eu-central-1a'];
  new Cluster(dev, 'plain.example.com', { zones });
  new Cluster(prod, 'full.example.com', { zones, prune: { revisions: true } });
  new Cluster(prod, 'old.example.com', { zones, retired: true });
  fleet.forget('gone.example.com', 'sold');
  const { files: texts, findings } = synthesise(fleet);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  return Object.fromEntries(texts);
})();

test('the committed pipeline includes the jobs of every cluster', () => {
  const clusters = included(committed).map((file) => path.posix.basename(path.posix.dirname(file)));
  expect(clusters).not.toEqual([]);
  const folders = Object.keys(committed).filter((file) => file.endsWith('/pipeline.yml'));
  expect([...clusters].sort()).toEqual(folders.map((file) => file.split('/')[1]).sort());
});

describe("GitLab's schema", () => {
  test.each([
    ['committed', committed],
    ['full', files],
  ])('accepts each file of the %s pipeline alone, and all of them merged', (_which, given) => {
    const names = [PIPELINE, ...included(given)];
    const verdicts = schemaErrors([...names.map((name) => configuration(given, name)), merged(given)]);
    expect([...names, 'merged'].map((name, index) => [name, verdicts[index]])).toEqual(
      [...names, 'merged'].map((name) => [name, []]),
    );
  });

  test.each<[string, object]>([
    ['a job keyword that does not exist', { broken: { script: ['true'], resource_groups: 'a' } }],
    ['a rule with a misspelt when', { broken: { script: ['true'], rules: [{ if: '$A', when: 'manuel' }] } }],
    ['a variable that is a list', { variables: { A: ['b'] } }],
  ])('refuses %s', (_what, mutation) => {
    const [errors] = schemaErrors([{ ...merged(files), ...mutation }]);
    expect(errors).not.toEqual([]);
  });
});

describe('gitlab-ci-local', () => {
  const source = (name: string, ...more: string[]) => [
    ...['--ignore-predefined-vars', 'CI_PIPELINE_SOURCE,CI_MERGE_REQUEST_IID'],
    ...['--variable', `CI_PIPELINE_SOURCE=${name}`],
    ...more,
  ];
  const MERGE_REQUEST = source(
    'merge_request_event',
    ...['--variable', 'CI_MERGE_REQUEST_IID=7', '--unset-variable', 'CI_COMMIT_BRANCH'],
  );
  const asked = (cluster: string) => ['--variable', `CDKOPS_CLUSTER=${cluster}`];
  const ALL = '--no-evaluate-rule-changes';

  /** The jobs of a pipeline: how each starts, and what it needs. */
  const jobs = (repository: GitlabRepository, ...options: string[]) =>
    repository
      .listJobs(...options)
      .flatMap(({ name, when, needs }) =>
        when === 'never' ? [] : [[name, when, ...(needs?.map(({ job }) => job) ?? [])]],
      )
      .sort(([one = ''], [other = '']) => (one < other ? -1 : 1));

  const rollout = (cluster: string, ...opened: string[]) => [
    [`dryrun:${cluster}`, 'on_success'],
    [`prune:${cluster}`, 'manual', `roll:${cluster}`, `dryrun:${cluster}`],
    [`roll:${cluster}`, 'manual', `update:${cluster}`],
    [`update:${cluster}`, 'manual', 'verify', ...opened, `dryrun:${cluster}`],
  ];
  const END = [
    ['delete:old.example.com', 'manual', 'verify', 'retire:old.example.com'],
    ['retire:old.example.com', 'on_success'],
  ];
  const DRIFT = [
    ['drift:full.example.com', 'on_success'],
    ['drift:plain.example.com', 'on_success'],
  ];
  const VERIFY = ['verify', 'on_success'];
  const sorted = (...lists: string[][]) => lists.sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
  const GATES = [
    ['rolled:dev', 'on_success'],
    ['open:prod', 'on_success'],
  ];
  const FULL = rollout('full.example.com', 'open:prod');
  const EVERYTHING = sorted(...FULL, ...rollout('plain.example.com'), ...GATES, ...END, VERIFY);

  test.each<[string, string[], string[][]]>([
    ['a merge that changes everything', [ALL], EVERYTHING],
    ['a merge that changes no cluster', [], [VERIFY]],
    [
      'a merge request that changes everything',
      [ALL, ...MERGE_REQUEST],
      [['dryrun:plain.example.com', 'on_success'], VERIFY],
    ],
    ['a merge request that changes no cluster', MERGE_REQUEST, [VERIFY]],
    ['a schedule', [ALL, ...source('schedule')], DRIFT],
    ['a schedule that names a cluster', [ALL, ...source('schedule', ...asked('plain.example.com'))], DRIFT],
    [
      'a person who names a cluster',
      source('web', ...asked('plain.example.com')),
      sorted(...rollout('plain.example.com'), VERIFY),
    ],
    [
      'a person who names a cluster behind a gate',
      source('web', ...asked('full.example.com')),
      sorted(...FULL, ...GATES, VERIFY),
    ],
    ['a program that names a cluster', source('api', ...asked('old.example.com')), sorted(...END, VERIFY)],
    ['a person who names none', source('web'), [VERIFY]],
    ['a trigger token', source('trigger', ...asked('plain.example.com')), []],
  ])('gives %s its jobs', (_what, options, expected) => {
    expect(jobs(new GitlabRepository(files), ...options)).toEqual(expected);
  });

  test.each(['kops.yaml', 'pipeline.yml'])('runs the jobs of a cluster where its %s changed', (name) => {
    const repository = new GitlabRepository(files);
    const file = `clusters/plain.example.com/${name}`;
    repository.commit({ [file]: `${files[file]}# changed\n` });
    expect(jobs(repository)).toEqual(sorted(...rollout('plain.example.com'), VERIFY));
  });

  test('runs nothing on other branches, and for a person there verify alone', () => {
    const repository = new GitlabRepository(files);
    repository.checkOut('topic');
    expect(jobs(repository, ALL)).toEqual([]);
    expect(jobs(repository, ALL, ...source('schedule'))).toEqual([]);
    expect(jobs(repository, ALL, ...source('web', ...asked('plain.example.com')))).toEqual([VERIFY]);
  });

  test('refuses a pipeline whose jobs need what is not there', () => {
    const file = included(files)[0] ?? '';
    const repository = new GitlabRepository({
      ...files,
      [file]: (files[file] ?? '').replace(/^dryrun:/m, 'rundry:'),
    });
    expect(() => repository.listJobs(ALL)).toThrow('dryrun:');
  });
});
