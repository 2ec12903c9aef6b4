import * as fs from 'node:fs';
import * as path from 'node:path';
import { CLUSTER, type DeliveryPipeline, DeliveryProject } from '../support/delivery-project';
import { sayVersion, withObject } from '../support/delivery-tampering';

// What a new kOps changes by itself, told apart from what the manifest changes.

const NEW = '1.36.3';

let project: DeliveryProject;
let sayAgain: () => void;
beforeAll(async () => {
  project = await DeliveryProject.start();
  await project.pipeline().rollOut();
  sayAgain = sayVersion(project.ground, NEW);
}, 120_000);
afterAll(() => {
  sayAgain?.();
  return project?.stop();
});

/** Plans with the new kOps, which must change nothing. */
async function plan(pipeline: DeliveryPipeline) {
  project.ground.chronicle.clear();
  const { code, output } = await pipeline.run('dryrun', { KOPS_VERSION: NEW });
  expect(project.ground.writes()).toEqual([]);
  expect({ code, output }).toMatchObject({ code: 0 });
  const file = path.join(pipeline.plans, 'kops.txt');
  return { output, alone: fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined };
}

test('with the same manifest the whole plan is the new kOps’s', async () => {
  const { output, alone } = await plan(project.pipeline());
  expect(output).toContain(`== kOps ${NEW} in place of 1.36.2`);
  expect(output).toContain(`the whole plan above is what kOps ${NEW} changes by itself`);
  expect(alone).toBeUndefined();
}, 60_000);

test('with another manifest there is a second plan, of what was rolled out last', async () => {
  const before = project.pipeline().commit;
  const pipeline = project.push({ nodes: { nodes: { maxSize: 4 } } });
  const { output, alone } = await plan(pipeline);
  expect(output).toMatch(/MaxSize +\t *2 -> 4/);
  expect(output).toContain(`is in plans/${CLUSTER}/kops.txt (0 to create, 0 to change, 0 to delete).`);
  expect(alone).toContain(
    `What kOps ${NEW} changes by itself: the manifest that kOps 1.36.2 rolled out last`,
  );
  expect(alone).toContain(`of commit ${before}`);
  expect(alone).toContain('No changes need to be applied to the cloud.');
  expect(alone).not.toContain('MaxSize');
  // It is beside the plan that is read and approved, and no part of it.
  expect(pipeline.plan.objects).toEqual(['instancegroup/nodes']);
  expect(fs.readFileSync(path.join(pipeline.plans, 'plan.txt'), 'utf8')).not.toContain('by itself');
}, 60_000);

test('where the manifest of then is gone, or no kOps takes it, that is said, and the plan stands', async () => {
  const pipeline = project.pipeline();
  const { manifest = '' } = (await project.record())?.rollOuts?.[0] ?? {};
  for (const [text, reason] of [
    [undefined, 'is gone'],
    ['kind: Nothing\n', 'kops does not take'],
  ] as const) {
    await withObject(project.ground, manifest, text, async () => {
      const { output, alone } = await plan(pipeline);
      expect(output).toContain(reason);
      expect(output).toContain(`what kOps ${NEW} changes by itself cannot be told`);
      expect(output).toContain(`next: read the plan, then start update:${CLUSTER}`);
      expect(alone).toBeUndefined();
    });
  }
}, 60_000);
