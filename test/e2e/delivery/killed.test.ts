import { asking, killedAt, type Moment, once, writing } from '../support/delivery-kill';
import { type Outcome, outcomeOf } from '../support/delivery-outcome';
import { CLUSTER, type DeliveryPipeline, DeliveryProject, type Wanted } from '../support/delivery-project';
import { KUBERNETES, KUBERNETES_BEFORE } from '../support/small-fleet';

// Longer than the others: each run that is cut off is a run.
jest.setTimeout(240_000);

/** The three commits of both projects: a cluster, a change of its and of a group's settings, and an upgrade. */
const NEW: Wanted = { kubernetesVersion: KUBERNETES_BEFORE };
const CHANGED: Wanted = {
  ...NEW,
  cluster: { kubernetesApiAccess: ['10.0.0.0/8'] },
  nodes: { nodes: { maxSize: 3, nodeLabels: { tier: 'web' } } },
};
const UPGRADED: Wanted = { ...CHANGED, kubernetesVersion: KUBERNETES };

/** Moments of update, in order: each run comes further than the one before. */
const MOMENTS: Readonly<Record<string, () => Moment>> = {
  'after the record was begun': () => writing(`/${CLUSTER}/config`),
  'after the first object was replaced': () =>
    once(writing(`/${CLUSTER}/config`), ({ verb }) => verb !== 'HEAD'),
  'in the middle of the tasks': () => asking('CreateLaunchTemplateVersion'),
  'before the preview of the roll': () => 'What will roll',
};

describe('(g) update, killed in the middle', () => {
  let project: DeliveryProject;
  let twin: DeliveryProject;
  /** Where the twin ends, which nobody disturbs; it goes its way beside the tests. */
  let undisturbed: Promise<Outcome>;
  beforeAll(async () => {
    [project, twin] = await Promise.all([DeliveryProject.start(NEW), DeliveryProject.start(NEW)]);
    undisturbed = rollOutAll();
    undisturbed.catch(() => {});
    await project.pipeline().rollOut();
  });
  afterAll(() => Promise.all([project, twin].map((one) => one?.stop())));

  async function rollOutAll(): Promise<Outcome> {
    await twin.pipeline().rollOut();
    for (const wanted of [CHANGED, UPGRADED]) await twin.push(wanted).rollOut();
    return outcomeOf(twin.ground);
  }

  /** Kills update at each moment in turn: the record knows that it is in progress, and what it came from. */
  async function cutOff(pipeline: DeliveryPipeline): Promise<void> {
    await pipeline.succeeds('dryrun');
    for (const [name, moment] of Object.entries(MOMENTS)) {
      await killedAt(project.ground, () => pipeline.start('update'), moment());
      const { inProgress } = (await project.record()) ?? {};
      expect({ name, ...inProgress }).toMatchObject({
        name,
        commit: pipeline.commit,
        planDigest: pipeline.plan.digest,
        pipeline: { id: pipeline.id },
        kubernetes: { before: KUBERNETES_BEFORE },
      });
    }
  }

  test('and run again, goes on where it was', async () => {
    const change = project.push(CHANGED);
    await cutOff(change);
    const again = await change.succeeds('update');
    expect(again).toContain('This job was cut off before');
    expect(again).toContain('nothing to change');
    await change.succeeds('roll', 'rolled');
  });

  test('in an upgrade, and roll in the middle of it too: still the control plane goes first', async () => {
    const upgrade = project.push(UPGRADED);
    project.ground.chronicle.clear();
    await cutOff(upgrade);
    expect(await upgrade.succeeds('update')).toContain('workers follow in roll, after it has rolled');
    const workers = asking('CreateLaunchTemplateVersion', `nodes.${CLUSTER}`);
    await killedAt(project.ground, () => upgrade.start('roll'), workers);
    await upgrade.succeeds('roll', 'rolled');
    // Each template is asked for twice, since the first time was cut off.
    expect(steps(project)).toEqual([
      'template of control-plane-us-east-1a',
      'template of control-plane-us-east-1a',
      'a machine goes',
      'template of nodes',
      'template of nodes',
      'a machine goes',
    ]);
  });

  test('ends where an undisturbed run ends, with a clean plan and no drift', async () => {
    expect(await outcomeOf(project.ground)).toEqual(await undisturbed);
    const newest = project.pipeline();
    expect(await newest.succeeds('dryrun')).toContain('nothing to do, this commit is rolled out');
    expect(await newest.succeeds('drift')).toContain('no drift');
  });
});

/** What happened to launch templates and machines, in order. */
function steps({ ground }: DeliveryProject): string[] {
  return ground.chronicle.entries('cloud').flatMap(({ verb, body }) => {
    const parameters = new URLSearchParams(body);
    if (verb === 'TerminateInstances') return ['a machine goes'];
    if (verb !== 'CreateLaunchTemplateVersion') return [];
    const name = parameters.get('LaunchTemplateName') ?? '';
    return [`template of ${name.replace(/(\.masters)?\.c1\.k8s\.local$/, '')}`];
  });
}
