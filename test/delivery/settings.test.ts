import { Cluster, Delivery, Fleet, KopsCluster, StateStore, Wave } from '../../src';
import { synthesise } from '../../src/synth';
import { BASE, pipelineOf, render } from './support';

const NAME = 'a.example.com';
const untyped = (value: unknown) => value as never;
const jobOf = (...given: Parameters<typeof pipelineOf>) => pipelineOf(...given).jobs[`roll:${NAME}`];

const ROLES = {
  planRole: 'arn:aws:iam::123456789012:role/plan',
  changeRole: 'arn:aws:iam::123456789012:role/change',
};

describe('the nearest wins', () => {
  test.each<[string, object, object, object, object]>([
    ['image', { jobs: { image: 'a' } }, { jobs: { image: 'b' } }, {}, { image: 'b' }],
    [
      'image and tags, each by itself',
      { jobs: { image: 'a', tags: ['a'] } },
      { jobs: { image: 'b' } },
      { jobs: { tags: ['c'] } },
      { image: 'b', tags: ['c'] },
    ],
    [
      'variables, key by key',
      { jobs: { variables: { A: 'fleet', B: 'fleet', C: 'fleet' } } },
      { jobs: { variables: { B: 'wave', C: 'wave' } } },
      { jobs: { variables: { C: 'cluster' } } },
      { variables: { A: 'fleet', B: 'wave', C: 'cluster' } },
    ],
    [
      'before_script',
      { jobs: { beforeScript: ['a'] } },
      {},
      { jobs: { beforeScript: ['b'] } },
      { before_script: ['b'] },
    ],
    [
      'caches, whole',
      { jobs: { cache: { key: 'a', paths: ['a'] } } },
      { jobs: { cache: { key: 'b' } } },
      {},
      { cache: [{ key: 'b' }] },
    ],
    [
      'time-outs, each by itself',
      { timeouts: { roll: '1h' } },
      { timeouts: { update: '2h' } },
      {},
      { timeout: '1h' },
    ],
    [
      'options of a rolling update, each by itself',
      { rollingUpdate: { nodeInterval: '1m', validateCount: 3 } },
      { rollingUpdate: { nodeInterval: '2m' } },
      {},
      { variables: { CDKOPS_ROLLING_UPDATE_FLAGS: '--node-interval=2m --validate-count=3' } },
    ],
  ])('%s', (_what, fleet, wave, cluster, expected) => {
    expect(jobOf(cluster, fleet, wave)).toMatchObject(expected);
  });

  test('the environment, each member by itself', () => {
    const { jobs } = pipelineOf(
      {},
      { environment: { url: 'https://a' } },
      { environment: { deployment_tier: 'staging' } },
    );
    expect(jobs[`update:${NAME}`].environment).toMatchObject({
      url: 'https://a',
      deployment_tier: 'staging',
    });
    expect(jobs[`roll:${NAME}`].environment).not.toHaveProperty('deployment_tier');
  });

  test('no job to prune, or one', () => {
    expect(pipelineOf({}, { prune: false }).jobs).not.toHaveProperty([`prune:${NAME}`]);
    expect(pipelineOf({ prune: {} }, { prune: false }).jobs).toHaveProperty([`prune:${NAME}`]);
  });

  test('siblings do not see each other', () => {
    const fleet = new Fleet(BASE);
    const wave = new Wave(fleet, 'dev');
    new Cluster(wave, NAME, { zones: ['eu-central-1a'], jobs: { image: 'a' }, afterRoll: ['a'] });
    new Cluster(wave, 'b.example.com', { zones: ['eu-central-1a'] });
    expect(render(fleet).jobs['roll:b.example.com']).toMatchObject({
      image: '$CI_REGISTRY_IMAGE/kops:$KOPS_VERSION',
      script: [
        'sh "$CI_PROJECT_DIR/.gitlab/cdkops.sh" roll',
        'sh "$CI_PROJECT_DIR/.gitlab/cdkops.sh" rolled',
      ],
    });
  });
});

describe('Delivery', () => {
  const fleetOf = () => {
    const fleet = new Fleet(BASE);
    const wave = new Wave(fleet, 'dev', { jobs: { variables: { A: 'props' } } });
    const cluster = new KopsCluster(wave, NAME, { spec: { cloudProvider: 'gce' } });
    return { fleet, wave, cluster };
  };

  test('gives settings to constructs that have no props for them', () => {
    const { fleet, cluster } = fleetOf();
    Delivery.of(cluster).set({ afterRoll: ['./test.sh'], retired: false });
    expect(render(fleet).jobs[`roll:${NAME}`].script).toContain('./test.sh');
  });

  test('adds to what was given before, and wins over it', () => {
    const { fleet, wave } = fleetOf();
    Delivery.of(wave).set({ jobs: { variables: { B: 'one' } }, beforeUpdate: ['one', 'more'] });
    Delivery.of(wave).set({ jobs: { variables: { B: 'two' } }, beforeUpdate: ['two'] });
    const job = render(fleet).jobs[`update:${NAME}`];
    expect(job.variables).toMatchObject({ A: 'props', B: 'two' });
    expect(job.script[0]).toBe('two');
    expect(job.script).toHaveLength(2);
  });

  test('retires clusters', () => {
    const { fleet, cluster } = fleetOf();
    Delivery.of(cluster).set({ retired: true });
    expect(render(fleet).jobs).toHaveProperty([`delete:${NAME}`]);
  });

  test('fails for what cannot be used, at the construct', () => {
    const { fleet, wave, cluster } = fleetOf();
    Delivery.of(cluster).set({ timeouts: { roll: 'long' } });
    Delivery.of(wave).set({ retired: true });
    Delivery.of(wave).set(untyped('fast'));
    const problems = synthesise(fleet).findings.map(({ path, field, message }) => [path, field, message]);
    expect(problems).toEqual(
      expect.arrayContaining([
        [`dev/${NAME}`, 'timeouts.roll', expect.stringContaining("expected a duration such as '90m'")],
        ['dev', 'retired', expect.stringContaining('only a cluster can be retired')],
        ['dev', undefined, expect.stringContaining('expected an object, got the string "fast"')],
      ]),
    );
  });
});

describe('fails: bad props', () => {
  const CASES: [object, string][] = [
    [{ jobs: { image: 3 } }, 'jobs.image: expected a string, got the number 3'],
    [{ jobs: { tag: ['a'] } }, 'jobs.tag: there is nothing of this name to set; did you mean tags?'],
    [{ jobs: { tags: 'a' } }, 'jobs.tags: expected a list, got the string "a"; put it in brackets'],
    [
      { jobs: { variables: { A: 1 } } },
      'jobs.variables[A]: expected a string, got the number 1; put it in quotes',
    ],
    [{ jobs: { beforeScript: 'ls' } }, 'jobs.beforeScript: expected a list'],
    [{ jobs: { cache: 'npm' } }, 'jobs.cache: expected an object or a list'],
    [{ plansInMergeRequests: 'no' }, 'plansInMergeRequests: expected true or false'],
    [{ kopsBinary: 'downlaod' }, 'did you mean download?'],
    [{ credentials: { aws: { planRole: 'plan' } } }, 'credentials.aws.planRole: expected the ARN of a role'],
    [{ credentials: true }, 'credentials: expected false or an object'],
    [{ rollingUpdate: { nodeInterval: 'soon' } }, 'rollingUpdate.nodeInterval: '],
    [{ validation: { count: 0 } }, 'validation.count: expected a whole number'],
    [{ apiServer: 'api.example.com' }, "apiServer: expected a URL such as 'https://api.example.com'"],
    [{ apiServer: 'https://a --yes' }, 'apiServer: expected a URL'],
    [{ apiServer: 'https://$HOME' }, 'apiServer: expected a URL'],
    [{ useKubeconfig: 1 }, 'useKubeconfig: expected true or false'],
    [{ beforeUpdate: 'ls' }, 'beforeUpdate: expected a list, got the string "ls"; put it in brackets'],
    [{ afterRoll: [1] }, 'afterRoll[0]: expected a string'],
    [
      { environment: { deployment_tier: 'prod' } },
      'environment.deployment_tier: expected one of production, staging',
    ],
    [{ environment: { tier: 'production' } }, 'environment.tier: there is nothing of this name'],
    [{ prune: true }, 'prune: expected false or an object'],
    [
      { prune: { drained: true } },
      'prune.drained: there is nothing of this name to set; did you mean drain?',
    ],
    [{ acknowledge: ['kops-upgrade'] }, 'acknowledge[0]: expected one of kops-downgrade'],
    [
      { acknowledge: ['kops-downgrade', 'kops-downgrade'] },
      'acknowledge[1]: the string "kops-downgrade" is there twice',
    ],
    [{ timeouts: { roll: '0' } }, 'timeouts.roll: expected a duration'],
    [
      { timeouts: { rolls: '1h' } },
      'timeouts.rolls: there is nothing of this name to set; did you mean roll?',
    ],
  ];

  test.each(CASES)('%j', (props, expected) => {
    const messages = (fleet: Fleet) =>
      synthesise(fleet).findings.map(({ path, field, message }) => `${path} ${field}: ${message}`);
    const inFleet = new Fleet({ ...BASE, ...props });
    const inWave = new Fleet(BASE);
    const inCluster = new Fleet(BASE);
    new Cluster(new Wave(inFleet, 'dev'), NAME, { zones: ['eu-central-1a'] });
    new Cluster(new Wave(inWave, 'dev', untyped(props)), NAME, { zones: ['eu-central-1a'] });
    new Cluster(new Wave(inCluster, 'dev'), NAME, { zones: ['eu-central-1a'], ...props });
    expect(messages(inFleet)).toContainEqual(expect.stringMatching(/^Fleet /));
    for (const [path, fleet] of [
      ['Fleet', inFleet],
      ['dev', inWave],
      [`dev/${NAME}`, inCluster],
    ] as const) {
      const found = messages(fleet).filter((message) => message.startsWith(`${path} `));
      expect(found.join('\n')).toContain(expected);
    }
  });

  test.each<[object, string]>([
    [{ retired: 'yes' }, 'retired: expected true or false'],
    [{ retire: true }, 'retire: there is nothing of this name to set; did you mean retired?'],
  ])('%j of a cluster', (props, expected) => {
    const fleet = new Fleet(BASE);
    new Cluster(new Wave(fleet, 'dev'), NAME, { zones: ['eu-central-1a'], ...props });
    const found = synthesise(fleet).findings.map(({ field, message }) => `${field}: ${message}`);
    expect(found.join('\n')).toContain(expected);
  });
});

describe('forgotten clusters', () => {
  const zones = ['eu-central-1a'];
  const fleetWith = (...forgotten: string[]) => {
    const fleet = new Fleet(BASE);
    const wave = new Wave(fleet, 'one');
    new Cluster(wave, 'a.example.com', { zones, credentials: { aws: ROLES } });
    new Cluster(wave, 'b.example.com', { zones });
    for (const name of forgotten) fleet.forget(name, 'sold');
    return render(fleet);
  };

  test('are named to all drift jobs', () => {
    const { jobs } = fleetWith('y.example.com', 'x.example.com');
    for (const name of ['drift:a.example.com', 'drift:b.example.com']) {
      expect(jobs[name].variables.CDKOPS_FORGOTTEN).toBe('x.example.com y.example.com');
    }
    expect(jobs['dryrun:a.example.com'].variables).not.toHaveProperty('CDKOPS_FORGOTTEN');
  });

  test('change no file of another cluster', () => {
    const [before, after] = [fleetWith(), fleetWith('x.example.com')];
    for (const path of before.paths.filter((other) => other.startsWith('clusters/'))) {
      expect(after.file(path)).toEqual(before.file(path));
    }
  });

  test.each<[string, StateStore]>([
    ['s3', StateStore.s3('state', { prefix: 'a/b' })],
    ['gs', StateStore.gs('state')],
    ['azureblob', StateStore.azureblob('account', 'container')],
    ['file', StateStore.file('/srv/state')],
  ])('the store %s stands in a line that the script finds', (_kind, stateStore) => {
    const fleet = new Fleet({ ...BASE, stateStore });
    new Cluster(new Wave(fleet, 'one'), 'a.example.com', { zones });
    const text = synthesise(fleet).files.get('clusters/a.example.com/pipeline.yml');
    expect(text?.split('\n')).toContain(`    KOPS_STATE_STORE: ${stateStore.url('1.36')}`);
  });
});

test.each(['CDKOPS_ACKNOWLEDGE', 'CDKOPS_TAKE_OVER', 'CDKOPS_RETIRED', 'GIT_DEPTH', 'KOPS_CLUSTER_NAME'])(
  'the variable %s is not for administrators to set',
  (name) => {
    const fleet = new Fleet(BASE);
    const variables = { [name]: 'a', A: 'b', CDKOPS_KOPS_URL: 'https://mirror.example.com' };
    new Cluster(new Wave(fleet, 'dev', { jobs: { variables } }), NAME, { zones: ['eu-central-1a'] });
    const found = synthesise(fleet).findings.map(({ field, message }) => `${field}: ${message}`);
    expect(found).toEqual([expect.stringMatching(`^jobs.variables.${name}: is for cdkops to set`)]);
  },
);
