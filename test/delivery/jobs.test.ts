import type { ClusterProps } from '../../src';
import { StateStore } from '../../src';
import { parseDuration } from '../../src/gitlab';
import { pipelineOf } from './support';

const NAME = 'a.example.com';
const STEPS = ['dryrun', 'update', 'roll', 'prune', 'drift'];
const ROLES = {
  planRole: 'arn:aws:iam::123456789012:role/plan',
  changeRole: 'arn:aws:iam::123456789012:role/change',
};
const DIGEST = 'a'.repeat(64);
const LOCK = new Map([['1.36.2', { amd64: DIGEST, arm64: DIGEST }]]);

const job = (step: string, ...given: Parameters<typeof pipelineOf>) =>
  pipelineOf(...given).jobs[`${step}:${NAME}`];
const variables = (...given: Parameters<typeof pipelineOf>) => job('update', ...given).variables;

describe('every job', () => {
  const all = { ...pipelineOf().jobs, ...pipelineOf({ retired: true }).jobs };

  test.each(Object.entries(all))(
    '%s ends in time, and is tried again only where the runner failed',
    (name, given) => {
      expect(parseDuration(given.timeout)).toBeGreaterThanOrEqual(30 * 60);
      expect(given.retry).toEqual({ max: 1, when: 'runner_system_failure' });
      expect(given.interruptible).toBe(name === 'verify');
      expect(given.variables.GIT_DEPTH).toBe('0');
    },
  );

  test.each(['update', 'roll', 'prune', 'delete'])(
    '%s changes one cluster at a time, in its environment',
    (step) => {
      const { resource_group, environment } = all[`${step}:${NAME}`];
      expect(resource_group).toBe('$KOPS_CLUSTER_NAME');
      expect(environment).toEqual(
        step === 'update'
          ? {
              name: '$KOPS_CLUSTER_NAME',
              url: '$CI_PROJECT_URL/-/tree/$CI_COMMIT_SHA/clusters/$KOPS_CLUSTER_NAME',
            }
          : { name: '$KOPS_CLUSTER_NAME', action: 'access' },
      );
    },
  );

  test.each(['dryrun', 'drift', 'retire'])('%s holds nothing up', (step) => {
    expect(all[`${step}:${NAME}`]).not.toHaveProperty('resource_group');
    expect(all[`${step}:${NAME}`]).not.toHaveProperty('environment');
  });

  test.each([
    ['update', { when: 'manual', allow_failure: false }],
    ['roll', { when: 'manual', allow_failure: false }],
    ['prune', { when: 'manual', allow_failure: true }],
    ['delete', { when: 'manual', allow_failure: false, manual_confirmation: expect.stringContaining(NAME) }],
    ['drift', { allow_failure: { exit_codes: [100, 101] } }],
  ])('%s says whether it may wait or fail', (step, expected) => {
    expect(all[`${step}:${NAME}`]).toMatchObject(expected);
  });

  test.each([
    ['dryrun', ['plans/$KOPS_CLUSTER_NAME/']],
    ['retire', ['plans/$KOPS_CLUSTER_NAME/']],
    ['drift', ['plans/$KOPS_CLUSTER_NAME/drift.txt']],
  ])('%s leaves what it found to those who work on the project', (step, paths) => {
    expect(all[`${step}:${NAME}`].artifacts).toMatchObject({ paths, when: 'always', access: 'developer' });
  });

  test('counts of a plan are for the merge request', () => {
    expect(all[`dryrun:${NAME}`].artifacts.reports).toEqual({
      terraform: 'plans/$KOPS_CLUSTER_NAME/counts.json',
    });
  });
});

describe('variables', () => {
  test('say what a job has to know of its cluster', () => {
    expect(variables()).toEqual({
      GIT_DEPTH: '0',
      KOPS_CLUSTER_NAME: NAME,
      KOPS_VERSION: '1.36.2',
      KOPS_STATE_STORE: 's3://state',
      CDKOPS_MANIFEST: `clusters/${NAME}/kops.yaml`,
      CDKOPS_MANIFEST_DIGEST: expect.stringMatching(/^[0-9a-f]{64}$/),
      CDKOPS_CONFIG_BASE: `s3://state/${NAME}`,
      CDKOPS_VALIDATE_FLAGS: '--wait=15m',
    });
  });

  test.each<[string, Partial<ClusterProps>, object]>([
    ['the API', { apiServer: 'https://10.0.0.1:6443' }, { CDKOPS_API_SERVER: 'https://10.0.0.1:6443' }],
    ['the kubeconfig', { useKubeconfig: true }, { CDKOPS_USE_KUBECONFIG: 'true' }],
    [
      'what is acknowledged',
      { acknowledge: ['kops-downgrade', 'kubernetes-skip'] },
      { CDKOPS_ACKNOWLEDGE: 'kops-downgrade kubernetes-skip' },
    ],
    [
      'what is pruned',
      { prune: { drain: false, controlPlane: true, revisions: true } },
      { CDKOPS_PRUNE: 'no-drain control-plane revisions' },
    ],
    [
      'how nodes are replaced',
      { rollingUpdate: { cloudonly: true, nodeInterval: '30s' } },
      { CDKOPS_ROLLING_UPDATE_FLAGS: '--cloudonly=true --node-interval=30s' },
    ],
    ['how long to wait', { validation: { wait: '5m' } }, { CDKOPS_VALIDATE_FLAGS: '--wait=5m' }],
    ['what was never asked for', { useKubeconfig: false, acknowledge: [], prune: {} }, {}],
  ])('give on %s', (_what, props, expected) => {
    const { CDKOPS_MANIFEST_DIGEST: _digest, ...found } = variables(props);
    const { CDKOPS_MANIFEST_DIGEST: _other, ...usual } = variables();
    expect(found).toEqual({ ...usual, ...expected });
  });

  test('of a retired cluster say so', () => {
    for (const step of ['retire', 'delete']) {
      expect(job(step, { retired: true }).variables.CDKOPS_RETIRED).toBe('true');
    }
    expect(variables()).not.toHaveProperty('CDKOPS_RETIRED');
  });

  test("get no dollar expanded, but for the administrator's own", () => {
    const given = variables(
      { jobs: { variables: { A: '$CI_JOB_ID' } } },
      { stateStore: StateStore.file('/tmp/$HOME') },
    );
    expect(given.KOPS_STATE_STORE).toBe('file:///tmp/$$HOME');
    expect(given.A).toBe('$CI_JOB_ID');
  });

  test("of the administrator's stand beside the cluster's", () => {
    const jobs = { variables: { KOPS_FEATURE_FLAGS: 'Scaleway' } };
    for (const given of [variables({}, { jobs }), variables({}, {}, { jobs }), variables({ jobs })]) {
      expect(given).toMatchObject({ KOPS_FEATURE_FLAGS: 'Scaleway', KOPS_CLUSTER_NAME: NAME });
    }
  });
});

describe('roles', () => {
  const places: [string, Parameters<typeof pipelineOf>][] = [
    ['fleet', [{}, { credentials: { aws: ROLES } }]],
    ['wave', [{}, {}, { credentials: { aws: ROLES } }]],
    ['cluster', [{ credentials: { aws: ROLES } }]],
  ];
  const purposes = { dryrun: 'plan', update: 'change', roll: 'change', prune: 'change', drift: 'plan' };

  test('of a retired cluster: to look needs no more than a plan', () => {
    const retired = { retired: true, credentials: { aws: ROLES } };
    expect(job('retire', retired).variables.CDKOPS_AWS_ROLE_ARN).toBe(ROLES.planRole);
    expect(job('delete', retired).variables.CDKOPS_AWS_ROLE_ARN).toBe(ROLES.changeRole);
  });

  test.each(places)('of the %s: each job has its own, and a token to take it', (_where, given) => {
    for (const [step, purpose] of Object.entries(purposes)) {
      const { variables, id_tokens } = job(step, ...given);
      expect(variables.CDKOPS_AWS_ROLE_ARN).toBe(`arn:aws:iam::123456789012:role/${purpose}`);
      expect(id_tokens).toEqual({ CDKOPS_ID_TOKEN: { aud: '$CI_SERVER_URL' } });
    }
  });

  test('no job has them that runs what a merge request says, where that does not plan', () => {
    const { jobs } = pipelineOf({}, { credentials: { aws: ROLES }, plansInMergeRequests: false });
    expect(jobs.verify).not.toHaveProperty('id_tokens');
    expect(jobs.verify.variables).not.toHaveProperty('CDKOPS_AWS_ROLE_ARN');
  });

  test('of the fleet stand in the templates alone', () => {
    const { file } = pipelineOf({}, { credentials: { aws: ROLES } });
    expect(JSON.stringify(file(`clusters/${NAME}/pipeline.yml`))).not.toContain('arn:aws');
  });

  test('of the fleet are not for those that have none', () => {
    for (const step of STEPS) {
      const { variables } = job(step, { credentials: false }, { credentials: { aws: ROLES } });
      expect(variables.CDKOPS_AWS_ROLE_ARN).toBe('');
    }
  });
});

describe('steps of the user', () => {
  const UPDATE = 'sh "$CI_PROJECT_DIR/.gitlab/cdkops.sh" update';
  const ROLL = [
    'sh "$CI_PROJECT_DIR/.gitlab/cdkops.sh" roll',
    'sh "$CI_PROJECT_DIR/.gitlab/cdkops.sh" rolled',
  ];

  test.each<[string, Parameters<typeof pipelineOf>, string[], string[]]>([
    ['none', [], [UPDATE], ROLL],
    [
      'of the fleet',
      [{}, { beforeUpdate: ['a'], afterRoll: ['b'] }],
      ['a', UPDATE],
      [ROLL[0] ?? '', 'b', ROLL[1] ?? ''],
    ],
    [
      'of the cluster, which win',
      [{ beforeUpdate: ['c', 'd'] }, { beforeUpdate: ['a'] }],
      ['c', 'd', UPDATE],
      ROLL,
    ],
    ['none, which wins', [{ beforeUpdate: [] }, { beforeUpdate: ['a'] }], [UPDATE], ROLL],
  ])('%s', (_what, given, update, roll) => {
    const { jobs } = pipelineOf(...given);
    expect(jobs[`update:${NAME}`].script).toEqual(update);
    expect(jobs[`roll:${NAME}`].script).toEqual(roll);
  });
});

describe('a kOps that is downloaded', () => {
  const jobs = { image: 'registry.example.com/tools:1' };

  test('has to be that of the lock', () => {
    expect(variables({ kopsBinary: 'download', jobs }, {}, {}, LOCK)).toMatchObject({
      CDKOPS_KOPS_URL: 'https://github.com/kubernetes/kops/releases/download',
      CDKOPS_KOPS_SHA256_AMD64: DIGEST,
      CDKOPS_KOPS_SHA256_ARM64: DIGEST,
    });
    expect(variables({}, {}, {}, LOCK)).not.toHaveProperty('CDKOPS_KOPS_URL');
  });

  test('is kept from job to job beside the caches of the user', () => {
    const cache = { key: 'own', paths: ['own/'] };
    const kops = { key: 'kops-$KOPS_VERSION', paths: ['.cdkops/'] };
    expect(job('dryrun', { kopsBinary: 'download', jobs }, {}, {}, LOCK).cache).toEqual([kops]);
    const both = job('dryrun', { kopsBinary: 'download', jobs: { ...jobs, cache } }, {}, {}, LOCK).cache;
    expect(both).toEqual([cache, kops]);
    expect(job('dryrun', { jobs }).cache).toBeUndefined();
  });

  test('may come from a mirror', () => {
    const mirrored = { ...jobs, variables: { CDKOPS_KOPS_URL: 'https://mirror.example.com' } };
    for (const given of [
      variables({ kopsBinary: 'download', jobs: mirrored }, {}, {}, LOCK),
      variables({ kopsBinary: 'download', jobs }, { jobs: mirrored }, {}, LOCK),
    ]) {
      expect(given.CDKOPS_KOPS_URL).toBe('https://mirror.example.com');
    }
  });

  test.each([
    [
      'a version that is not locked',
      { kopsBinary: 'download', jobs, kops: '1.36.1' },
      'kopsBinary: ',
      'npx cdkops lock',
    ],
    ['an image that would differ with the version', { kopsBinary: 'download' }, 'jobs.image: ', 'is missing'],
  ] as const)('fails for %s', (_what, props, field, message) => {
    const { findings } = pipelineOf(props, {}, {}, LOCK);
    expect(findings).toEqual([expect.stringContaining(`[dev/${NAME}] ${field}`)]);
    expect(findings[0]).toContain(message);
  });

  test('fails without a lock', () => {
    expect(pipelineOf({ kopsBinary: 'download', jobs }).findings[0]).toContain('is not there');
  });
});

test.each([
  ['apiServer', { apiServer: 'https://10.0.0.1', kops: '1.31.0' }, '--api-server'],
  ['useKubeconfig', { useKubeconfig: true, kops: '1.33.0' }, '--use-kubeconfig'],
  ['prune.revisions', { prune: { revisions: true }, kops: '1.28.0' }, '--prune'],
  ['validation.interval', { validation: { interval: '5s' }, kops: '1.28.0' }, '--interval'],
] as const)('fails: %s for a kOps that does not know it', (field, props, flag) => {
  expect(pipelineOf(props).findings).toEqual([expect.stringMatching(new RegExp(`${field}: .*${flag}`))]);
});

test('a kOps that takes the kubeconfig that is there needs no flag for it', () => {
  expect(pipelineOf({ useKubeconfig: true, kops: '1.30.0' }).findings).toEqual([]);
});
