import * as fs from 'node:fs';
import * as path from 'node:path';
import { CLUSTER, type DeliveryPipeline, DeliveryProject } from '../support/delivery-project';
import { machines } from '../support/machines';
import { pathWithout } from '../support/path-without';

// What pruning refuses; that it drains and removes what the plan named is part of the whole way.

let project: DeliveryProject;
let pipeline: DeliveryPipeline;

beforeAll(async () => {
  project = await DeliveryProject.start({ nodes: { nodes: {}, extra: {} } });
  await project.pipeline().rollOut();
  pipeline = project.push({});
  await pipeline.rollOut();
}, 180_000);
afterAll(() => project?.stop());

const groups = async () =>
  (await project.ground.storeKeys(`${CLUSTER}/instancegroup/`)).map((key) => path.basename(key));

/** Has somebody add a group by hand: a copy of `group` in the live state. */
async function addGroup(group: string, name: string): Promise<void> {
  const key = (of: string) => `${CLUSTER}/instancegroup/${of}`;
  const text = await project.ground.storeObject(key(group));
  await project.ground.putStoreObject(key(name), text.replaceAll(`name: ${group}`, `name: ${name}`));
}

/** Runs prune, which must refuse without having changed anything. */
async function refused(variables: Record<string, string> = {}): Promise<string> {
  const before = await groups();
  project.ground.chronicle.clear();
  const { code, output } = await pipeline.run('prune', variables);
  expect([code, output]).toEqual([1, expect.stringContaining('\ncdkops: ')]);
  expect(project.ground.writes()).toEqual([]);
  const asked = project.ground.chronicle.entries('kubernetes').map(({ verb }) => verb);
  expect(asked.filter((verb) => verb !== 'GET')).toEqual([]);
  expect(await groups()).toEqual(before);
  return output;
}

describe('prune refuses', () => {
  test('without the plan', async () => {
    const kept = `${pipeline.plans}-kept`;
    fs.renameSync(pipeline.plans, kept);
    expect(await refused()).toContain(`there is no plan (plans/${CLUSTER}/plan.json)`);
    fs.renameSync(kept, pipeline.plans);
  });

  test('where kubectl is missing', async () => {
    expect(
      await refused({ PATH: pathWithout(`${project.ground.bin}:${process.env.PATH}`, 'kubectl') }),
    ).toContain("this job's image lacks: kubectl");
  });

  test('where the Kubernetes API cannot be reached', async () => {
    await project.ground.kubernetes.stop();
    const output = await refused();
    await project.ground.kubernetes.start();
    expect(output).toContain('the Kubernetes API cannot be reached, so nothing has been drained or removed');
    expect(output).toContain('prune: { drain: false }');
  });

  test('a group that the plan did not name', async () => {
    await addGroup('nodes', 'stranger');
    const output = await refused();
    expect(output).toMatch(/^ {2}stranger$/m);
    expect(output).toContain('the plan did not name them: nothing has been removed');
    await project.ground.removeStoreObject(`${CLUSTER}/instancegroup/stranger`);
  });

  test('a group of the control plane, until told so', async () => {
    await addGroup('control-plane-us-east-1a', 'control-plane-old');
    // kops plans no cluster with a group of the control plane that has no etcd member: somebody has written this plan.
    const file = path.join(pipeline.plans, 'plan.json');
    const plan = JSON.parse(fs.readFileSync(file, 'utf8'));
    fs.writeFileSync(
      file,
      JSON.stringify({ ...plan, instanceGroupsLeaving: ['control-plane-old', 'extra'] }),
    );
    const output = await refused({ CDKOPS_PRUNE: 'no-drain' });
    expect(output).toContain('control-plane-old is a group of the control plane: its etcd members');
    expect(output).toContain('prune: { controlPlane: true }');
  });
});

test('without draining nothing is asked of Kubernetes, and old revisions go where that is wanted', async () => {
  const { ground } = project;
  await ground.kubernetes.stop();
  ground.chronicle.clear();
  const { code, output } = await pipeline.run('prune', { CDKOPS_PRUNE: 'no-drain control-plane revisions' });
  await ground.kubernetes.start();
  expect([code, output]).toEqual([0, expect.stringContaining(`${CLUSTER}: removed control-plane-old extra`)]);
  expect(await groups()).toEqual(['control-plane-us-east-1a', 'nodes']);
  expect(ground.chronicle.entries('kubernetes')).toEqual([]);
  const left = (await machines(ground.cloud, CLUSTER)).map(({ tags }) => tags['kops.k8s.io/instancegroup']);
  expect(left.sort()).toEqual(['control-plane-us-east-1a', 'nodes']);
  const deleted = ground.chronicle.entries('cloud').filter(({ verb }) => verb === 'DeleteAutoScalingGroup');
  expect(deleted.map(({ body }) => new URLSearchParams(body).get('AutoScalingGroupName'))).toEqual([
    `extra.${CLUSTER}`,
  ]);
  expect(output).toContain('== Old revisions');
  expect(await pipeline.succeeds('prune')).toContain('no instance group left the code');
}, 90_000);
