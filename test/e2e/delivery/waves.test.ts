import { type DeliveryGround, deliveryGround } from '../support/delivery-ground';
import { GitlabRepository } from '../support/gitlab-repository';
import {
  type JobResult,
  type PipelineOptions,
  type PipelineRun,
  PipelineRuns,
} from '../support/pipeline-run';
import { type SmallFleetOptions, smallFleet } from '../support/small-fleet';

// Three clusters in two waves, by the jobs that are synthesised for them: what keeps production shut, and what opens it.

const [A, B, P] = ['a.k8s.local', 'b.k8s.local', 'p.k8s.local'];
const NAMES = [A, B, P] as const;

type Wanted = Partial<SmallFleetOptions>;

let ground: DeliveryGround;
let repository: GitlabRepository;
let pipelines: PipelineRuns;
let files: Wanted = {};

beforeAll(async () => {
  ground = await deliveryGround(A);
  const servers = await Promise.all(
    NAMES.map(async (name) => [name, await ground.kubernetesOf(name)] as const),
  );
  files = {
    bucket: ground.bucket,
    waves: {
      dev: { approval: 'none', clusters: [A, B] },
      prod: { approval: 'cluster', clusters: [P] },
    },
    each: Object.fromEntries(servers.map(([name, { url }]) => [name, { apiServer: url }])),
    cluster: {
      rollingUpdate: {
        nodeInterval: '1s',
        controlPlaneInterval: '1s',
        postDrainDelay: '1s',
        validateCount: 1,
      },
      validation: { wait: '20s', interval: '1s' },
      // Where the pipeline says so, a smoke test that fails for one of them.
      afterRoll: ['test "$SMOKE_FAILS_FOR" != "$KOPS_CLUSTER_NAME"'],
    },
  };
  repository = new GitlabRepository(synth());
  // Each cluster has an API of its own, which its file names.
  const { CDKOPS_API_SERVER: _one, ...env } = ground.env;
  pipelines = new PipelineRuns(repository, { env });
}, 120_000);
afterAll(() => ground?.stop());

/** Several roll-outs one after the other. */
const LONG = 400_000;
jest.setTimeout(LONG);

function synth(wanted: Wanted = {}): Record<string, string> {
  return smallFleet({ ...files, ...wanted, bucket: ground.bucket });
}

/** Commits what the fleet gives now to the default branch, and starts its pipeline. */
function push(wanted: Wanted, options?: PipelineOptions): PipelineRun {
  repository.commitFleet(synth(wanted));
  return pipelines.push(options);
}

/** Runs jobs one after the other, each of which must succeed. Returns the last log. */
async function succeed(pipeline: PipelineRun, ...jobs: string[]): Promise<string> {
  let log = '';
  for (const job of jobs) {
    const result = await pipeline.job(job);
    if (result.code !== 0) throw new Error(`${job} ended with ${result.code}:\n${result.log}`);
    log = result.log;
  }
  return log;
}

const rollOut = (pipeline: PipelineRun, name: string) =>
  succeed(pipeline, `dryrun:${name}`, `update:${name}`, `roll:${name}`);

/** A change of some clusters alone, for which no machine has to be replaced. */
const only = (names: readonly string[], maxSize: number): Wanted['nodesOf'] =>
  Object.fromEntries(names.map((name) => [name, { maxSize }]));

function expectShut({ code, log }: JobResult, ...says: (string | RegExp)[]): void {
  expect(log).not.toContain('command not found');
  for (const one of says) expect(log).toMatch(one);
  expect(code).toBe(1);
}

/** What production's record says. */
async function record(name: string) {
  return JSON.parse(await ground.storeObject(`cdkops/${name}.json`));
}

describe('a new fleet', () => {
  let pipeline: PipelineRun;

  test('has jobs of all waves, and what is between them', async () => {
    pipeline = pipelines.push();
    const names = await pipeline.jobNames();
    expect(names).toEqual(expect.arrayContaining(['verify', 'rolled:dev', 'open:prod', `update:${P}`]));
  });

  test('production stays shut while nothing has been rolled out', async () => {
    expectShut(await pipeline.job('rolled:dev'), `${A}: NOT rolled out: never rolled out`, /0 of 2 clusters/);
    expectShut(await pipeline.job('open:prod'), /the gate dev has not been passed/);
    await succeed(pipeline, `dryrun:${P}`);
    ground.chronicle.clear();
    expectShut(
      await pipeline.job(`update:${P}`),
      /the wave prod has not been opened.*so nothing has been done/,
    );
    expect(ground.writes()).toEqual([]);
  });

  test('and while one cluster of the first wave fails after its roll', async () => {
    await rollOut(pipeline, A);
    await succeed(pipeline, `dryrun:${B}`, `update:${B}`);
    const failed = await pipeline.job(`roll:${B}`, { variables: { SMOKE_FAILS_FOR: B } });
    expect(failed.code).not.toBe(0);
    expectShut(
      await pipeline.job('rolled:dev'),
      new RegExp(`${A}: rolled out since`),
      new RegExp(`${B}: NOT rolled out: a roll-out is in progress`),
      /1 of 2 clusters/,
    );
    expectShut(await pipeline.job('open:prod'), /has not been passed/);
  });

  test('and opens when all of them have come through', async () => {
    await succeed(pipeline, `roll:${B}`, 'rolled:dev', 'open:prod', `update:${P}`, `roll:${P}`);
    expect((await record(P)).rollOuts).toHaveLength(1);
  });
});

describe('a change that nobody started', () => {
  test('of development keeps production shut in a later pipeline, which touches production alone', async () => {
    const lost = push({ nodesOf: only([A], 3) });
    expect(await lost.jobNames()).toEqual(expect.arrayContaining([`update:${A}`]));
    expect(await lost.jobNames()).not.toContain('rolled:dev');

    const later = push({ nodesOf: { ...only([A], 3), ...only([P], 3) } });
    const names = await later.jobNames();
    expect(names.filter((name) => /^(update|rolled|open):/.test(name)).sort()).toEqual([
      'open:prod',
      'rolled:dev',
      `update:${P}`,
    ]);
    expectShut(
      await later.job('rolled:dev'),
      new RegExp(`${A}: NOT rolled out: it has another manifest than this commit's`),
      new RegExp(`CDKOPS_CLUSTER=${A}`),
    );
    expectShut(await later.job('open:prod'), /has not been passed/);
  });

  test('is carried by a rollout that somebody starts by hand; what is up to date ends at once', async () => {
    const rollout = pipelines.web({ variables: { CDKOPS_CLUSTER: 'all', CDKOPS_ACTION: 'rollout' } });
    expect(await rollout.jobNames()).toEqual(
      expect.arrayContaining([...NAMES.map((name) => `update:${name}`), 'rolled:dev', 'open:prod']),
    );
    await succeed(rollout, `dryrun:${B}`);
    expect(await succeed(rollout, `update:${B}`)).toContain('nothing to do, this commit is rolled out');
    expect(await succeed(rollout, `roll:${B}`)).toContain('nothing to do, this commit is rolled out');
    await rollOut(rollout, A);
    await succeed(rollout, 'rolled:dev', 'open:prod');
    await rollOut(rollout, P);
    expect((await record(P)).rollOuts).toHaveLength(2);
  });
});

describe('a new kOps for the whole fleet', () => {
  test('goes to development first, and opens production when it has come through', async () => {
    // What is live counts as having come from the version before.
    for (const name of NAMES) {
      const key = `cdkops/${name}.json`;
      const found = await record(name);
      const [newest, ...others] = found.rollOuts;
      await ground.putStoreObject(
        key,
        JSON.stringify({ ...found, rollOuts: [{ ...newest, kops: '1.36.1' }, ...others] }),
      );
    }
    const rollout = pipelines.web({ variables: { CDKOPS_CLUSTER: 'all', CDKOPS_ACTION: 'rollout' } });
    expectShut(
      await rollout.job('rolled:dev'),
      new RegExp(`${B}: NOT rolled out: rolled out by kOps 1.36.1, and the code has 1.36.2`),
    );
    await rollOut(rollout, A);
    await rollOut(rollout, B);
    await succeed(rollout, 'rolled:dev', 'open:prod');
    await rollOut(rollout, P);
    expect((await record(P)).rollOuts[0].kops).toBe('1.36.2');
  });
});

describe('another way through', () => {
  test('passes the gate for one cluster, with a reason that the record keeps', async () => {
    push({ nodesOf: only(NAMES, 4) });
    const given = { CDKOPS_CLUSTER: P, CDKOPS_ACTION: 'rollout', CDKOPS_PASS_GATE: 'the fix for INC-7' };
    const pipeline = pipelines.web({ variables: given });
    const names = await pipeline.jobNames();
    expect(names).toContain('open:prod');
    expect(names).not.toContain('rolled:dev');
    await succeed(pipeline, 'open:prod');
    await rollOut(pipeline, P);
    expect((await record(P)).rollOuts[0].passedGate).toBe('the fix for INC-7');
  });

  test('goes back, and what comes later stays shut', async () => {
    const { rollOuts } = await record(A);
    const given = { CDKOPS_CLUSTER: A, CDKOPS_ACTION: 'rollback' };
    // First forward, so that there is something to go back from.
    await rollOut(pipelines.web({ variables: { CDKOPS_CLUSTER: A, CDKOPS_ACTION: 'rollout' } }), A);
    const back = pipelines.web({ variables: given });
    await rollOut(back, A);
    const [newest] = (await record(A)).rollOuts;
    expect(newest).toMatchObject({ rolledBack: true, manifestDigest: rollOuts[0].manifestDigest });

    const production = pipelines.web({ variables: { CDKOPS_CLUSTER: P, CDKOPS_ACTION: 'rollout' } });
    expectShut(await production.job('rolled:dev'), new RegExp(`${A}: NOT rolled out: rolled back`));
    const drift = pipelines.web({ variables: { CDKOPS_CLUSTER: A, CDKOPS_ACTION: 'drift' } });
    expect(await succeed(drift, `drift:${A}`)).toContain('pending:');
  });
});
