import type { Entry } from '../support/chronicle';
import { CLUSTER, DeliveryProject, RECORD } from '../support/delivery-project';
import { type PipelineRun, PipelineRuns } from '../support/pipeline-run';
import { KUBERNETES, KUBERNETES_BEFORE } from '../support/small-fleet';

const CONTROL_PLANE = `control-plane-us-east-1a.masters.${CLUSTER}`;
const NODES = `nodes.${CLUSTER}`;

/** What the tests of an upgrade look for in the chronicle, in its words. */
function story(project: DeliveryProject): string[] {
  const told = ({ verb, body }: Entry) => {
    const parameters = new URLSearchParams(body);
    if (verb === 'CreateLaunchTemplateVersion') return [`template ${parameters.get('LaunchTemplateName')}`];
    return verb === 'TerminateInstances' ? [`terminate ${parameters.get('InstanceId.1')}`] : [];
  };
  return project.ground.chronicle.entries('cloud').flatMap(told);
}

async function machines(project: DeliveryProject, group: string): Promise<string[]> {
  const nodes = await project.ground.kubernetes.nodes();
  const inGroup = nodes.filter(({ metadata }) => metadata.labels['kops.k8s.io/instancegroup'] === group);
  return inGroup.map(({ metadata }) => metadata.name);
}

describe('(c) an upgrade of Kubernetes', () => {
  let project: DeliveryProject;
  let push: PipelineRun;
  let controlPlane: string | undefined;
  let node: string | undefined;

  beforeAll(async () => {
    project = await DeliveryProject.start({ kubernetesVersion: KUBERNETES_BEFORE });
    await project.pipeline().rollOut();
    [controlPlane] = await machines(project, 'control-plane-us-east-1a');
    [node] = await machines(project, 'nodes');
    project.push({ kubernetesVersion: KUBERNETES });
    push = new PipelineRuns(project.repository, project.ground).push();
  }, 180_000);
  afterAll(() => project?.stop());

  /** Runs a job that must succeed; the chronicle has what it alone asked for. */
  const succeeds = async (job: string) => {
    project.ground.chronicle.clear();
    const { code, log } = await push.job(`${job}:${CLUSTER}`);
    if (code !== 0) throw new Error(`${job} ended with ${code}:\n${log}`);
    return log;
  };
  const changes = () => project.ground.writes().map(({ verb, what }) => `${verb} ${what}`);

  test('is planned as one', async () => {
    const log = await succeeds('dryrun');
    expect(log).toContain(`Kubernetes ${KUBERNETES_BEFORE} -> ${KUBERNETES}`);
    expect(log).toContain('nodes of control-plane-us-east-1a, nodes will need rolling');
    expect(changes()).toEqual([]);
  });

  test('prepares the control plane alone', async () => {
    expect(await succeeds('update')).toContain('workers follow in roll, after it has rolled');
    expect(story(project)).toEqual([`template ${CONTROL_PLANE}`]);
    expect((await project.record())?.inProgress?.kubernetes).toEqual({
      before: KUBERNETES_BEFORE,
      after: KUBERNETES,
    });
  });

  test('(i) prepares nothing more when update runs again', async () => {
    expect(await succeeds('update')).toContain('workers follow in roll, after it has rolled');
    expect(new Set(changes())).toEqual(new Set([`PUT ${project.ground.store}/${RECORD}`]));
    expect((await project.record())?.inProgress?.kubernetes.before).toBe(KUBERNETES_BEFORE);
  });

  test('changes no template of workers before the control plane has rolled', async () => {
    const log = await succeeds('roll');
    expect(story(project)).toEqual([`terminate ${controlPlane}`, `template ${NODES}`, `terminate ${node}`]);
    const steps = [`1 of 3: the control plane to Kubernetes ${KUBERNETES}`, '2 of 3: the workers', '3 of 3'];
    const places = [...steps, `Your cluster ${CLUSTER} is ready`].map((text) => log.indexOf(text));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(await machines(project, 'control-plane-us-east-1a')).not.toEqual([controlPlane]);
    expect(await machines(project, 'nodes')).not.toEqual([node]);
    expect((await project.ground.kubernetes.nodes()).length).toBe(2);
    const record = await project.record();
    expect(record?.inProgress).toBeUndefined();
    expect(record?.rollOuts?.[0]).toMatchObject({ commit: push.commit, kubernetes: KUBERNETES });
  });

  test.each(['roll', 'update', 'dryrun'])('(i) is over: a second %s changes nothing', async (job) => {
    const before = await project.ground.storeObjects();
    expect(await succeeds(job)).toContain('nothing to do, this commit is rolled out');
    expect(changes()).toEqual([]);
    expect(await project.ground.storeObjects()).toEqual(before);
  });
});
