import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  CLUSTER,
  type DeliveryPipeline,
  DeliveryProject,
  RECORD,
  type Variables,
} from '../support/delivery-project';
import { resizeGroup, sayVersion, withObject } from '../support/delivery-tampering';

const NODES = `${CLUSTER}/instancegroup/nodes`;

// One cluster, from before its first roll-out to after its end: each test begins where the one before ended.
describe('(f) drift and pending are told apart', () => {
  let project: DeliveryProject;
  let pipeline: DeliveryPipeline;
  beforeAll(async () => {
    project = await DeliveryProject.start();
    pipeline = project.pipeline();
  });
  afterAll(() => project?.stop());

  /** Runs the drift job, which must change nothing and leave what it found as a file. */
  async function drift(variables?: Variables) {
    project.ground.chronicle.clear();
    const { code, output } = await pipeline.run('drift', variables);
    expect(project.ground.writes()).toEqual([]);
    if (code !== 1) expect(output).toContain(fs.readFileSync(path.join(pipeline.plans, 'drift.txt'), 'utf8'));
    return { code, output };
  }

  test('never rolled out: pending, with its age', async () => {
    const { code, output } = await drift();
    expect(output).toMatch(/^pending: never rolled out, in the code since \d{4}-\S+Z \(\d+ minutes\)$/m);
    expect(code).toBe(0);
  });

  test('under way: in progress, with its age and pipeline, whatever differs', async () => {
    await pipeline.succeeds('dryrun', 'update');
    await resizeGroup(project.ground, 'nodes', 5);
    const { code, output } = await drift();
    expect(output).toMatch(
      new RegExp(
        `^in progress: commit ${pipeline.commit}, since \\S+Z \\(0 minutes\\), pipeline https://.*/${pipeline.id}$`,
        'm',
      ),
    );
    expect(code).toBe(0);
    await resizeGroup(project.ground, 'nodes', 2);
  });

  test('rolled out: no drift', async () => {
    await pipeline.succeeds('roll', 'rolled');
    const { code, output } = await drift();
    expect(output).toMatch(
      new RegExp(`^rolled out last: commit ${pipeline.commit}, kOps 1.36.2, since`, 'm'),
    );
    expect(output).toContain('No changes need to be applied to the cloud.');
    expect(output).not.toContain('pending');
    expect({ code, last: output.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: `cdkops: ${CLUSTER}: no drift`,
    });
  });

  test('the live state changed: drift, with the difference', async () => {
    const before = await project.ground.storeObject(NODES);
    await project.ground.putStoreObject(NODES, before.replace('maxSize: 2', 'maxSize: 6'));
    const { code, output } = await drift();
    expect(output).toMatch(/instancegroup\/nodes\n[\s\S]*-\s+maxSize: 6\n\s*\+\s+maxSize: 2/);
    expect(output).toContain('has drifted');
    expect(code).toBe(100);
    await project.ground.putStoreObject(NODES, before);
  });

  test('a live group that nobody rolled out: drift', async () => {
    const nodes = await project.ground.storeObject(NODES);
    const extra = `${CLUSTER}/instancegroup/extra`;
    await project.ground.putStoreObject(extra, nodes.replace(/^ {2}name: nodes$/m, '  name: extra'));
    const { code, output } = await drift();
    expect(output).toMatch(/Instance groups that nobody rolled out:\n {2}extra\n/);
    expect(code).toBe(100);
    await project.ground.removeStoreObject(extra);
  });

  test('another kOps than the recorded one compares live objects alone, and says so', async () => {
    const sayAgain = sayVersion(project.ground, '1.36.3');
    await resizeGroup(project.ground, 'nodes', 5);
    const alone = await drift({ KOPS_VERSION: '1.36.3' });
    expect(alone.output).toContain('this job has kOps 1.36.3, so live objects alone are compared');
    expect(alone.code).toBe(0);
    const before = await project.ground.storeObject(NODES);
    await project.ground.putStoreObject(NODES, before.replace('maxSize: 2', 'maxSize: 6'));
    const both = await drift({ KOPS_VERSION: '1.36.3' });
    expect(both.output).toMatch(/-\s+maxSize: 6\n\s*\+\s+maxSize: 2/);
    expect(both.code).toBe(100);
    await project.ground.putStoreObject(NODES, before);
    sayAgain();
  });

  test('the cloud changed: drift; a commit that waits is pending beside it', async () => {
    const changed = await drift();
    expect(changed.output).toMatch(/AutoscalingGroup\/nodes\S*\n.*MaxSize +\t *5 -> 2/);
    expect(changed.output).not.toContain('pending');
    expect(changed.code).toBe(100);

    pipeline = project.push({ nodes: { nodes: { maxSize: 3 } } });
    const both = await drift();
    expect(both.output).toMatch(
      /^pending: this commit's manifest or kOps version is not rolled out, in the code since \S+Z \(0 minutes\)$/m,
    );
    expect(both.output).toMatch(/MaxSize +\t *5 -> 2/);
    expect(both.code).toBe(100);
  });

  test('a commit that waits: pending, and no drift', async () => {
    await resizeGroup(project.ground, 'nodes', 2);
    const { code, output } = await drift();
    expect(output).toMatch(/^pending: this commit's manifest/m);
    expect(output).toContain('No changes need to be applied to the cloud.');
    expect(code).toBe(0);
  });

  test('a record that nobody owns: a warning of its own, until it is forgotten, deleted or in the code', async () => {
    const { ground } = project;
    const folder = path.join(pipeline.folder, 'clusters/another.example.com');
    const stray = 'cdkops/stray.example.com.json';
    const gone = { format: 1, deleted: { time: 'then' } };
    await ground.putStoreObject('cdkops/gone.example.com.json', JSON.stringify(gone));
    await withObject(ground, stray, JSON.stringify({ format: 1 }), async () => {
      const { code, output } = await drift();
      expect(output).toContain(
        `${ground.store}/${stray} is the record of a cluster that the code does not have`,
      );
      expect(output).not.toContain('gone.example.com');
      expect(output).toContain("fleet.forget('<name>', '<reason>')");
      expect(code).toBe(101);
      const CDKOPS_FORGOTTEN = 'other.example.com stray.example.com';
      expect(await drift({ CDKOPS_FORGOTTEN })).toMatchObject({ code: 0 });
      // The first cluster of a state store looks after all of its records.
      fs.mkdirSync(folder);
      fs.writeFileSync(path.join(folder, 'pipeline.yml'), `    KOPS_STATE_STORE: ${ground.store}\n`);
      expect(await drift()).toMatchObject({ code: 0 });
      fs.rmSync(folder, { recursive: true });
    });
  });

  test('what was rolled out is not kept any more: an error, and no drift', async () => {
    const { manifest = '' } = (await project.record())?.rollOuts?.[0] ?? {};
    const kept = await project.ground.storeObject(manifest);
    await project.ground.removeStoreObject(manifest);
    const { code, output } = await drift();
    expect(output).toContain(`the recorded manifest ${project.ground.store}/${manifest} is gone`);
    expect(code).toBe(1);
    await project.ground.putStoreObject(manifest, kept);
  });

  test('the live state is gone: drift; the cluster deleted: none', async () => {
    const config = `${CLUSTER}/config`;
    await project.ground.removeStoreObject(config);
    const gone = await drift();
    expect(gone.output).toContain(`The state store has no cluster ${CLUSTER} any more.`);
    expect(gone.code).toBe(100);
    await project.ground.putStoreObject(
      RECORD,
      JSON.stringify({ ...(await project.record()), deleted: { time: '2026-01-01T00:00:00Z' } }),
    );
    const deleted = await drift();
    expect(deleted.output).toContain('deleted: 2026-01-01T00:00:00Z');
    expect(deleted.code).toBe(0);
  });
});
