import { ofJob } from './support';

const many = (count: number, make: (index: number) => unknown = (index) => `x${index}`) =>
  Array.from({ length: count }, (_, index) => make(index));

type Case = readonly [keyword: string, good: unknown, bad: unknown, path?: string];

const cases: readonly Case[] = [
  ['after_script', [], [5], 'after_script[0]'],
  ['allow_failure', { exit_codes: [3, 4] }, { exit_codes: ['3'] }, 'allow_failure.exit_codes[0]'],
  ['allow_failure', true, 'yes'],
  ['artifacts', { paths: ['x'], access: 'developer' }, { paths: ['x'], access: 'me' }, 'artifacts.access'],
  ['artifacts', { access: 'none' }, { access: 'none', public: true }, 'artifacts.public'],
  ['artifacts', { expire_in: 'never' }, { expire_in: 'soon' }, 'artifacts.expire_in'],
  [
    'artifacts',
    { paths: ['x/y.txt'], expose_as: 'plan' },
    { paths: ['x/*'], expose_as: 'plan' },
    'artifacts.paths',
  ],
  ['artifacts', { paths: ['x'], expose_as: 'a-b c' }, { expose_as: 'plan' }, 'artifacts.paths'],
  ['artifacts', { paths: ['x'], expose_as: 'a' }, { paths: ['x'], expose_as: 'a/b' }, 'artifacts.expose_as'],
  [
    'artifacts',
    { reports: { terraform: 'x' } },
    { reports: { terrafrom: 'x' } },
    'artifacts.reports.terrafrom',
  ],
  ['artifacts', { when: 'always' }, { when: 'manual' }, 'artifacts.when'],
  ['before_script', 'x', 5],
  ['cache', many(4, () => ({ paths: ['x'] })), many(5, () => ({ paths: ['x'] }))],
  ['cache', { key: { files: ['a', 'b'] } }, { key: { files: ['a', 'b', 'c'] } }, 'cache.key.files'],
  ['cache', { fallback_keys: many(5) }, { fallback_keys: many(6) }, 'cache.fallback_keys'],
  ['cache', { key: 'a-b' }, { key: 'a/b' }, 'cache.key'],
  ['coverage', '/\\d+%/', '\\d+%'],
  ['environment', 'eu/$CI_COMMIT_REF_SLUG', '/eu'],
  ['environment', { name: 'x'.repeat(255) }, { name: 'x'.repeat(256) }, 'environment.name'],
  ['environment', { name: 'eu.k8s-a_b {c}' }, { name: 'eu:west' }, 'environment.name'],
  ['environment', { name: 'eu' }, { action: 'stop' }, 'environment.name'],
  ['environment', { name: 'eu', action: 'prepare' }, { name: 'eu', action: 'look' }, 'environment.action'],
  [
    'environment',
    { name: 'eu', auto_stop_in: 'never' },
    { name: 'eu', auto_stop_in: 'x' },
    'environment.auto_stop_in',
  ],
  [
    'environment',
    { name: 'eu', deployment_tier: 'staging' },
    { name: 'eu', deployment_tier: 'x' },
    'environment.deployment_tier',
  ],
  [
    'environment',
    { name: 'eu', url: 'x'.repeat(255) },
    { name: 'eu', url: 'x'.repeat(256) },
    'environment.url',
  ],
  ['id_tokens', { AWS: { aud: 'x' } }, { AWS: {} }, 'id_tokens.AWS.aud'],
  ['id_tokens', { AWS: { aud: ['x'] } }, { 'A-B': { aud: 'x' } }, 'id_tokens.A-B'],
  ['identity', 'google_cloud', 'aws'],
  ['image', 'alpine:3', ''],
  [
    'image',
    { name: 'x', pull_policy: 'never' },
    { name: 'x', pull_policy: 'sometimes' },
    'image.pull_policy',
  ],
  ['image', { name: 'x', entrypoint: [''] }, { entrypoint: [''] }, 'image.name'],
  ['inherit', { default: ['image'], variables: false }, { default: ['script'] }, 'inherit.default[0]'],
  ['interruptible', false, 'no'],
  ['pages', { publish: 'x', expire_in: '1 day' }, { expire_in: 'x' }, 'pages.expire_in'],
  ['parallel', 200, 201],
  ['parallel', 1, 0],
  [
    'parallel',
    { matrix: [{ A: many(20), B: many(10) }] },
    { matrix: [{ A: many(21), B: many(10) }] },
    'parallel.matrix',
  ],
  ['parallel', { matrix: [{ A: '1' }] }, { matrix: [] }, 'parallel.matrix'],
  ['release', { tag_name: 'x', description: 'y' }, { tag_name: 'x' }, 'release.description'],
  ['resource_group', 'kops/eu.k8s', 'kops:eu'],
  ['resource_group', 'a', 'a/'],
  ['resource_group', 'x'.repeat(255), 'x'.repeat(256)],
  ['retry', { max: 2, when: 'runner_system_failure' }, { max: 2, when: 'bad_luck' }, 'retry.when'],
  ['retry', 2, 3],
  ['run', [{ name: 'a', script: 'x' }], [{ name: 'a', scirpt: 'x' }], 'run[0].scirpt'],
  ['script', ['a', 'b'], 5],
  ['script', 'x', []],
  ['secrets', { A: { vault: 'a/b@c', file: false } }, { A: { file: false } }, 'secrets.A'],
  ['services', ['x', { name: 'y', alias: 'z' }], [{ alias: 'z' }], 'services[0].name'],
  ['stage', 'test', 5],
  ['tags', many(49), many(50)],
  ['timeout', '90 minutes', '5 parsecs'],
  ['timeout', '1h', 60],
  ['timeout', '30 days', '31 days'],
  ['trigger', { project: 'a/b' }, { branch: 'main' }, 'trigger.project'],
  [
    'trigger',
    { include: many(3, (i) => ({ local: `${i}.yml` })) },
    { include: many(4, (i) => ({ local: `${i}.yml` })) },
    'trigger.include',
  ],
  [
    'trigger',
    { include: 'x.yml', strategy: 'mirror' },
    { include: 'x.yml', strategy: 'follow' },
    'trigger.strategy',
  ],
  [
    'trigger',
    { include: [{ artifact: 'x.yml', job: 'job' }] },
    { include: [{ artifact: 'x.yml' }] },
    'trigger.include[0].job',
  ],
  ['variables', { A_1: 'x', B: 5, C: { value: 'x', expand: false } }, { 'A-B': 'x' }, 'variables.A-B'],
  ['variables', { A: 1 }, { A: 1.5 }, 'variables.A'],
  ['variables', { A: 'true' }, { A: true }, 'variables.A'],
  ['variables', { A: { value: 'x' } }, { A: { value: 'x', description: 'y' } }, 'variables.A.description'],
  ['when', 'always', 'never'],
];

/** A job that has nothing else wrong with it. */
function withWork(keyword: string, value: unknown): Record<string, unknown> {
  return keyword === 'trigger' || keyword === 'run'
    ? { script: undefined, [keyword]: value }
    : { [keyword]: value };
}

describe.each(cases.map(([keyword, good, bad, path = keyword]) => ({ keyword, good, bad, path })))(
  '$keyword, for $path',
  ({ keyword, good, bad, path }) => {
    test('is taken as it should be', () => {
      expect(ofJob(withWork(keyword, good))).toEqual([]);
    });

    test('fails otherwise, and is named once', () => {
      const found = ofJob(withWork(keyword, bad));
      expect(found).toHaveLength(1);
      expect(found[0]).toContain(`ci.yml, job 'job', ${path}: `);
    });
  },
);

test('fails for a keyword that GitLab does not know, and shows those it knows', () => {
  expect(ofJob({ befor_script: 'x' })).toEqual([expect.stringContaining('befor_script: is not a keyword')]);
  expect(ofJob({ only: ['main'] })).toEqual([expect.stringContaining('write rules.')]);
});

test('says what was given, what is expected and what to do', () => {
  expect(ofJob({ timeout: '5 parsecs' })).toEqual([
    "ci.yml, job 'job', timeout: is '5 parsecs', which GitLab cannot read; expected a duration such as '90 minutes' or '1h 30m'.",
  ]);
  expect(ofJob({ timeout: '2 years' })).toEqual([
    "ci.yml, job 'job', timeout: is '2 years'; GitLab takes at most 30.4 days. Shorten it.",
  ]);
  expect(ofJob({ tags: many(50) })).toEqual([
    "ci.yml, job 'job', tags: has 50 entries; GitLab takes at most 49. Leave some out.",
  ]);
});
