import { CLUSTER, DeliveryProject } from '../support/delivery-project';

// What is wrong with a new cluster is often found before it has been rolled out once.

let project: DeliveryProject;
beforeAll(async () => {
  project = await DeliveryProject.start();
});
afterAll(() => project?.stop());

const labelsOfNodes = async () => {
  const nodes = await project.ground.kubernetes.nodes();
  return nodes.map(({ metadata }) => metadata?.labels?.['kops.k8s.io/instancegroup']).sort();
};
const machinesOf = async (group: string) => {
  const nodes = await project.ground.kubernetes.nodes();
  return nodes
    .filter(({ metadata }) => metadata?.labels?.['kops.k8s.io/instancegroup'] === group)
    .map(({ metadata }) => metadata?.name);
};

test('a correction of a new cluster takes over, and machines made before it are replaced', async () => {
  const first = project.pipeline();
  await first.succeeds('dryrun', 'update');
  expect((await project.record())?.inProgress).toMatchObject({ new: true, kubernetes: { before: null } });
  const before = await machinesOf('nodes');

  const second = project.push({ nodes: { nodes: { nodeLabels: { corrected: 'yes' } } } });
  expect((await second.run('dryrun')).output).toContain('a roll-out of another pipeline is in progress');
  const takeOver = { CDKOPS_TAKE_OVER: 'the label was missing' };
  for (const command of ['dryrun', 'update'] as const) {
    const { code, output } = await second.run(command, takeOver);
    expect([code, output]).toEqual([0, expect.any(String)]);
  }
  expect(await project.record()).toMatchObject({
    inProgress: { new: true, commit: second.commit },
    takeOvers: [{ reason: 'the label was missing', by: 'ada' }],
  });

  await second.succeeds('roll', 'rolled');
  const after = await machinesOf('nodes');
  expect(after).toHaveLength(before.length);
  expect(after.filter((name) => before.includes(name))).toEqual([]);
  expect(await labelsOfNodes()).toEqual(['control-plane-us-east-1a', 'nodes']);
  expect((await project.record())?.rollOuts).toMatchObject([{ commit: second.commit }]);
  expect(await second.succeeds('drift')).toContain(`${CLUSTER}: no drift`);
}, 180_000);

test('going back to what is rolled out, after an update that was never rolled, ends well', async () => {
  const rolledOut = { nodes: { nodes: { nodeLabels: { corrected: 'yes' } } } };
  const wrong = project.push({ nodes: { nodes: { nodeLabels: { corrected: 'yes' }, maxSize: 5 } } });
  await wrong.succeeds('dryrun', 'update');
  const back = project.push(rolledOut);
  for (const command of ['dryrun', 'update'] as const) {
    const { code, output } = await back.run(command, { CDKOPS_TAKE_OVER: 'five are too many' });
    expect([code, output]).toEqual([0, expect.any(String)]);
  }
  await back.succeeds('roll', 'rolled');
  const record = await project.record();
  expect(record?.inProgress).toBeUndefined();
  expect(record?.rollOuts?.[0]).toMatchObject({ commit: back.commit });
  expect(record?.takeOvers?.[0]).toMatchObject({ reason: 'five are too many' });
}, 120_000);
