import * as fs from 'node:fs';
import * as path from 'node:path';
import { CLUSTER, type DeliveryPipeline, DeliveryProject, type Variables } from '../support/delivery-project';
import { GIT_ENVIRONMENT } from '../support/gitlab-repository';
import { pathWithout } from '../support/path-without';
import { runScript } from '../support/script-run';

// Whether a wave opens, and that no update begins where it has not.

const HOUR = 3600;
const HOSTILE = `it's "broken": $(touch pwned)`;

let project: DeliveryProject;
let pipeline: DeliveryPipeline;
beforeAll(async () => {
  project = await DeliveryProject.start();
  pipeline = project.pipeline();
});
afterAll(async () => {
  const { ground } = project;
  await ground.stop();
  expect(fs.existsSync(path.join(pipeline.folder, 'pwned'))).toBe(false);
  expect(fs.readdirSync(ground.temporary)).toEqual([]);
});
beforeEach(() => fs.rmSync(path.join(pipeline.folder, 'gates'), { recursive: true, force: true }));

/** A time so many seconds ago, to the second. */
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');

/** Writes what a job has left, as its artifact comes to the next. */
function leave(file: string, content: object | string): void {
  const target = path.join(pipeline.folder, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
}

/** What the job of a gate has left, but for some members. */
function passed(gate: string, members: object = {}): void {
  leave(`gates/rolled/${gate}.json`, {
    format: 1,
    gate,
    wave: 'dev',
    commit: pipeline.commit,
    pipeline: pipeline.id,
    time: ago(HOUR),
    newest: ago(2 * HOUR),
    clusters: 3,
    ...members,
  });
}

/** Opens the wave prod, without credentials, kops or a client of any store. */
async function open(variables: Variables = {}) {
  const { env } = project.ground;
  const { code, output } = await runScript(project.ground, {
    folder: pipeline.folder,
    command: ['open'],
    variables: {
      ...Object.fromEntries(
        Object.keys(env)
          .filter((name) => /AWS|S3/.test(name))
          .map((name) => [name, undefined]),
      ),
      ...GIT_ENVIRONMENT,
      PATH: pathWithout(pathWithout(env.PATH ?? '', 'kops'), 'aws'),
      CI: 'true',
      CI_COMMIT_SHA: pipeline.commit,
      CI_PIPELINE_ID: pipeline.id,
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_BRANCH: 'main',
      CI_DEFAULT_BRANCH: 'main',
      CDKOPS_WAVE: 'prod',
      CDKOPS_GATES: 'dev dev.2',
      CDKOPS_SOAK: '0',
      ...variables,
    },
  });
  const file = path.join(pipeline.folder, 'gates/open/prod.json');
  return {
    code,
    output,
    opened: fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined,
  };
}

test('a wave opens when all gates before it have been passed', async () => {
  passed('dev');
  passed('dev.2', { newest: null, clusters: 0 });
  const { code, output, opened } = await open();
  expect(output).toContain('the wave prod is open');
  expect(code).toBe(0);
  expect(opened).toEqual({
    format: 1,
    wave: 'prod',
    commit: pipeline.commit,
    pipeline: pipeline.id,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    passed: null,
  });
});

test('the first wave has no gate before it', async () => {
  expect(await open({ CDKOPS_GATES: '', CDKOPS_SOAK: '3600' })).toMatchObject({
    code: 0,
    opened: { passed: null },
  });
});

test.each<readonly [what: string, leave: () => void, message: string]>([
  ['is missing', () => {}, 'the gate dev.2 has not been passed: there is no gates/rolled/dev.2.json'],
  ['is no JSON', () => leave('gates/rolled/dev.2.json', '{'), 'dev.2.json is not of the gate dev.2 in this'],
  ['is of another gate', () => passed('dev.2', { gate: 'dev' }), 'is not of the gate dev.2 in this pipeline'],
  ['is of another commit', () => passed('dev.2', { commit: 'f'.repeat(40) }), 'at this commit'],
  ['is of another pipeline', () => passed('dev.2', { pipeline: '1' }), 'in this pipeline, at this commit'],
  ['is of a newer format', () => passed('dev.2', { format: 2 }), 'is not of the gate dev.2'],
  ['is a day old', () => passed('dev.2', { time: ago(24 * HOUR) }), 'which is not within the last day'],
  ['is to come', () => passed('dev.2', { time: ago(-2 * HOUR) }), 'which is not within the last day'],
  ['has no time', () => passed('dev.2', { time: 'now' }), 'passed at now, which is not within the last day'],
  [
    'has no newest time',
    () => passed('dev.2', { newest: 'then' }),
    'does not say when its newest roll-out was',
  ],
])('a gate whose file %s keeps the wave shut', async (_what, leaveIt, message) => {
  passed('dev');
  leaveIt();
  leave('gates/open/prod.json', 'of an earlier run');
  const { code, output, opened } = await open();
  expect(output).toContain(message);
  expect(output).toMatch(/rolled:dev\.2|CDKOPS_PASS_GATE/);
  expect({ code, opened }).toEqual({ code: 1, opened: undefined });
});

test('it waits until the newest roll-out of all gates has soaked', async () => {
  passed('dev', { newest: ago(5 * HOUR) });
  passed('dev.2', { newest: ago(2 * HOUR) });
  const waiting = await open({ CDKOPS_SOAK: String(3 * HOUR) });
  expect(waiting.output).toMatch(/the waves before prod soak until \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/);
  const [, until = ''] = /soak until (\S+)/.exec(waiting.output) ?? [];
  expect(Math.abs(Date.parse(until) - Date.now() - HOUR * 1000)).toBeLessThan(60_000);
  expect(waiting).toMatchObject({ code: 1, opened: undefined });
  expect(await open({ CDKOPS_SOAK: String(HOUR) })).toMatchObject({ code: 0 });
});

const BY_HAND = { CI_PIPELINE_SOURCE: 'web', CDKOPS_CLUSTER: CLUSTER };

test.each<readonly [what: string, variables: Variables, reason: string]>([
  ['by hand', { ...BY_HAND, CDKOPS_PASS_GATE: HOSTILE }, HOSTILE],
  [
    'by a program, in a child pipeline',
    {
      CI_PIPELINE_SOURCE: 'parent_pipeline',
      CDKOPS_PIPELINE_SOURCE: 'api',
      CDKOPS_CLUSTER: CLUSTER,
      CDKOPS_ACTION: 'rollout',
      CDKOPS_PASS_GATE: 'urgent',
    },
    'urgent',
  ],
  ['by a roll-back', { ...BY_HAND, CDKOPS_ACTION: 'rollback' }, 'a roll-back'],
])('gates are passed %s, for one cluster', async (_what, variables, reason) => {
  expect(await open({ ...variables, CDKOPS_SOAK: '3600' })).toMatchObject({
    code: 0,
    opened: { passed: reason },
  });
});

test.each<readonly [what: string, variables: Variables, message: string]>([
  ['a push', { CI_PIPELINE_SOURCE: 'push' }, 'gates are passed by a person alone'],
  ['a schedule', { CI_PIPELINE_SOURCE: 'schedule' }, 'gates are passed by a person alone'],
  [
    'a child of a push',
    { CI_PIPELINE_SOURCE: 'parent_pipeline', CDKOPS_PIPELINE_SOURCE: 'push' },
    'gates are passed by a person alone',
  ],
  [
    'a push that says that it is by hand',
    { CI_PIPELINE_SOURCE: 'push', CDKOPS_PIPELINE_SOURCE: 'web' },
    'gates are passed by a person alone',
  ],
  ['all clusters', { CDKOPS_CLUSTER: 'all' }, 'for exactly one cluster, and CDKOPS_CLUSTER is all'],
  ['no cluster', { CDKOPS_CLUSTER: undefined }, 'for exactly one cluster, and CDKOPS_CLUSTER is not set'],
  ['two clusters', { CDKOPS_CLUSTER: `${CLUSTER} c2` }, 'gates are passed for exactly one cluster'],
  ['a path', { CDKOPS_CLUSTER: '../x' }, 'gates are passed for exactly one cluster'],
  ['a cluster that is none', { CDKOPS_CLUSTER: 'c9' }, 'there is no cluster c9 (CDKOPS_CLUSTER)'],
  [
    'a plan',
    { CDKOPS_ACTION: 'plan' },
    'a gate is passed in a rollout alone, and this is CDKOPS_ACTION=plan',
  ],
  ['a roll-back', { CDKOPS_ACTION: 'rollback' }, 'a roll-back asks no gate, and takes no CDKOPS_PASS_GATE'],
  ['another branch', { CI_COMMIT_BRANCH: 'topic' }, 'waves are opened on the default branch only'],
])('no gate is passed by %s', async (_what, variables, message) => {
  const { code, output, opened } = await open({ ...BY_HAND, CDKOPS_PASS_GATE: HOSTILE, ...variables });
  expect(output).toContain(message);
  expect({ code, opened }).toEqual({ code: 1, opened: undefined });
});

test.each<readonly [what: string, variables: Variables, message: string]>([
  ['a wave', { CDKOPS_WAVE: '../x' }, 'CDKOPS_WAVE is no name of a wave: ../x'],
  ['no wave', { CDKOPS_WAVE: undefined }, 'these variables are not set: CDKOPS_WAVE'],
  ['a gate', { CDKOPS_GATES: '../../x' }, 'CDKOPS_GATES has no name of a gate: ../../x'],
  ['a soak', { CDKOPS_GATES: '', CDKOPS_SOAK: '1h' }, 'CDKOPS_SOAK is no number of seconds: 1h'],
])('refuses %s that is none', async (_what, variables, message) => {
  const { code, output } = await open(variables);
  expect(output).toContain(message);
  expect(code).toBe(1);
});

describe('update', () => {
  /** What the job `open` has left. */
  const opened = (members: object = {}) =>
    leave('gates/open/prod.json', {
      format: 1,
      wave: 'prod',
      commit: pipeline.commit,
      pipeline: pipeline.id,
      time: ago(HOUR),
      passed: null,
      ...members,
    });
  const OPEN = { CDKOPS_OPEN: 'prod', CI_PIPELINE_SOURCE: 'push' };
  const CHILD = { ...OPEN, CI_PIPELINE_SOURCE: 'parent_pipeline', CDKOPS_PIPELINE_SOURCE: 'push' };

  /** Runs update, which must end so with nothing written. */
  async function ends(variables: Variables, message: string): Promise<string> {
    project.ground.chronicle.clear();
    const { code, output } = await pipeline.run('update', variables);
    expect(output).toContain(message);
    expect({ code, writes: project.ground.writes() }).toEqual({ code: 1, writes: [] });
    return output;
  }

  test.each<readonly [what: string, leave: () => void, message: string]>([
    ['was not opened', () => {}, 'the wave prod has not been opened: there is no gates/open/prod.json'],
    ['was opened a day ago', () => opened({ time: ago(24 * HOUR) }), 'was opened at '],
    ['was opened by another pipeline', () => opened({ pipeline: '1' }), 'is not of the wave prod in this'],
    ['was opened at another commit', () => opened({ commit: 'f'.repeat(40) }), 'is not of the wave prod'],
    ['is another one', () => opened({ wave: 'dev' }), 'is not of the wave prod in this pipeline'],
    ['was opened for another cluster', () => opened({ passed: 'urgent' }), 'were passed for another cluster'],
  ])('refuses where its wave %s, before anything else is looked at', async (_what, leaveIt, message) => {
    leaveIt();
    const output = await ends(OPEN, message);
    expect(output).toContain('so nothing has been done');
    expect(output).toContain('Run open:prod again, then this job.');
  });

  test('goes on where it is open', async () => {
    opened();
    await ends(OPEN, 'there is no plan');
  });

  test.each([
    ['just now', ago(HOUR), 'there is no plan'],
    ['just now, by another clock', ago(HOUR).replace('Z', '.25+00:00'), 'there is no plan'],
    ['just now, elsewhere', ago(HOUR - 5.5 * HOUR).replace('Z', '+05:30'), 'there is no plan'],
    ['a day ago', ago(24 * HOUR), 'which is not within the last day'],
    ['a day ago, elsewhere', ago(19 * HOUR).replace('Z', '+05:30'), 'which is not within the last day'],
    ['at no time', 'yesterday', 'was opened at yesterday, which is not within the last day'],
    ['in a month that is none', '2026-13-01T00:00:00Z', 'which is not within the last day'],
  ])('in a child pipeline whose parent opened the wave %s', async (_what, time, message) => {
    opened({ time, pipeline: '77' });
    const output = await ends({ ...CHILD, CDKOPS_PIPELINE_ID: '77' }, message);
    if (!message.includes('plan')) expect(output).toContain('Run open:prod of the parent pipeline again');
  });

  test('refuses in a child pipeline without its paper, however young it is', async () => {
    await ends({ ...CHILD, CDKOPS_PIPELINE_ID: '77', CI_PIPELINE_CREATED_AT: ago(0) }, 'has not been opened');
    opened();
    await ends({ ...CHILD, CDKOPS_PIPELINE_ID: '77' }, 'is not of the wave prod in this pipeline');
  });

  test('begins where the wave is open, and what is done may say so without', async () => {
    opened();
    await pipeline.succeeds('dryrun');
    for (const command of ['update', 'roll', 'rolled'] as const) {
      const { code, output } = await pipeline.run(command, OPEN);
      if (code !== 0) throw new Error(output);
    }
    fs.rmSync(path.join(pipeline.folder, 'gates'), { recursive: true });
    const { code, output } = await pipeline.run('update', OPEN);
    expect(output).toContain('nothing to do, this commit is rolled out');
    expect(code).toBe(0);
    pipeline = project.push({ nodes: { nodes: { maxSize: 4 } } });
    await ends(OPEN, 'the wave prod has not been opened');
    await pipeline.succeeds('dryrun');
    await ends(OPEN, 'the wave prod has not been opened');
  }, 180_000);
});
