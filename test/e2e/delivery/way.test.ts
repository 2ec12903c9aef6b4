import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { Entry } from '../support/chronicle';
import { CLUSTER, DeliveryProject, RECORD, type Wanted } from '../support/delivery-project';
import { DeliveryWatch, filesUnder } from '../support/delivery-watch';
import type { KubernetesObject } from '../support/kubernetes-objects';
import { type JobOptions, type PipelineRun, PipelineRuns } from '../support/pipeline-run';

// One cluster from its first merge request to the removal of an instance group, by the jobs that are synthesised for it.

const OTHER = 'c0.k8s.local';
const MANIFEST = `clusters/${CLUSTER}/kops.yaml`;

/** A smoke test that keeps what the record says while it runs, and fails where it is told to. */
const afterRoll = [
  'aws s3 cp --only-show-errors "$KOPS_STATE_STORE/cdkops/$KOPS_CLUSTER_NAME.json" "$HOME/smoke.json"',
  'test -z "$SMOKE_FAILS"',
];
const FIRST: Wanted = {
  clusters: [OTHER, CLUSTER],
  nodes: { nodes: { minSize: 1, maxSize: 1 }, extra: {} },
  cluster: { afterRoll },
};
/** The group `nodes` changes, the group `extra` leaves. */
const SECOND: Wanted = {
  ...FIRST,
  nodes: { nodes: { minSize: 1, maxSize: 3, nodeLabels: { tier: 'web' } } },
};

let project: DeliveryProject;
let watch: DeliveryWatch;
let pipelines: PipelineRuns;
/** The pipeline of the default branch that the tests go on with. */
let push: PipelineRun;

beforeAll(async () => {
  project = await DeliveryProject.start({ ...FIRST, clusters: OTHER });
  pipelines = new PipelineRuns(project.repository, project.ground);
  watch = new DeliveryWatch(project.ground);
}, 120_000);
afterAll(() => project?.stop());

/** Starts a branch with what a fleet gives, and the pipeline of its merge request. */
function mergeRequest(branch: string, wanted: Wanted): PipelineRun {
  project.repository.checkOut(branch);
  project.push(wanted);
  return pipelines.mergeRequest();
}

/** Merges it, and starts the pipeline of the default branch. */
function merge(branch: string): PipelineRun {
  project.repository.switchTo('main');
  project.repository.merge(branch);
  return pipelines.push();
}

/** Runs a job of the cluster; the chronicle has what it alone asked for. */
function run(pipeline: PipelineRun, job: string, options?: JobOptions) {
  project.ground.chronicle.clear();
  return pipeline.job(`${job}:${CLUSTER}`, options);
}

/** Runs a job of the cluster that must succeed; its log. */
async function succeeds(pipeline: PipelineRun, job: string): Promise<string> {
  const { code, log } = await run(pipeline, job);
  if (code !== 0) throw new Error(`${job} ended with ${code}:\n${log}`);
  return log;
}

const artifact = (pipeline: PipelineRun, file: string) =>
  fs.readFileSync(path.join(pipeline.artifacts(`dryrun:${CLUSTER}`), 'plans', CLUSTER, file), 'utf8');
const planOf = (pipeline: PipelineRun) => JSON.parse(artifact(pipeline, 'plan.json'));
/** All that a runner has of a pipeline: working trees, logs and artifacts. */
const diskOf = (pipeline: PipelineRun) => path.resolve(pipeline.artifacts('any'), '../../..');
const changes = () => project.ground.writes().map(({ verb, what }) => `${verb} ${what}`);
const machineIn = async (group: string) => {
  const nodes = await project.ground.kubernetes.nodes();
  const wanted = ({ metadata }: KubernetesObject) => metadata.labels['kops.k8s.io/instancegroup'] === group;
  return nodes.filter(wanted).map(({ metadata }) => metadata.name);
};
const entries = (verb: string): Entry[] =>
  project.ground.chronicle.entries().filter((entry) => entry.verb === verb);
const named = (verb: string, parameter: string) =>
  entries(verb).map(({ body }) => new URLSearchParams(body).get(parameter));

describe('(a) the merge request of a new cluster', () => {
  test('has a plan of all that will be made, and makes none of it', async () => {
    const request = mergeRequest('new', FIRST);
    expect((await request.jobNames()).sort()).toEqual([`dryrun:${CLUSTER}`, 'verify']);
    const log = await succeeds(request, 'dryrun');

    const plan = planOf(request);
    expect(plan).toMatchObject({ new: true, modify: [], delete: [], roll: [], instanceGroupsLeaving: [] });
    expect(plan.create.map(({ resource }: { resource: string }) => resource)).toEqual(
      expect.arrayContaining([`AutoscalingGroup/nodes.${CLUSTER}`, `AutoscalingGroup/extra.${CLUSTER}`]),
    );
    const counts = { create: plan.create.length, update: 0, delete: 0 };
    expect(JSON.parse(artifact(request, 'counts.json'))).toEqual(counts);
    expect(artifact(request, 'plan.txt')).toContain('Kubernetes 1.35.5: a new cluster\n');
    expect(log).toContain(`${counts.create} to create, 0 to change, 0 to delete. Nothing has been changed.`);

    expect(await project.ground.storeKeys()).toEqual([]);
    expect(changes()).toEqual([]);
    expect(await watch.leaks(diskOf(request))).toEqual([]);
  });

  test('has no plan where merge requests do not plan', async () => {
    project.repository.switchTo('main');
    const wanted = { ...FIRST, cluster: { ...FIRST.cluster, plansInMergeRequests: false } };
    const request = mergeRequest('no-plans', wanted);
    expect(await request.jobNames()).toEqual(['verify']);
  });
});

describe('(b) a new cluster on the default branch', () => {
  test('is planned, made and waited for', async () => {
    push = merge('new');
    const jobs = (await push.jobs()).filter(({ name }) => name.endsWith(CLUSTER));
    expect(jobs.map(({ name, when }) => `${name.split(':')[0]} ${when}`)).toEqual([
      'dryrun on_success',
      'update manual',
      'roll manual',
      'prune manual',
    ]);
    expect(await succeeds(push, 'dryrun')).toContain(`next: read the plan, then start update:${CLUSTER}`);
    expect(await succeeds(push, 'update')).toContain(`next: start roll:${CLUSTER}, which waits until`);
    expect(await project.record()).toMatchObject({ inProgress: { commit: push.commit } });
  });

  test('is not rolled out while a step after the roll fails', async () => {
    const failed = await run(push, 'roll', { variables: { SMOKE_FAILS: 'yes' } });
    expect(failed).toMatchObject({ code: 1, status: 'failed' });
    expect(failed.log).toContain(`Your cluster ${CLUSTER} is ready`);
    const record = await project.record();
    expect(record).toMatchObject({ inProgress: { commit: push.commit } });
    expect(record?.rollOuts).toBeUndefined();
    expect(changes()).toEqual([`PUT ${project.ground.store}/${RECORD}`]);
  });

  test('is rolled out when that step has run, between validation and the record', async () => {
    await succeeds(push, 'roll');
    const atSmoke = JSON.parse(fs.readFileSync(path.join(project.ground.home, 'smoke.json'), 'utf8'));
    expect(atSmoke).toMatchObject({ inProgress: { commit: push.commit, validated: expect.any(String) } });
    expect(atSmoke.rollOuts).toBeUndefined();
    const record = await project.record();
    expect(record?.inProgress).toBeUndefined();
    expect(record?.rollOuts?.map(({ commit }) => commit)).toEqual([push.commit]);
    const kept = await project.ground.storeObject(record?.rollOuts?.[0]?.manifest ?? '');
    expect(kept).toBe(project.repository.git('show', `${push.commit}:${MANIFEST}`));
  });
});

describe('(a) the merge request of a changed cluster', () => {
  let request: PipelineRun;
  let before: Record<string, string>;
  beforeAll(async () => {
    before = await project.ground.storeObjects();
    request = mergeRequest('changed', SECOND);
  });

  test('has a plan that says what changes', async () => {
    const log = await succeeds(request, 'dryrun');
    const text = artifact(request, 'plan.txt');
    for (const told of [log, text]) expect(told).toMatch(/^ *\tMaxSize +\t 1 -> 3$/m);
    expect(text).toMatch(/^Instance groups that are live and not in the manifest\..*\n {2}extra$/m);
    const plan = planOf(request);
    expect(plan).toMatchObject({ new: false, create: [], delete: [], objects: ['instancegroup/nodes'] });
    expect(plan).toMatchObject({ instanceGroupsLeaving: ['extra'], roll: ['nodes'] });
    expect(plan.modify.map(({ resource }: { resource: string }) => resource)).toEqual([
      `AutoscalingGroup/nodes.${CLUSTER}`,
      `LaunchTemplate/nodes.${CLUSTER}`,
      'ManagedFile/nodeupconfig-nodes',
    ]);
    expect(JSON.parse(artifact(request, 'counts.json'))).toEqual({ create: 0, update: 3, delete: 0 });
  });

  test('changes nothing in store and cloud', async () => {
    expect(changes()).toEqual([]);
    expect(await project.ground.storeObjects()).toEqual(before);
  });

  test('reads what the documentation says, keys by kops alone', () => {
    expect(watch.reads(CLUSTER, 'script')).toEqual([
      'GET <cluster>/config',
      'GET <cluster>/instancegroup/*',
      'GET <cluster>/kops-version.txt',
      'GET cdkops/<cluster>.json',
      'LIST <cluster>/clusteraddons/',
      'LIST <cluster>/instancegroup/',
    ]);
    expect(watch.reads(CLUSTER, 'kops')).toEqual([
      'GET <cluster>/addons/**',
      'GET <cluster>/backups/etcd/*/control/etcd-cluster-spec',
      'GET <cluster>/cluster-completed.spec',
      'GET <cluster>/igconfig/**',
      'GET <cluster>/kops-version.txt',
      'GET <cluster>/manifests/**',
      'GET <cluster>/pki/private/*/keyset.yaml',
      'GET <cluster>/secrets/*',
      'LIST <cluster>/pki/ssh/public/admin/',
    ]);
  });

  test('leaves no key on the disk, at no time', async () => {
    expect(watch.filesSeen).toBeGreaterThan(0);
    expect(await watch.leaks(diskOf(request))).toEqual([]);
    expect(fs.readdirSync(project.ground.temporary)).toEqual([]);
    // One that was left there would be found, whatever the file is called.
    for (const key of ['pki/private/kubernetes-ca/keyset.yaml', 'secrets/kube']) {
      const left = path.join(project.ground.temporary, 'notes.txt');
      fs.writeFileSync(left, before[`${CLUSTER}/${key}`] ?? '');
      expect(await watch.leaks()).toEqual([left]);
      fs.rmSync(left);
    }
  });

  test('leaves none where it is killed when kops has read them', async () => {
    const isLate = ({ verb }: { verb: string }) => verb === 'DescribeLaunchTemplateVersions';
    project.ground.cloud.judge = (asked) => (isLate(asked) ? new Promise(() => {}) : 'pass');
    project.ground.chronicle.clear();
    const reached = project.ground.chronicle.next(isLate);
    const job = await request.startJob(`dryrun:${CLUSTER}`);
    await reached;
    job.kill();
    await job.finished;
    project.ground.cloud.judge = () => 'pass';
    expect(watch.reads(CLUSTER, 'kops')).toContain('GET <cluster>/pki/private/*/keyset.yaml');
    expect(filesUnder(project.ground.temporary).filter((file) => file.endsWith('/config'))).not.toEqual([]);
    expect(await watch.leaks(diskOf(request))).toEqual([]);
    expect(changes()).toEqual([]);
    expect(await project.ground.storeObjects()).toEqual(before);
    for (const left of fs.readdirSync(project.ground.temporary))
      fs.rmSync(path.join(project.ground.temporary, left), { recursive: true });
  });
});

describe('(b) a changed cluster on the default branch', () => {
  let nodes: string[];
  let others: string[];
  beforeAll(async () => {
    nodes = await machineIn('nodes');
    others = [...(await machineIn('extra')), ...(await machineIn('control-plane-us-east-1a'))];
    push = merge('changed');
    await succeeds(push, 'dryrun');
  }, 120_000);

  test('is updated: the group that changed and no other', async () => {
    const log = await succeeds(push, 'update');
    expect(log).toMatch(/^ *nodes\s+NeedsUpdate\s+1\s/m);
    expect(named('CreateLaunchTemplateVersion', 'LaunchTemplateName')).toEqual([`nodes.${CLUSTER}`]);
    expect(named('UpdateAutoScalingGroup', 'AutoScalingGroupName')).toEqual([`nodes.${CLUSTER}`]);
    expect(changes().filter((change) => /Delete|DELETE|Terminate/.test(change))).toEqual([]);
    expect(await machineIn('extra')).toHaveLength(1);
  });

  test('(i) is as it was after a second update', async () => {
    const { ground } = project;
    const before = await ground.storeObjects();
    await succeeds(push, 'update');
    expect(new Set(changes())).toEqual(new Set([`PUT ${ground.store}/${RECORD}`]));
    // The record says when the update began last, and when it was through.
    const [was, is] = [before, await ground.storeObjects()].map((objects) => {
      const { inProgress, ...record } = JSON.parse(objects[RECORD] ?? '');
      return { ...objects, [RECORD]: { ...record, inProgress: { ...inProgress, time: '', applied: '' } } };
    });
    expect(is).toEqual(was);
  });

  test('is rolled: its node is drained, then replaced by one with the new label', async () => {
    const log = await succeeds(push, 'roll');
    expect(log).toContain(
      `next: start prune:${CLUSTER} to remove the instance groups that left the code: extra`,
    );
    const [old] = nodes;
    const steps = ['taint', 'cordon', 'evict', 'TerminateInstances'].flatMap(entries);
    const order = [...steps].sort((one, other) => one.at - other.at).map(({ verb }) => verb);
    expect(order).toEqual(['taint', 'cordon', 'evict', 'TerminateInstances']);
    expect(steps.slice(0, 3).map(({ what }) => what)).toEqual([old, old, `web-${old}`]);
    expect(named('TerminateInstances', 'InstanceId.1')).toEqual([old]);

    const [created] = await machineIn('nodes');
    expect(created).not.toBe(old);
    const all = await project.ground.kubernetes.nodes();
    expect(all.find(({ metadata }) => metadata.name === created)?.metadata.labels.tier).toBe('web');
    expect(all.map(({ metadata }) => metadata.name).sort()).toEqual([created, ...others].sort());
  });

  test('validates, is recorded, and is live as its manifest says', async () => {
    const record = await project.record();
    expect(record?.inProgress).toBeUndefined();
    expect(record?.rollOuts?.map(({ commit }) => commit)[0]).toBe(push.commit);
    expect(record?.rollOuts).toHaveLength(2);
    const manifest = project.repository.git('show', `${push.commit}:${MANIFEST}`);
    expect(await project.ground.storeObject(record?.rollOuts?.[0]?.manifest ?? '')).toBe(manifest);
    for (const document of parseAllDocuments(manifest)) {
      const { kind, metadata, spec } = document.toJS();
      const key = kind === 'Cluster' ? 'config' : `instancegroup/${metadata.name}`;
      expect(parse(await project.ground.storeObject(`${CLUSTER}/${key}`)).spec).toMatchObject(spec);
    }
  });

  test('has a new plan that is empty', async () => {
    expect(await succeeds(push, 'dryrun')).toContain('nothing to do, this commit is rolled out');
    expect(artifact(push, 'plan.txt')).toContain('No changes need to be applied to the cloud.');
    expect(changes()).toEqual([]);
  });
});

describe('(e) an instance group that left the code', () => {
  test('is live until prune, which drains and deletes it, and nothing else', async () => {
    const before = await project.ground.storeKeys();
    const [leaving] = await machineIn('extra');
    const staying = [...(await machineIn('nodes')), ...(await machineIn('control-plane-us-east-1a'))];
    await succeeds(push, 'prune');

    expect(entries('cordon').map(({ what }) => what)).toEqual([leaving]);
    expect(entries('evict').map(({ what }) => what)).toEqual([`web-${leaving}`]);
    expect(changes()).toEqual([
      'DeleteAutoScalingGroup autoscaling',
      'DeleteLaunchTemplate ec2',
      `DELETE ${project.ground.store}/${CLUSTER}/instancegroup/extra`,
      // That it is gone, so that no gate misses it.
      `PUT ${project.ground.store}/${RECORD}`,
    ]);
    expect(named('DeleteAutoScalingGroup', 'AutoScalingGroupName')).toEqual([`extra.${CLUSTER}`]);
    const drained = entries('evict')[0]?.at ?? Number.POSITIVE_INFINITY;
    expect(drained).toBeLessThanOrEqual(entries('DeleteAutoScalingGroup')[0]?.at ?? 0);

    expect(await machineIn('extra')).toEqual([]);
    const left = (await project.ground.kubernetes.nodes()).map(({ metadata }) => metadata.name);
    expect(left.sort()).toEqual(staying.sort());
    const gone = `${CLUSTER}/instancegroup/extra`;
    expect(await project.ground.storeKeys()).toEqual(before.filter((key) => key !== gone));
  });
});

describe('(i) a second run of each job', () => {
  let before: Record<string, string>;
  beforeAll(async () => {
    before = await project.ground.storeObjects();
  });

  test.each([
    ['update', 'nothing to do, this commit is rolled out'],
    ['roll', 'nothing to do, this commit is rolled out'],
    ['prune', 'no instance group left the code'],
    ['dryrun', 'nothing to do, this commit is rolled out'],
  ])('%s changes nothing', async (job, told) => {
    expect(await succeeds(push, job)).toContain(told);
    expect(changes()).toEqual([]);
    expect(await project.ground.storeObjects()).toEqual(before);
    expect(entries('evict')).toEqual([]);
  });
});
