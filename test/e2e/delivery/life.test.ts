import * as fs from 'node:fs';
import * as path from 'node:path';
import { asking, killedAt } from '../support/delivery-kill';
import { CLUSTER, type DeliveryPipeline, DeliveryProject, RECORD } from '../support/delivery-project';
import { machines } from '../support/machines';
import { runProcess } from '../support/process-run';

// A cluster that plain kops made comes to us, lives, and goes.

let project: DeliveryProject;
let adopting: DeliveryPipeline;
beforeAll(async () => {
  project = await DeliveryProject.start();
});
afterAll(() => project?.stop());

/** The live state: all of the store but our records. */
const liveState = async () =>
  Object.fromEntries(
    Object.entries(await project.ground.storeObjects()).filter(([key]) => !key.startsWith('cdkops/')),
  );

/** What has been asked to change, of cloud and live state. */
const changes = () => project.ground.writes().filter(({ what }) => !what.includes('/cdkops/'));

/** Makes the cluster as somebody does who has kops and the manifest, and has never heard of us. */
async function createByHand(): Promise<void> {
  const { ground, repository } = project;
  const line = `kops replace --force -f clusters/${CLUSTER}/kops.yaml && kops update cluster --yes --create-kube-config=false`;
  const env = { ...ground.env, KOPS_STATE_STORE: ground.store, KOPS_CLUSTER_NAME: CLUSTER };
  const { code, output } = await runProcess(['sh', '-c', line], {
    cwd: repository.folder,
    env,
    timeoutSeconds: 90,
  });
  if (code !== 0) throw new Error(output);
}

test('an adopted cluster gets a record, and nothing of it changes', async () => {
  const { ground } = project;
  await createByHand();
  const before = await liveState();
  const machinesBefore = (await machines(ground.cloud, CLUSTER)).map(({ id }) => id);
  const pipeline = project.pipeline();
  adopting = pipeline;
  ground.chronicle.clear();

  expect(await pipeline.succeeds('dryrun')).toContain('No changes need to be applied to the cloud.');
  expect(pipeline.plan.objects).toEqual([]);
  expect(await project.record()).toBeUndefined();
  expect(ground.writes()).toEqual([]);

  expect(await pipeline.succeeds('update')).toContain('nothing to change');
  expect((await project.record())?.inProgress?.commit).toBe(pipeline.commit);
  await pipeline.succeeds('roll', 'rolled');
  expect((await project.record())?.rollOuts).toMatchObject([{ commit: pipeline.commit }]);

  expect(changes()).toEqual([]);
  expect(await liveState()).toEqual(before);
  expect((await machines(ground.cloud, CLUSTER)).map(({ id }) => id)).toEqual(machinesBefore);
  const asked = ground.chronicle.entries('kubernetes').map(({ verb }) => verb);
  expect(asked.filter((verb) => verb !== 'GET')).toEqual([]);
  expect(await pipeline.succeeds('drift')).toContain('no drift');
}, 120_000);

/** A volume that looks like one of the cluster's, as the CSI driver's do. */
async function addVolume(): Promise<string> {
  const query = new URLSearchParams({
    Action: 'CreateVolume',
    Version: '2016-11-15',
    AvailabilityZone: 'us-east-1a',
    Size: '1',
    'TagSpecification.1.ResourceType': 'volume',
    'TagSpecification.1.Tag.1.Key': 'KubernetesCluster',
    'TagSpecification.1.Tag.1.Value': CLUSTER,
    'TagSpecification.1.Tag.2.Key': 'Name',
    'TagSpecification.1.Tag.2.Value': 'data-of-a-pod',
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const xml = await project.ground.cloud.ask('ec2', '/', { method: 'POST', headers, body: query.toString() });
  return /<volumeId>([^<]+)/.exec(xml)?.[1] ?? '';
}

test('a retired cluster is deleted as it was read, also in two goes', async () => {
  const { ground } = project;
  const pipeline = project.push({ cluster: { retired: true } });
  const list = () => fs.readFileSync(path.join(pipeline.plans, 'delete.txt'), 'utf8');
  ground.chronicle.clear();

  const unread = await pipeline.run('delete');
  expect(unread.code).toBe(1);
  expect(unread.output).toContain('there is no list of what to delete');
  expect(unread.output).toContain(`retire:${CLUSTER}`);

  const retired = await pipeline.succeeds('retire');
  const [, all = '', data = ''] = /delete\n(.*)\n== Among it data[^\n]*\n(.*?)\n\n/s.exec(retired) ?? [];
  expect(data.split('\n').map((line) => line.split('\t')[0])).toEqual([
    'load-balancer',
    'target-group',
    'target-group',
    'volume',
    'volume',
  ]);
  expect(all).toMatch(/^vpc\t/m);
  expect(all).not.toMatch(/^volume\t/m);
  expect(retired).toContain(`next: read the list, then start delete:${CLUSTER}`);
  expect(ground.writes()).toEqual([]);

  const volume = await addVolume();
  const more = await pipeline.run('delete');
  expect(more.code).toBe(1);
  expect(more.output).toMatch(
    new RegExp(`Not in the list that was read\\nvolume\\t+data-of-a-pod\\t+${volume}\\n`),
  );
  expect(more.output).toContain('more would be deleted than was read, so nothing has been deleted');
  expect(ground.writes()).toEqual([]);

  expect(await pipeline.succeeds('retire')).toContain(volume);
  expect(list()).toContain(volume);
  await killedAt(ground, () => pipeline.start('delete'), asking('DeleteSecurityGroup'));
  expect((await project.record())?.deleted).toBeUndefined();
  expect(Object.keys(await liveState())).toContain(`${CLUSTER}/config`);

  // The same list still stands for what is left.
  expect(await pipeline.succeeds('delete')).toContain(`${CLUSTER} is deleted`);
  expect(await liveState()).toEqual({});
  expect(await machines(ground.cloud, CLUSTER)).toEqual([]);
  expect((await project.record())?.deleted).toMatchObject({ commit: pipeline.commit, by: 'ada' });

  ground.chronicle.clear();
  expect(await pipeline.succeeds('delete')).toContain(`${CLUSTER} is deleted`);
  expect(changes()).toEqual([]);
  expect(await pipeline.succeeds('retire')).toContain('has no state any more: nothing to delete');
  // What was rolled out last can still be read.
  expect(await ground.storeKeys('cdkops/')).toEqual([RECORD, expect.stringContaining(`cdkops/${CLUSTER}/`)]);
}, 180_000);

test('a job of an older pipeline, run again, does not bring it back', async () => {
  for (const command of ['dryrun', 'update'] as const) {
    project.ground.chronicle.clear();
    const { code, output } = await adopting.run(command);
    expect(output).toContain('which is newer or of another branch');
    expect({ code, writes: project.ground.writes() }).toEqual({ code: 1, writes: [] });
  }
}, 60_000);
