import type { FleetProps, WaveProps } from '../../src';
import { type Event, Project, type RunningPipeline } from './pipeline-model';
import { drive, type Habits } from './pipeline-model/drive';
import { filesOf } from './pipeline-model/fleet-project';
import {
  allOf,
  anyFleet,
  clusterName,
  clustersOf,
  type FleetSpec,
  fileOf,
  fleetOf,
  retiredOf,
} from './pipeline-model/fleets';
import { GateWatch } from './pipeline-model/gate-watch';
import { Random } from './pipeline-model/random';

const DEV = clusterName('dev', 1);
const PROD = clusterName('prod', 1);
const TWO: FleetSpec = { dev: { clusters: 2 }, prod: { clusters: 2 } };

/** As many further clusters in the last wave as it takes for child pipelines. */
const PADDING = 101;

const merge = (...clusters: string[]): Event => ({
  source: 'push',
  branch: 'main',
  changed: clusters.map((cluster) => fileOf(cluster)),
});
const byHand = (cluster: string, action = 'rollout', more = {}, branch = 'main'): Event => ({
  source: 'web',
  branch,
  variables: { CDKOPS_CLUSTER: cluster, CDKOPS_ACTION: action, ...more },
});

const projectOf = (spec: FleetSpec, props: FleetProps = {}, options = {}) =>
  new Project(filesOf(fleetOf(spec, props)), options);

/** The same fleet, so large that it needs child pipelines. */
function large(spec: FleetSpec): FleetSpec {
  const last = Object.keys(spec).at(-1) ?? '';
  return { ...spec, [last]: { ...spec[last], clusters: (spec[last]?.clusters ?? 0) + PADDING } };
}

/** Lets all go on in some order, and returns what went against the promises. */
function run(project: Project, spec: FleetSpec, random: Random, habits: Habits = {}): string[] {
  const watch = new GateWatch(spec);
  const look: Habits['look'] = (step) => {
    watch.look(step);
    habits.look?.(step);
  };
  drive(project, random, { ...habits, look });
  return [...watch.violations, ...project.faults];
}

/** The states of all jobs that fit, also of child pipelines, each once. */
const states = (pipeline: RunningPipeline, ...jobs: string[]) =>
  jobs.map((name) => {
    // A child hands on what its parent's open has left, by a job of the same name.
    const all = name.startsWith('open:') ? [pipeline.root] : pipeline.all;
    return all.flatMap((one) => one.jobs.get(name)?.status ?? []).join(' ');
  });

/** All jobs, also of child pipelines, without those that start them. */
const names = ({ all }: RunningPipeline) =>
  all.flatMap(({ jobs }) => [...jobs.values()].flatMap(({ isTrigger, name }) => (isTrigger ? [] : name)));

/** Lets all go on in the order of their names. */
const finish = (pipeline: RunningPipeline, habits: Habits = {}) =>
  expect(run(pipeline.project, {}, new Random(1), habits)).toEqual([]);

describe.each([
  ['in one pipeline', (spec: FleetSpec) => spec],
  ['in child pipelines', large],
])('two waves %s', (_where, sized) => {
  const spec = sized(TWO);
  const files = filesOf(fleetOf(spec));
  const start = (event: Event, options = {}) => new Project(files, options).start(event);

  test('open one after the other', () => {
    const pipeline = start(merge(DEV, PROD));
    const order: string[] = [];
    finish(pipeline, { look: ({ job, status }) => status === 'success' && order.push(job) });
    const inOrder = [`roll:${DEV}`, 'rolled:dev', 'open:prod', `update:${PROD}`, `roll:${PROD}`];
    // A child hands on what the parent's open has left, by a job of the same name.
    expect([...new Set(order.filter((job) => inOrder.includes(job)))]).toEqual(inOrder);
  });

  test.each([
    ['whose roll-out nobody started', { isPlayed: (job: string) => job !== `roll:${DEV}` }],
    ['whose update nobody started', { isPlayed: (job: string) => job !== `update:${DEV}` }],
    ['whose update failed', { isWell: (job: string) => job !== `update:${DEV}` }],
    ['whose roll-out failed', { isWell: (job: string) => job !== `roll:${DEV}` }],
    ['whose plan failed', { isWell: (job: string) => job !== `dryrun:${DEV}` }],
  ])('stay shut behind a cluster %s', (_what, habits) => {
    const pipeline = start(merge(DEV, clusterName('dev', 2), PROD));
    finish(pipeline, habits);
    for (const job of ['rolled:dev', 'open:prod', `update:${PROD}`, `roll:${PROD}`]) {
      expect(['created', 'skipped', '']).toContain(states(pipeline, job)[0]);
    }
    expect(states(pipeline, `roll:${clusterName('dev', 2)}`)).toEqual(['success']);
  });

  test.each(['rolled:dev', 'open:prod', 'verify'])('stay shut behind %s that is red', (red) => {
    const pipeline = start(merge(DEV, PROD));
    finish(pipeline, { isWell: (job) => job !== red });
    expect(states(pipeline, `update:${PROD}`, `roll:${PROD}`).join('')).not.toContain('success');
    expect(project(pipeline)).not.toContain(`update:${PROD}`);
  });

  test('plan production at once, and its failure shuts no gate before it', () => {
    const pipeline = start(merge(DEV, PROD));
    expect(pipeline.project.ready().map(({ job }) => job)).toContain(`dryrun:${PROD}`);
    finish(pipeline, { isWell: (job) => job !== `dryrun:${PROD}` });
    expect(states(pipeline, 'rolled:dev', 'open:prod')).toEqual(['success', 'success']);
    expect(project(pipeline)).not.toContain(`update:${PROD}`);
  });

  test('ask for development where production alone changes', () => {
    const pipeline = start(merge(PROD));
    expect([...pipeline.jobs.keys()]).toEqual(expect.arrayContaining(['rolled:dev', 'open:prod']));
    expect(names(pipeline)).not.toContain(`update:${DEV}`);
    pipeline.succeed('verify');
    expect(pipeline.state('rolled:dev')).toBe('pending');
    pipeline.fail('rolled:dev');
    finish(pipeline);
    expect(project(pipeline)).not.toContain(`update:${PROD}`);
  });

  test('ask for nothing where development alone changes', () => {
    const pipeline = start(merge(DEV));
    expect(names(pipeline).filter((job) => /^(rolled|open|soak)/.test(job))).toEqual([]);
    finish(pipeline);
    expect(states(pipeline, `roll:${DEV}`)).toEqual(['success']);
  });

  test.each([true, false])(
    'open after a failed roll-out was run again; GitLab resets trigger jobs: %s',
    (resetsTriggerJobs) => {
      const pipeline = start(merge(DEV, PROD), { resetsTriggerJobs });
      finish(pipeline, { isWell: (job) => job !== `roll:${DEV}` });
      const home = pipeline.all.find(({ jobs }) => jobs.get(`roll:${DEV}`)?.status === 'failed');
      home?.retry(`roll:${DEV}`);
      finish(pipeline);
      if (!resetsTriggerJobs && home !== pipeline) {
        // The trigger job itself has to be run again: then its clusters are up to date, and end at once.
        expect(states(pipeline, 'open:prod')).toEqual(['skipped']);
        pipeline.retry('rollout:dev');
        finish(pipeline);
      }
      expect(states(pipeline, 'rolled:dev', 'open:prod', `roll:${PROD}`)).toEqual([
        'success',
        'success',
        'success',
      ]);
    },
  );

  test('do not wait for somebody to prune', () => {
    const pipeline = start(merge(DEV, PROD));
    finish(pipeline, { isPlayed: (job) => !job.startsWith('prune:') });
    expect(states(pipeline, `prune:${DEV}`, `roll:${PROD}`)).toEqual(['manual', 'success']);
  });

  test('open after a red gate was run again', () => {
    const pipeline = start(merge(PROD));
    finish(pipeline, { isWell: (job) => job !== 'rolled:dev' });
    pipeline.retry('rolled:dev');
    finish(pipeline);
    expect(states(pipeline, 'open:prod', `roll:${PROD}`)).toEqual(['success', 'success']);
  });

  test('do not open when somebody cancels a gate', () => {
    const pipeline = start(merge(PROD));
    pipeline.succeed('verify');
    pipeline.cancel('rolled:dev');
    finish(pipeline);
    expect(project(pipeline)).not.toContain(`update:${PROD}`);
  });

  test('give update the paper that its wave is open, and open the papers of the gates alone', () => {
    const pipeline = start(merge(DEV, PROD));
    finish(pipeline);
    const home = pipeline.all.find(({ jobs }) => jobs.has(`update:${PROD}`)) ?? pipeline;
    expect(pipeline.fetches('open:prod')).toEqual(['rolled:dev']);
    expect(home.fetches(`update:${PROD}`)).toEqual(
      expect.arrayContaining(home === pipeline ? ['open:prod', `dryrun:${PROD}`] : [`dryrun:${PROD}`]),
    );
  });
});

test('the parent shows that a child pipeline waits for somebody', () => {
  const pipeline = projectOf(large(TWO)).start(merge(DEV));
  finish(pipeline, { isPlayed: () => false });
  expect([pipeline.state('rollout:dev'), pipeline.status]).toEqual(['manual', 'manual']);
});

test('child pipelines are not cut off by a newer commit, which asks each for itself', () => {
  const files = filesOf(fleetOf(large(TWO)));
  const children = [...files].filter(([path]) => path.startsWith('.gitlab/child-'));
  expect(children.length).toBeGreaterThan(2);
  for (const [path, { workflow }] of children) {
    expect([path, workflow]).toEqual([path, { auto_cancel: { on_new_commit: 'none' } }]);
  }
});

/** The jobs that have run, also in child pipelines. */
function project(pipeline: RunningPipeline): string[] {
  return pipeline.project.steps.filter(({ status }) => status === 'pending').map(({ job }) => job);
}

test('variables that a person gives do not open a wave', () => {
  for (const spec of [TWO, large(TWO)]) {
    for (const more of [
      { CDKOPS_PHASE: 'rollout' },
      { CDKOPS_PIPELINE_SOURCE: 'push' },
      { CDKOPS_OPEN: '' },
    ]) {
      const pipeline = projectOf(spec).start(byHand(PROD, 'rollout', more));
      finish(pipeline, { isWell: (job) => job !== 'rolled:dev' });
      expect(states(pipeline, 'open:prod')).toEqual(['skipped']);
      expect(project(pipeline).filter((job) => /^(update|roll|prune):prod/.test(job))).toEqual([]);
    }
  }
});

describe('gates are passed', () => {
  const given = { CDKOPS_PASS_GATE: 'the dev cluster is gone' };

  test.each([
    ['in one pipeline', TWO],
    ['in child pipelines', large(TWO)],
  ])('by a person with a reason, for one cluster, %s', (_where, spec) => {
    const pipeline = projectOf(spec).start(byHand(PROD, 'rollout', given));
    expect(names(pipeline).filter((job) => /^(rolled|soak)/.test(job))).toEqual([]);
    finish(pipeline);
    expect(states(pipeline, 'open:prod', `roll:${PROD}`)).toEqual(['success', 'success']);
    expect(project(pipeline)).not.toContain(`update:${clusterName('prod', 2)}`);
  });

  test('for that cluster alone: the one that goes first does not come along', () => {
    const spec = { dev: { clusters: 1 }, prod: { clusters: 2, hasCanary: true } };
    for (const one of [spec, large(spec)]) {
      const pipeline = projectOf(one).start(byHand(clusterName('prod', 2), 'rollout', given));
      finish(pipeline);
      expect(names(pipeline)).not.toContain(`update:${PROD}`);
      expect(states(pipeline, `roll:${clusterName('prod', 2)}`)).toEqual(['success']);
    }
  });

  test('and an empty reason passes none', () => {
    const pipeline = projectOf(TWO).start(byHand(PROD, 'rollout', { CDKOPS_PASS_GATE: '' }));
    expect(pipeline.jobs.has('rolled:dev')).toBe(true);
  });

  test('still by who may open the wave', () => {
    const spec: FleetSpec = { dev: { clusters: 1 }, prod: { clusters: 1, approval: 'wave' } };
    const pipeline = projectOf(spec).start(byHand(PROD, 'rollout', given));
    pipeline.succeed('verify');
    pipeline.succeed(`dryrun:${PROD}`);
    expect(pipeline.playable()).toEqual(['open:prod']);
  });
});

describe.each([
  ['in one pipeline', (spec: FleetSpec) => spec],
  ['in child pipelines', large],
])('what a person starts %s', (_where, sized) => {
  const spec = sized({
    dev: { clusters: 2, hasCanary: true, plansInMergeRequests: true },
    prod: { clusters: 2, hasCanary: true, plansInMergeRequests: false, retired: 1, soak: '1 day' },
  });
  const files = filesOf(fleetOf(spec));
  const jobsOf = (event: Event) => {
    const project = new Project(files);
    const pipeline = project.start(event);
    finish(pipeline);
    return names(pipeline)
      .filter((job) => job !== 'verify')
      .sort();
  };
  const of = (cluster: string, ...steps: string[]) => steps.map((step) => `${step}:${cluster}`);
  const ALL = ['dryrun', 'update', 'roll', 'prune'];
  const [other] = [clusterName('prod', 2)];
  const unique = (jobs: string[]) => [...new Set(jobs)].sort();

  test('a plan is dry runs and nothing else', () => {
    expect(jobsOf(byHand(DEV, 'plan'))).toEqual(of(DEV, 'dryrun'));
    expect(jobsOf(byHand(other, 'plan'))).toEqual(of(other, 'dryrun'));
    expect(jobsOf(byHand('all', 'plan')).every((job) => job.startsWith('dryrun:'))).toBe(true);
  });

  test('drift is that alone', () => {
    expect(jobsOf(byHand(other, 'drift'))).toEqual(of(other, 'drift'));
    expect(jobsOf(byHand('all', 'drift'))).toHaveLength(allOf(spec).length - 1);
  });

  test('off the default branch there are plans and drift, of what merge requests may plan', () => {
    expect(jobsOf(byHand(DEV, 'plan', {}, 'topic'))).toEqual(of(DEV, 'dryrun'));
    expect(jobsOf(byHand(DEV, 'drift', {}, 'topic'))).toEqual(of(DEV, 'drift'));
    expect(jobsOf(byHand(PROD, 'plan', {}, 'topic'))).toEqual([]);
    expect(jobsOf(byHand(PROD, 'drift', {}, 'topic'))).toEqual([]);
    for (const action of ['rollout', 'rollback', 'drift', 'plan', 'nonsense']) {
      for (const cluster of [...allOf(spec).slice(0, 5), 'all']) {
        const jobs = jobsOf(byHand(cluster, action, { CDKOPS_PASS_GATE: 'x' }, 'topic'));
        expect(jobs.filter((job) => !/^(dryrun|drift):dev/.test(job))).toEqual([]);
      }
    }
  });

  test('a rollout of one cluster takes the canary along, and asks the waves before', () => {
    expect(unique(jobsOf(byHand(other)))).toEqual(
      [...of(other, ...ALL), ...of(PROD, ...ALL), 'rolled:dev', 'open:prod', 'soak:prod'].sort(),
    );
    expect(unique(jobsOf(byHand(DEV)))).toEqual(of(DEV, ...ALL).sort());
  });

  test('a rollback is of one cluster, and asks nobody', () => {
    expect(unique(jobsOf(byHand(other, 'rollback')))).toEqual([...of(other, ...ALL), 'open:prod'].sort());
  });

  test('a retired cluster can be ended alone', () => {
    const [old = ''] = retiredOf(spec, 'prod');
    expect(unique(jobsOf(byHand(old)))).toEqual(of(old, 'delete', 'retire'));
    expect(jobsOf(byHand(old, 'rollback'))).toEqual([]);
  });

  test.each(['', 'nowhere.example.com', 'dev1', 'dev1xexample.com', `${DEV}munity`, `x${DEV}`, 'allx'])(
    'the cluster %j is none',
    (cluster) => {
      expect(jobsOf(byHand(cluster))).toEqual([]);
    },
  );

  test('the form and the API give the same', () => {
    const variables = { CDKOPS_CLUSTER: DEV };
    const form = new Project(files).startByForm('main', variables) as RunningPipeline;
    const api = new Project(files).start({ source: 'api', branch: 'main', variables });
    for (const pipeline of [form, api]) {
      finish(pipeline);
      expect(unique(names(pipeline))).toEqual(unique([...of(DEV, ...ALL), 'verify']));
    }
    const empty = new Project(files).startByForm('main') as RunningPipeline;
    expect(names(empty)).toEqual(['verify']);
  });
});

describe('in a wave', () => {
  const one = (props: Partial<WaveProps> & { hasCanary?: boolean }, clusters = 4): FleetSpec => ({
    dev: { clusters, ...props },
  });
  const everything = (spec: FleetSpec) => merge(...allOf(spec));

  test.each([
    ['every-step', ['update', 'roll', 'prune']],
    ['cluster', ['update', 'prune']],
    ['wave', ['open', 'prune']],
    ['none', ['prune']],
  ] as const)('with the approval %s people start %j', (approval, steps) => {
    const played = new Set<string>();
    const pipeline = projectOf(one({ approval }, 2)).start(merge(DEV));
    finish(pipeline, { isPlayed: (job) => Boolean(played.add(job.split(':')[0] ?? '')) });
    expect([...played].sort()).toEqual([...steps].sort());
    expect(pipeline.status).toBe('success');
  });

  test('a canary that fails stops the others', () => {
    const pipeline = projectOf(one({ hasCanary: true, approval: 'none' })).start(
      merge(clusterName('dev', 3)),
    );
    expect(pipeline.jobs.has(`roll:${DEV}`)).toBe(true);
    finish(pipeline, { isWell: (job) => job !== `roll:${DEV}` });
    expect(states(pipeline, `update:${clusterName('dev', 3)}`)).toEqual(['skipped']);
  });

  test.each(['wave', 'none'] as const)(
    'a roll-out that fails stops those behind it in its slot and no other (%s)',
    (approval) => {
      const spec = one({ maxParallel: 3, approval }, 12);
      const files = filesOf(fleetOf(spec));
      const random = new Random(7);
      for (let round = 0; round < 30; round += 1) {
        // All of them, as in a roll-out of the fleet; or some, and then a cluster waits for its neighbour where that changed, too.
        const changed = round % 2 === 0 ? allOf(spec) : random.some(allOf(spec), 0.6);
        if (changed.length === 0) continue;
        const pipeline = new Project(files).start(merge(...changed));
        const slot = (cluster: string) => pipeline.jobs.get(`update:${cluster}`)?.plan.resourceGroup ?? '';
        const failing = random.pick(changed);
        const order: string[] = [];
        finish(pipeline, {
          isWell: (job) => job !== `roll:${failing}`,
          look: ({ job, status }) =>
            status === 'pending' && job.startsWith('update:') && order.push(job.slice(7)),
        });
        const before = (cluster: string) =>
          pipeline.jobs
            .get(`update:${cluster}`)
            ?.plan.needs?.find(({ job }) => job.startsWith('roll:'))
            ?.job.slice(5);
        const stopped = new Set([failing]);
        for (const _ of changed) {
          for (const cluster of changed) if (stopped.has(before(cluster) ?? '')) stopped.add(cluster);
        }
        for (const cluster of changed) {
          const isBehind =
            changed.length === allOf(spec).length
              ? slot(cluster) === slot(failing) && !order.slice(0, order.indexOf(failing)).includes(cluster)
              : stopped.has(cluster);
          expect([round, cluster, isBehind, ...states(pipeline, `roll:${cluster}`)]).toEqual([
            round,
            cluster,
            isBehind,
            isBehind ? (cluster === failing ? 'failed' : 'skipped') : 'success',
          ]);
        }
      }
    },
  );

  test.each(['every-step', 'cluster'] as const)(
    'with the approval %s nobody waits for a neighbour',
    (approval) => {
      const spec = one({ maxParallel: 1, approval });
      const pipeline = projectOf(spec).start(everything(spec));
      finish(pipeline, { isPlayed: (job) => job.endsWith(clusterName('dev', 4)) });
      expect(states(pipeline, `roll:${clusterName('dev', 4)}`)).toEqual(['success']);
    },
  );
});

describe('soak', () => {
  const spec: FleetSpec = {
    dev: { clusters: 1, approval: 'none' },
    stage: { clusters: 1, approval: 'none' },
    prod: { clusters: 1, approval: 'none', soak: '3 days' },
  };
  const DAY = 86_400;

  test('holds the wave back, also when somebody stops its clock', () => {
    const pipeline = projectOf(spec).start(merge(PROD));
    const rest = ['verify', 'rolled:dev', `dryrun:${PROD}`];
    for (const job of rest) pipeline.succeed(job);
    expect(pipeline.state('soak:prod')).toBe('scheduled');
    pipeline.unschedule('soak:prod');
    pipeline.project.elapse(10 * DAY);
    expect(states(pipeline, 'soak:prod', 'rolled:stage', 'open:prod')).toEqual([
      'manual',
      'created',
      'created',
    ]);
  });

  test('comes before the gates are asked, of all waves before: what they say is not old when the wave opens', () => {
    for (const pipeline of [merge(PROD), merge(DEV, clusterName('stage', 1), PROD)].map((event) =>
      projectOf(spec).start(event),
    )) {
      const times = new Map<string, number>();
      drive(pipeline.project, new Random(3), {
        look: ({ job, status }) => status === 'success' && times.set(job, pipeline.project.now),
      });
      const gates = pipeline.fetches('open:prod');
      expect(gates.map((gate) => gate.split('.')[0]).sort()).toEqual(['rolled:dev', 'rolled:stage']);
      for (const gate of gates) {
        expect([gate, (times.get('open:prod') ?? 0) - (times.get(gate) ?? 0)]).toEqual([gate, 0]);
      }
    }
  });
});

describe('any fleet', () => {
  const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

  /** What may happen to it. */
  const anyEvents = (spec: FleetSpec, random: Random): Event[] => {
    const touchable = Object.keys(spec).flatMap((wave) => [
      ...clustersOf(spec, wave).slice(0, 4),
      ...retiredOf(spec, wave),
    ]);
    const changed = random.some(touchable).map((cluster) => fileOf(cluster, random));
    const cluster = random.pick(touchable);
    const action = random.pick(['rollout', 'rollout', 'rollback', 'plan', 'drift']);
    const passed = action === 'rollout' && random.chance(0.3) ? { CDKOPS_PASS_GATE: 'why' } : {};
    return [
      { source: 'push', branch: 'main', changed: [...changed, 'README.md'] },
      byHand(cluster, action, passed),
      { source: 'merge_request_event', branch: 'topic', changed: [...changed, 'README.md'] },
      { source: 'schedule', branch: 'main' },
      byHand(cluster, action, passed, 'topic'),
    ];
  };

  /** The last jobs of all clusters that what was merged changes. */
  const expectedOf = (spec: FleetSpec, { source, changed = [] }: Event): string[] =>
    allOf(spec).flatMap((cluster) => {
      const step = cluster.includes('-old') ? 'delete' : 'roll';
      const isChanged = ['kops.yaml', 'pipeline.yml'].some((file) =>
        changed.includes(`clusters/${cluster}/${file}`),
      );
      return source === 'push' && isChanged ? [`${step}:${cluster}`] : [];
    });

  describe.each([
    ['in one pipeline', seeds, (spec: FleetSpec) => spec],
    ['in child pipelines', seeds.slice(0, 10), large],
  ])('%s', (_where, some, sized) => {
    test.each(some)('%d: what all end well with is done, in order', (seed) => {
      const random = new Random(seed);
      const spec = sized(anyFleet(random));
      const files = filesOf(fleetOf(spec, random.chance(0.2) ? { pipeline: { verify: false } } : {}));
      for (const event of anyEvents(spec, random)) {
        const project = new Project(files);
        const pipeline = project.tryToStart(event);
        // Without a job to check the files there may be nothing to do, and then GitLab makes no pipeline.
        if (typeof pipeline === 'string') {
          expect(pipeline).toBe('the rules let no job in');
          continue;
        }
        expect([event, run(project, spec, random)]).toEqual([event, []]);
        expect(names(pipeline)).toEqual(expect.arrayContaining(expectedOf(spec, event)));
        for (const { jobs } of pipeline.all) {
          for (const { name, status } of jobs.values()) expect([name, status]).toEqual([name, 'success']);
        }
      }
    });

    test.each(some)(
      '%d: nothing runs that may not, whatever fails or is not started, in two pipelines',
      (seed) => {
        const random = new Random(1000 + seed);
        const spec = sized(anyFleet(random));
        const files = filesOf(fleetOf(spec));
        for (let round = 0; round < 5; round += 1) {
          const project = new Project(files);
          const events = [...anyEvents(spec, random), ...anyEvents(spec, random)].filter(() =>
            random.chance(0.4),
          );
          for (const event of events) project.start(event);
          const [bad, lazy] = [random.pick([0, 0.05, 0.2]), random.pick([0, 0.1, 0.3])];
          const habits = { isWell: () => !random.chance(bad), isPlayed: () => !random.chance(lazy) };
          expect([events, run(project, spec, random, habits)]).toEqual([events, []]);
        }
      },
    );
  });
});
