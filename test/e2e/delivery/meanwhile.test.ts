import * as fs from 'node:fs';
import * as path from 'node:path';
import { asking, killedAt } from '../support/delivery-kill';
import {
  CLUSTER,
  type Command,
  type DeliveryPipeline,
  DeliveryProject,
  RECORD,
  type Wanted,
} from '../support/delivery-project';
import { resizeGroup, withObject } from '../support/delivery-tampering';
import { KUBERNETES, KUBERNETES_BEFORE } from '../support/small-fleet';

const NODES = `${CLUSTER}/instancegroup/nodes`;
const EXTRA = `${CLUSTER}/instancegroup/extra`;
const NEW: Wanted = { kubernetesVersion: KUBERNETES_BEFORE };
const UPGRADED: Wanted = { kubernetesVersion: KUBERNETES };
const WIDER: Wanted = { ...UPGRADED, nodes: { nodes: { maxSize: 4 } } };

// One cluster and its pipelines, the older ones beside the newer: each test begins where the one before ended.
let project: DeliveryProject;
let first: DeliveryPipeline;
let upgrade: DeliveryPipeline;
let wider: DeliveryPipeline;
beforeAll(async () => {
  project = await DeliveryProject.start(NEW);
  first = project.pipeline();
  await first.rollOut();
});
afterAll(() => project?.stop());

/** Runs what must refuse: with exit code 1 and this in the log, and nothing written to store or cloud. */
async function refuses(
  pipeline: DeliveryPipeline,
  command: Command,
  message: string | RegExp,
  folder = pipeline.folder,
): Promise<string> {
  project.ground.chronicle.clear();
  const { code, output } = await pipeline.run(command, {}, { folder });
  expect(output).toMatch(message);
  expect({ code, writes: project.ground.writes() }).toEqual({ code: 1, writes: [] });
  return output;
}

describe('(d) a change behind the pipeline between dryrun and update makes update refuse', () => {
  beforeAll(async () => {
    upgrade = project.push(UPGRADED);
    await upgrade.succeeds('dryrun');
  });

  test('a live object edited', async () => {
    const before = await project.ground.storeObject(NODES);
    await withObject(project.ground, NODES, before.replace('maxSize: 2', 'maxSize: 6'), async () => {
      const output = await refuses(upgrade, 'update', 'somebody changed the live state meanwhile');
      expect(output).toMatch(/instancegroup\/nodes\n[\s\S]*-\s+maxSize: 6\n\s*\+\s+maxSize: 2/);
      expect(output).toContain(`run dryrun:${CLUSTER} again`);
    });
  });

  test('the cloud changed', async () => {
    await resizeGroup(project.ground, 'nodes', 5);
    const output = await refuses(
      upgrade,
      'update',
      'the plan has changed since it was read, so nothing has been done',
    );
    expect(output).toMatch(/^\+.*MaxSize\s+5 -> 2$/m);
    await resizeGroup(project.ground, 'nodes', 2);
  });

  test('a live object added', async () => {
    await withObject(project.ground, EXTRA, await extraGroup(), async () => {
      const output = await refuses(
        upgrade,
        'update',
        'the plan has changed since it was read, so nothing has been done',
      );
      expect(output).toMatch(/^\+\s+extra$/m);
    });
  });

  test('a live object removed', async () => {
    await withObject(project.ground, NODES, undefined, async () => {
      const output = await refuses(upgrade, 'update', 'so nothing has been done');
      expect(output).toContain('instancegroup/nodes');
    });
  });

  test('the record changed while the job ran', async () => {
    const before = await project.ground.storeObject(RECORD);
    const changed = JSON.stringify({ ...JSON.parse(before), takeOvers: [] });
    const listing = project.ground.chronicle.next(
      ({ verb, what }) => verb === 'LIST' && what.includes('instancegroup'),
    );
    const refused = refuses(upgrade, 'update', `${RECORD} has been changed by another job at this moment`);
    await listing;
    await project.ground.putStoreObject(RECORD, changed);
    await refused;
    await project.ground.putStoreObject(RECORD, before);
  });

  test('a live object added between a run that was killed and the next one', async () => {
    await killedAt(project.ground, () => upgrade.start('update'), asking('CreateLaunchTemplateVersion'));
    await withObject(project.ground, EXTRA, await extraGroup(), async () => {
      const output = await refuses(upgrade, 'update', 'somebody changed the live state meanwhile');
      expect(output).toMatch(/^ {2}instancegroup\/extra$/m);
    });
    await upgrade.succeeds('update');
  });

  async function extraGroup(): Promise<string> {
    return (await project.ground.storeObject(NODES)).replace(/^ {2}name: nodes$/m, '  name: extra');
  }
});

describe('two pipelines at once', () => {
  const TAKE_OVER = { CDKOPS_TAKE_OVER: 'pipeline stuck: $(touch pwned) "on call"' };

  test('the later one refuses while the earlier one is in progress, and says what to do', async () => {
    wider = project.push(WIDER);
    for (const command of ['dryrun', 'update'] as const) {
      const output = await refuses(
        wider,
        command,
        /a roll-out of another pipeline is in progress since \S+Z/,
      );
      expect(output).toContain(`pipelines/${upgrade.id}`);
      expect(output).toContain('CDKOPS_TAKE_OVER');
    }
  });

  test('a person takes over with a reason, which the record keeps; it still goes control plane first', async () => {
    for (const command of ['dryrun', 'update'] as const) {
      const { code, output } = await wider.run(command, TAKE_OVER);
      expect(output).toContain(`taking over from pipeline ${upgrade.id}: ${TAKE_OVER.CDKOPS_TAKE_OVER}`);
      expect({ command, code }).toEqual({ command, code: 0 });
    }
    const record = await project.record();
    expect(record?.takeOvers).toEqual([
      expect.objectContaining({
        reason: TAKE_OVER.CDKOPS_TAKE_OVER,
        by: 'ada',
        from: expect.objectContaining({
          commit: upgrade.commit,
          pipeline: expect.objectContaining({ id: upgrade.id }),
        }),
      }),
    ]);
    expect(record?.inProgress).toMatchObject({
      commit: wider.commit,
      pipeline: { id: wider.id },
      kubernetes: { before: KUBERNETES_BEFORE, after: KUBERNETES },
    });
    expect(fs.existsSync(path.join(wider.folder, 'pwned'))).toBe(false);
  });

  test('the one that was taken over cannot go on', async () => {
    for (const command of ['dryrun', 'update', 'roll', 'rolled'] as const) {
      await refuses(upgrade, command, 'A job of an older pipeline, run again, must not take a cluster back');
    }
  });

  test('the one that took over needs no reason any more, and rolls the control plane before the workers', async () => {
    project.ground.chronicle.clear();
    await wider.succeeds('roll', 'rolled');
    const steps = project.ground.chronicle.entries('cloud').flatMap(({ verb, body }) => {
      const name = new URLSearchParams(body).get('LaunchTemplateName') ?? '';
      return verb === 'CreateLaunchTemplateVersion' ? [name] : verb === 'TerminateInstances' ? [verb] : [];
    });
    expect(steps).toEqual(['TerminateInstances', `nodes.${CLUSTER}`, 'TerminateInstances']);
    expect((await project.record())?.takeOvers).toHaveLength(1);
  });
});

describe('(g) a job that cannot be the newest refuses', () => {
  test.each(['dryrun', 'update', 'roll', 'rolled'] as const)(
    '%s of an older pipeline, run again',
    async (command) => {
      const before = await project.ground.storeObjects();
      await refuses(first, command, `this job is of ${first.commit}, and the cluster is at ${wider.commit}`);
      expect(await project.ground.storeObjects()).toEqual(before);
    },
  );

  test('where the commit of the record is not known: in a shallow clone, and after history was rewritten', async () => {
    const { repository } = project;
    const unknown = `the commit ${wider.commit}, which this cluster was changed to last, is not known here`;
    const later = project.push({ ...WIDER, nodes: { nodes: { maxSize: 5 } } });
    const shallow = path.join(project.ground.home, 'shallow');
    repository.git('clone', '--quiet', '--depth=1', `file://${repository.folder}`, shallow);
    const output = await refuses(later, 'dryrun', unknown, shallow);
    expect(output).toContain('GIT_DEPTH must be 0');

    repository.git('checkout', '--quiet', '--orphan', 'rewritten');
    repository.git('commit', '--quiet', '--message=rewritten');
    repository.git('branch', '--force', 'main', 'rewritten');
    repository.switchTo('main');
    await refuses(project.pipeline(), 'dryrun', 'and the cluster is at');
    // The server forgets what no branch has any more.
    repository.git('update-ref', 'refs/remotes/origin/main', 'main');
    repository.git('reflog', 'expire', '--expire=now', '--all');
    repository.git('gc', '--quiet', '--prune=now');
    expect(await refuses(project.pipeline(), 'dryrun', unknown)).toContain('Was history rewritten');
  });
});
