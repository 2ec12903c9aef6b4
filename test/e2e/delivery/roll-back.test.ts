import * as fs from 'node:fs';
import * as path from 'node:path';
import { killedAt, once, writing } from '../support/delivery-kill';
import {
  CLUSTER,
  type Command,
  type DeliveryPipeline,
  DeliveryProject,
  RECORD,
  type Variables,
  type Wanted,
} from '../support/delivery-project';
import { withObject } from '../support/delivery-tampering';
import { GIT_ENVIRONMENT } from '../support/gitlab-repository';
import { runScript } from '../support/script-run';
import { KUBERNETES, KUBERNETES_BEFORE } from '../support/small-fleet';

// One cluster that is rolled out, changed, rolled back and rolled out again: each test begins where the one before ended.

// Longer than the others: most of these are several jobs.
jest.setTimeout(400_000);

const NODES = `${CLUSTER}/instancegroup/nodes`;
const EXTRA = `${CLUSTER}/instancegroup/extra`;
const FIRST: Wanted = {};
const SECOND: Wanted = { nodes: { nodes: { maxSize: 3, nodeLabels: { tier: 'web' } }, extra: {} } };

/** A pipeline that was started by hand to roll back. */
const ROLL_BACK = { CDKOPS_ACTION: 'rollback', CDKOPS_CLUSTER: CLUSTER, CI_PIPELINE_SOURCE: 'web' };

interface RollOut {
  readonly commit: string;
  readonly manifestDigest: string;
  readonly rolledBack?: boolean;
  readonly passedGate?: string;
  readonly leaving: readonly string[];
  readonly objects?: Readonly<Record<string, string>>;
}

let project: DeliveryProject;
let first: DeliveryPipeline;
let second: DeliveryPipeline;
let back: DeliveryPipeline;
let firstDigest: string;

beforeAll(async () => {
  project = await DeliveryProject.start(FIRST);
  first = project.pipeline();
  firstDigest = first.variable('CDKOPS_MANIFEST_DIGEST');
});
afterAll(() => project?.stop());

const rollOuts = async () => ((await project.record())?.rollOuts ?? []) as unknown as RollOut[];

/** Runs a job of the roll-back, which must succeed. */
async function succeeds(command: Command, pipeline = back): Promise<string> {
  const { code, output } = await pipeline.run(command, ROLL_BACK);
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output}`);
  return output;
}

/** Runs a job that must refuse: with exit code 1 and this in the log, and nothing written to store or cloud. */
async function refuses(command: Command, message: string, variables: Variables = {}, pipeline = back) {
  project.ground.chronicle.clear();
  const { code, output } = await pipeline.run(command, { ...ROLL_BACK, ...variables });
  expect(output).toContain(message);
  expect({ code, writes: project.ground.writes() }).toEqual({ code: 1, writes: [] });
  return output;
}

/** What the gate says of the cluster in a pipeline. */
async function gate(pipeline: DeliveryPipeline) {
  const variables = { CDKOPS_WAVE: 'dev', CDKOPS_GATE: 'dev', CDKOPS_CLUSTERS: CLUSTER };
  const job = { ...GIT_ENVIRONMENT, CI: 'true', CI_COMMIT_SHA: pipeline.commit, CI_PIPELINE_ID: pipeline.id };
  const { code, output } = await runScript(project.ground, {
    folder: pipeline.folder,
    command: ['gate'],
    variables: { ...job, ...variables },
  });
  return { code, line: output.split('\n').find((line) => line.startsWith(`${CLUSTER}: `)) ?? output };
}

describe('before there is anything to go back to', () => {
  test('a cluster that was never rolled out', async () => {
    await refuses('dryrun', 'was never rolled out, so there is nothing to roll back to', {}, first);
  });

  test('a cluster that has been rolled out once', async () => {
    await first.rollOut();
    const [newest] = await rollOuts();
    expect(Object.keys(newest?.objects ?? {})).toEqual([
      'config',
      'instancegroup/control-plane-us-east-1a',
      'instancegroup/nodes',
    ]);
    expect(await gate(first)).toEqual({
      code: 0,
      line: expect.stringMatching(`^${CLUSTER}: rolled out since \\S+Z, at commit ${first.commit}$`),
    });
    const output = await refuses('dryrun', 'has no manifest from before the one', {}, first);
    expect(output).toContain(`commit ${first.commit}, `);
  });
});

describe('after a change', () => {
  beforeAll(async () => {
    second = project.push(SECOND);
    await second.rollOut();
    // Started by hand, at the same commit.
    back = project.pipeline();
  });

  test.each([
    ['another cluster', { CDKOPS_CLUSTER: 'c2.k8s.local' }, 'of the one cluster that CDKOPS_CLUSTER names'],
    ['all clusters', { CDKOPS_CLUSTER: 'all' }, 'of the one cluster that CDKOPS_CLUSTER names (all)'],
    ['no cluster', { CDKOPS_CLUSTER: undefined }, 'CDKOPS_CLUSTER names (it is not set)'],
    ['a push', { CI_PIPELINE_SOURCE: 'push' }, 'a roll-back is started by hand, on the default branch'],
    [
      'a child of a push',
      { CI_PIPELINE_SOURCE: 'parent_pipeline', CDKOPS_PIPELINE_SOURCE: 'push' },
      'a roll-back is started by hand',
    ],
    [
      'another branch',
      { CI_COMMIT_BRANCH: 'topic' },
      'a roll-back is started by hand, on the default branch',
    ],
    ['a name', { CDKOPS_ROLL_BACK_TO: 'v1.2' }, 'is neither a commit nor the digest of a manifest: v1.2'],
    ['six digits', { CDKOPS_ROLL_BACK_TO: 'abcdef' }, 'is neither a commit nor the digest of a manifest'],
    ['a commit of no roll-out', { CDKOPS_ROLL_BACK_TO: '0000000' }, 'has no roll-out of CDKOPS_ROLL_BACK_TO'],
  ])('a roll-back of %s is refused', async (_what, variables, message) => {
    await refuses('dryrun', message, variables);
  });

  test('one to what this commit has is a rollout', async () => {
    for (const to of [second.commit, second.commit.slice(0, 7), second.variable('CDKOPS_MANIFEST_DIGEST')]) {
      const message = 'that manifest is what this commit has, so there is nothing to roll back';
      expect(await refuses('dryrun', message, { CDKOPS_ROLL_BACK_TO: to })).toContain(
        'CDKOPS_ACTION=rollout',
      );
    }
  });

  test('one to what the cluster has is done', async () => {
    const pending = project.push({ nodes: { nodes: { maxSize: 7 } } });
    const output = await refuses(
      'dryrun',
      `${CLUSTER} has that manifest already`,
      { CDKOPS_ROLL_BACK_TO: second.commit },
      pending,
    );
    // The record is told for whoever has to choose, newest first.
    const listed = [
      ...output.matchAll(/^commit (\w+), \S+Z, Kubernetes 1\.35\.5, kOps 1\.36\.2, manifest/gm),
    ];
    expect(listed.map(([, commit]) => commit)).toEqual([second.commit, first.commit]);
    project.push(SECOND);
    back = project.pipeline();
  });

  test('a manifest that the store does not keep any more', async () => {
    await withObject(project.ground, `cdkops/${CLUSTER}/${firstDigest}.yaml`, undefined, () =>
      refuses('dryrun', `${firstDigest}.yaml, is gone`),
    );
  });

  test('one to a lower minor version of Kubernetes, whatever is acknowledged', async () => {
    const kept = await project.ground.storeObject(`cdkops/${CLUSTER}/${firstDigest}.yaml`);
    const lower = kept.replaceAll(KUBERNETES, KUBERNETES_BEFORE);
    expect(lower).not.toBe(kept);
    await withObject(project.ground, `cdkops/${CLUSTER}/${firstDigest}.yaml`, lower, () =>
      refuses('dryrun', `Kubernetes ${KUBERNETES} -> ${KUBERNETES_BEFORE} is a lower minor version`, {
        CDKOPS_ACKNOWLEDGE: 'kubernetes-downgrade',
      }),
    );
    // The control plane of an upgrade that has not come through may be there already.
    const record = await project.record();
    const pipeline = { id: '1', url: null };
    const inProgress = {
      commit: first.commit,
      pipeline,
      kubernetes: { before: KUBERNETES, after: '1.36.0' },
    };
    await withObject(project.ground, RECORD, JSON.stringify({ ...record, inProgress }), () =>
      refuses('dryrun', `Kubernetes 1.36.0 -> ${KUBERNETES} is a lower minor version`, {
        CDKOPS_TAKE_OVER: 'it is broken',
        CDKOPS_ROLL_BACK_TO: first.commit,
      }),
    );
  });

  test('a lower patch version of Kubernetes may be gone back to', async () => {
    const kept = await project.ground.storeObject(`cdkops/${CLUSTER}/${firstDigest}.yaml`);
    const lower = kept.replaceAll(KUBERNETES, '1.35.4');
    await withObject(project.ground, `cdkops/${CLUSTER}/${firstDigest}.yaml`, lower, async () => {
      expect(await succeeds('dryrun')).toContain(`Kubernetes ${KUBERNETES} -> 1.35.4`);
    });
  });

  test('is planned: from what is live to the manifest from before', async () => {
    project.ground.chronicle.clear();
    const output = await succeeds('dryrun');
    expect(project.ground.writes()).toEqual([]);
    expect(output).toContain(`Rolls back to manifest ${firstDigest}, of commit ${first.commit}.`);
    expect(output).toMatch(/instancegroup\/nodes\n[\s\S]*-\s+maxSize: 3\n\s*\+\s+maxSize: 2/);
    expect(output).toMatch(/They stay: a roll-back removes none:\n {2}extra\n/);
    expect(output).toContain('instance groups that stay: extra');
    expect(output).toContain(`CDKOPS_ACTION=rollback CDKOPS_CLUSTER=${CLUSTER} sh .gitlab/cdkops.sh update`);
    expect(back.plan).toMatchObject({ rolledBack: true, manifestDigest: firstDigest, commit: back.commit });
  });

  test('its plan is for its own jobs alone, and theirs not for it', async () => {
    const nothing = { CDKOPS_ACTION: undefined };
    await refuses('update', 'the plan is a roll-back, and this job is of another kind', nothing);
    const file = path.join(back.plans, 'plan.json');
    const plan = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, JSON.stringify({ ...JSON.parse(plan), rolledBack: false }));
    await refuses('update', 'the plan is no roll-back, and this job is of another kind');
    fs.writeFileSync(file, plan);
    await refuses('roll', 'there is nothing to roll: no update of this commit has begun');
  });

  test('is killed in the middle of its update, and run again: towards the same manifest', async () => {
    await killedAt(project.ground, () => back.start('update', ROLL_BACK), writing(`/${NODES}`));
    expect((await project.record())?.inProgress).toMatchObject({
      commit: back.commit,
      manifestDigest: firstDigest,
      rolledBack: true,
      planDigest: back.plan.digest,
    });
    await refuses('update', 'the plan is a roll-back, and this job is', { CDKOPS_ACTION: undefined });
    await refuses('roll', 'the roll-out in progress is a roll-back, and this job is', {
      CDKOPS_ACTION: undefined,
    });
    const later = project.pipeline();
    const other = 'a roll-out of another pipeline is in progress';
    await refuses('dryrun', other, {}, later);
    const { output } = await later.run('dryrun', { ...ROLL_BACK, CDKOPS_TAKE_OVER: 'it hangs' });
    expect(output).toContain(`Rolls back to manifest ${firstDigest}, of commit ${first.commit}.`);

    expect(await succeeds('update')).toContain('This job was cut off before');
    // Another plan, while it is on its way, leads to the same.
    expect(await succeeds('dryrun')).toContain(`Rolls back to manifest ${firstDigest}`);
    expect(await succeeds('update')).toContain(`next: start roll:${CLUSTER}`);
  });

  test('is killed in the middle of its roll, and run again', async () => {
    const validated = once(
      () => true,
      ({ side, verb, what }) => side === 'store' && verb === 'PUT' && what.endsWith(RECORD),
    );
    await killedAt(project.ground, () => back.start('roll', ROLL_BACK), validated);
    await refuses('rolled', 'this roll-out has not been validated');
    await succeeds('roll');
    await killedAt(project.ground, () => back.start('rolled', ROLL_BACK), writing(RECORD));
    const output = await succeeds('rolled');
    expect(output).toContain(`rolled back to the manifest of commit ${first.commit}`);
    expect(output).toContain('Instance groups that the manifest does not have stay: extra');
    expect(output).not.toContain('start prune');
  });

  test('is what the record says, and the group that came later is still there', async () => {
    const [newest, before] = await rollOuts();
    expect(newest).toMatchObject({
      commit: back.commit,
      manifestDigest: firstDigest,
      rolledBack: true,
      leaving: ['extra'],
    });
    expect(Object.keys(newest?.objects ?? {})).toContain('instancegroup/extra');
    expect(before?.rolledBack).toBeUndefined();
    expect((await project.record())?.inProgress).toBeUndefined();
    expect(await project.ground.storeKeys(EXTRA)).toEqual([EXTRA]);
    expect(await project.ground.storeObject(NODES)).toContain('maxSize: 2');
    expect(await project.ground.storeKeys(`cdkops/${CLUSTER}/`)).toHaveLength(2);
  });

  test('has nothing to do any more, run again', async () => {
    project.ground.chronicle.clear();
    expect(await succeeds('dryrun')).toContain('nothing to do, it is rolled back');
    expect(await succeeds('update')).toContain('nothing to do, it is rolled back');
    expect(await succeeds('roll')).toContain('nothing to do, it is rolled back');
    await succeeds('rolled');
    expect(project.ground.writes()).toEqual([]);
    await refuses('prune', 'a roll-back removes no instance groups');
  });

  test('the gate is shut, drift says pending, and whose roll-back it was', async () => {
    expect(await gate(second)).toEqual({
      code: 1,
      line: expect.stringContaining(
        `${CLUSTER}: NOT rolled out: rolled back to the manifest of commit ${first.commit}, since `,
      ),
    });
    const { code, output } = await back.run('drift');
    expect(output).toMatch(/^pending: this commit's manifest or kOps version is not rolled out/m);
    expect(output).toMatch(
      new RegExp(`^rolled back to the manifest of commit ${first.commit}, since \\S+Z .*, by ada$`, 'm'),
    );
    expect(code).toBe(0);
  });

  test('once more goes no way that a roll-back has come', async () => {
    await refuses('dryrun', 'has no manifest from before the one', {}, project.pipeline());
  });
});

describe('what is in the code is rolled out again', () => {
  test('by a rollout, which names the gate that it passed', async () => {
    const again = project.pipeline();
    const passing = {
      CI_PIPELINE_SOURCE: 'web',
      CDKOPS_CLUSTER: CLUSTER,
      CDKOPS_OPEN: 'prod',
      CDKOPS_PASS_GATE: 'dev is on holiday: $(touch pwned)',
    };
    const job = { ...GIT_ENVIRONMENT, CI: 'true', CI_COMMIT_SHA: again.commit, CI_PIPELINE_ID: again.id };
    const branch = { CI_COMMIT_BRANCH: 'main', CI_DEFAULT_BRANCH: 'main' };
    for (const command of ['dryrun', 'open', 'update', 'roll', 'rolled'] as const) {
      const { code, output } =
        command === 'open'
          ? await runScript(project.ground, {
              folder: again.folder,
              command: ['open'],
              variables: { ...job, ...branch, ...passing, CDKOPS_WAVE: 'prod', CDKOPS_GATES: 'dev' },
            })
          : await again.run(command, passing);
      if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output}`);
      if (command === 'update') {
        expect((await project.record())?.inProgress).toMatchObject({ passedGate: passing.CDKOPS_PASS_GATE });
      }
    }
    const [newest] = await rollOuts();
    expect(newest).toMatchObject({
      commit: again.commit,
      passedGate: passing.CDKOPS_PASS_GATE,
      leaving: [],
    });
    expect(newest?.rolledBack).toBeUndefined();
    expect(await gate(again)).toMatchObject({ code: 0 });
    expect(await again.succeeds('drift')).not.toContain('pending');
    expect(fs.existsSync(path.join(again.folder, 'pwned'))).toBe(false);
  });

  test('and what prune removes, the gate does not miss', async () => {
    const without = project.push(FIRST);
    await without.rollOut();
    expect((await rollOuts())[0]).toMatchObject({ leaving: ['extra'] });
    const removing = killedAt(project.ground, () => without.start('prune'), writing(RECORD));
    await removing;
    expect(await project.ground.storeKeys(EXTRA)).toEqual([]);
    expect((await gate(without)).line).toContain('is not what was rolled out: instancegroup/extra');
    await without.succeeds('prune');
    expect(await gate(without)).toMatchObject({ code: 0 });
    expect((await rollOuts())[0]).toMatchObject({ leaving: [] });
    project.ground.chronicle.clear();
    await without.succeeds('prune');
    expect(project.ground.writes()).toEqual([]);
  });

  test('a record from before there were digests of objects gets them by a rollout that changes nothing', async () => {
    const record = await project.record();
    const [newest, ...others] = await rollOuts();
    const { objects, ...older } = newest ?? {};
    await project.ground.putStoreObject(RECORD, JSON.stringify({ ...record, rollOuts: [older, ...others] }));
    const healing = project.pipeline();
    expect((await gate(healing)).line).toContain('from before digests of live objects were kept');
    expect(await healing.succeeds('dryrun', 'update')).toContain('nothing to do, this commit is rolled out');
    expect((await rollOuts())[0]?.objects).toEqual(objects);
    expect(await gate(healing)).toMatchObject({ code: 0 });
    project.ground.chronicle.clear();
    await healing.succeeds('update', 'roll');
    expect(project.ground.writes()).toEqual([]);
  });

  test('a roll-out that does not come through is rolled back to what was valid last', async () => {
    const [valid] = await rollOuts();
    const broken = project.push({ nodes: { nodes: { maxSize: 5 } } });
    await broken.succeeds('dryrun', 'update');
    back = project.pipeline();
    const other = await refuses('dryrun', 'a roll-out of another pipeline is in progress');
    expect(other).toContain('CDKOPS_TAKE_OVER');
    const takeOver = { ...ROLL_BACK, CDKOPS_TAKE_OVER: 'it does not validate' };
    for (const command of ['dryrun', 'update', 'roll', 'rolled'] as const) {
      const { code, output } = await back.run(command, takeOver);
      if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output}`);
    }
    const after = await project.record();
    expect(after?.takeOvers?.[0]).toMatchObject({
      reason: takeOver.CDKOPS_TAKE_OVER,
      from: { commit: broken.commit, pipeline: { id: broken.id } },
    });
    expect((await rollOuts())[0]).toMatchObject({
      rolledBack: true,
      commit: broken.commit,
      manifestDigest: valid?.manifestDigest,
    });
    expect(await project.ground.storeObject(NODES)).toContain('maxSize: 2');
  });

  test('and no pipeline brings that back by itself, though the cluster may have jobs', async () => {
    const other = project.pipeline();
    await other.succeeds('dryrun');
    const { code, output } = await other.run('update');
    expect(output).toContain('was rolled back from this very manifest, so nothing has been done');
    expect(code).toBe(1);
    expect((await project.record())?.inProgress).toBeUndefined();
  });
});
