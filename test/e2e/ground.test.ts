import * as fs from 'node:fs';
import * as path from 'node:path';
import { type DeliveryGround, deliveryGround } from './support/delivery-ground';
import { GitlabRepository } from './support/gitlab-repository';
import { PipelineRuns } from './support/pipeline-run';
import { ProcessRun, runProcess } from './support/process-run';
import { runScript, SCRIPT, SHELLS, type Shell } from './support/script-run';
import {
  KUBERNETES,
  KUBERNETES_BEFORE,
  type SmallFleetOptions,
  smallFleet,
  sshPublicKey,
} from './support/small-fleet';

// What the tests of the delivery stand on: plain kops commands here, none of our scripts.

const CLUSTER = 'c1.k8s.local';
const SOON = '--node-interval 1s --control-plane-interval 1s --post-drain-delay 1s --validate-count 1';

/** Ends the grounds of this file, also where a test fails. */
const grounds: DeliveryGround[] = [];
const newGround = async () => {
  const ground = await deliveryGround(CLUSTER);
  grounds.push(ground);
  return ground;
};
afterAll(() => Promise.all(grounds.map((ground) => ground.stop())));

/** Runs a command line in the shell of the ground, which must succeed. */
async function run(ground: DeliveryGround, line: string, timeoutSeconds = 90): Promise<string> {
  const env = { ...ground.env, KOPS_STATE_STORE: ground.store, KOPS_CLUSTER_NAME: CLUSTER };
  const { code, output } = await runProcess(['sh', '-c', line], { cwd: ground.home, env, timeoutSeconds });
  if (code !== 0) throw new Error(`${line} ended with ${code}:\n${output}`);
  return output;
}

/** Writes the manifest of a small fleet and has kops take it. */
async function replace(ground: DeliveryGround, options: Partial<SmallFleetOptions> = {}): Promise<void> {
  const files = smallFleet({ bucket: ground.bucket, fleet: { pipeline: false }, ...options });
  fs.writeFileSync(path.join(ground.home, 'kops.yaml'), files[`clusters/${CLUSTER}/kops.yaml`] ?? '');
  await run(ground, 'kops replace --force -f kops.yaml');
}

const update = 'kops update cluster --yes --create-kube-config=false';
const nodesOf = async (ground: DeliveryGround, group: string) =>
  (await ground.kubernetes.nodes()).filter(
    ({ metadata }) => metadata.labels['kops.k8s.io/instancegroup'] === group,
  );

describe('a cluster', () => {
  let ground: DeliveryGround;
  const api = () => `--api-server ${ground.kubernetes.url}`;
  beforeAll(async () => {
    ground = await newGround();
    await replace(ground);
    await run(ground, update);
  });

  test('is made, and then there is nothing left to do', async () => {
    expect(await run(ground, 'kops update cluster')).toContain('No changes need to be applied');
    expect(await run(ground, `kops validate cluster ${api()} --wait 1m`)).toContain('is ready');
  });

  test('is planned with its keys read and nothing written', async () => {
    ground.chronicle.clear();
    await run(ground, 'kops update cluster');
    expect(ground.writes()).toEqual([]);
    expect(ground.storeRequests('GET')).toEqual(
      expect.arrayContaining([
        `${CLUSTER}/config`,
        `${CLUSTER}/instancegroup/nodes`,
        `${CLUSTER}/pki/private/kubernetes-ca/keyset.yaml`,
      ]),
    );
  });

  test('rolls: the old node is tainted, drained and terminated, a new one joins', async () => {
    const [before] = await nodesOf(ground, 'nodes');
    await replace(ground, { nodes: { nodes: { nodeLabels: { tier: 'web' } } } });
    await run(ground, update);
    expect(await run(ground, `kops rolling-update cluster ${api()}`)).toMatch(/nodes\s+NeedsUpdate\s+1/);
    ground.chronicle.clear();
    await run(ground, `kops rolling-update cluster --yes ${api()} ${SOON}`);

    const old = before?.metadata.name ?? '';
    const done = ground.chronicle.entries('kubernetes').map(({ verb, what }) => `${verb} ${what}`);
    const steps = [`taint ${old}`, `cordon ${old}`, `evict web-${old}`];
    expect(done.filter((step) => steps.includes(step))).toEqual(steps);
    const order = ground.chronicle.entries().map(({ verb }) => verb);
    expect(order.indexOf('TerminateInstances')).toBeGreaterThan(order.indexOf('evict'));
    const [after, ...others] = await nodesOf(ground, 'nodes');
    expect(others).toEqual([]);
    expect(after?.metadata.name).not.toBe(old);
    expect(after?.metadata.labels.tier).toBe('web');
    expect(await run(ground, `kops rolling-update cluster ${api()}`)).toContain('No rolling-update required');
    expect(await run(ground, 'kops update cluster')).toContain('No changes need to be applied');
  });

  test('has its nodes drained by kubectl, which is told of what a drain loses', async () => {
    const kubeconfig = path.join(ground.home, 'kubeconfig');
    fs.writeFileSync(kubeconfig, ground.kubernetes.kubeconfig);
    const drain = `kubectl --kubeconfig ${kubeconfig} drain -l kops.k8s.io/instancegroup=nodes`;
    await expect(run(ground, drain)).rejects.toThrow('DaemonSet-managed Pods');
    ground.chronicle.clear();
    await run(ground, `${drain} --ignore-daemonsets --delete-emptydir-data`);
    const [node] = await nodesOf(ground, 'nodes');
    expect(node?.spec.unschedulable).toBe(true);
    const evictions = ground.chronicle.entries('kubernetes').filter(({ verb }) => verb === 'evict');
    expect(evictions.map(({ what }) => what)).toEqual([`web-${node?.metadata.name}`]);
  });

  test('does not validate while its nodes are not ready, or its API is gone', async () => {
    const validate = `kops validate cluster ${api()} --wait 1s --interval 1s`;
    ground.kubernetes.ready = false;
    await expect(run(ground, validate)).rejects.toThrow('node "');
    ground.kubernetes.ready = true;
    await ground.kubernetes.stop();
    await expect(run(ground, validate)).rejects.toThrow('connection refused');
    await ground.kubernetes.start();
    await run(ground, validate);
  });

  test('meets faults of the store and the cloud where a test wants them', async () => {
    ground.cloud.judge = ({ side }) => (side === 'store' ? 'deny' : 'pass');
    await expect(run(ground, 'kops get cluster')).rejects.toThrow(/AccessDenied/);
    ground.cloud.judge = () => 'drop';
    await expect(run(ground, `AWS_MAX_ATTEMPTS=1 aws s3 ls ${ground.store}`)).rejects.toThrow();
    ground.cloud.judge = () => 'pass';
    expect(await run(ground, `aws s3 ls ${ground.store}/${CLUSTER}/`)).toContain('config');
    expect(await ground.storeKeys(`${CLUSTER}/instancegroup/`)).toHaveLength(2);
  });

  test('is killed in the middle of an update, at a request', async () => {
    await replace(ground, { nodes: { nodes: { nodeLabels: { tier: 'cache' } } } });
    ground.cloud.judge = ({ verb }) =>
      verb === 'CreateLaunchTemplateVersion' ? new Promise(() => {}) : 'pass';
    const reached = ground.chronicle.next(({ verb }) => verb === 'CreateLaunchTemplateVersion');
    const env = { ...ground.env, KOPS_STATE_STORE: ground.store, KOPS_CLUSTER_NAME: CLUSTER };
    const command = ['sh', '-c', `${update}; echo over`];
    const killed = new ProcessRun(command, { cwd: ground.home, env, timeoutSeconds: 60 });
    await reached;
    killed.kill();
    expect((await killed.finished).code).toBe(-1);
    ground.cloud.judge = () => 'pass';
    expect(await run(ground, 'kops update cluster')).toContain('LaunchTemplate/nodes');
    await run(ground, update);
    expect(await run(ground, 'kops update cluster')).toContain('No changes need to be applied');
  });
});

test('a cluster goes from one minor of Kubernetes to the next, control plane first', async () => {
  const ground = await newGround();
  await replace(ground, { kubernetesVersion: KUBERNETES_BEFORE });
  await run(ground, update);
  await replace(ground, { kubernetesVersion: KUBERNETES });
  const roles = '--instance-group-roles=control-plane,apiserver';
  ground.chronicle.clear();
  await run(ground, `${update} ${roles}`);
  const templates = () =>
    ground.chronicle
      .entries('cloud')
      .filter(({ verb }) => verb === 'CreateLaunchTemplateVersion')
      .map(({ body }) => new URLSearchParams(body).get('LaunchTemplateName') ?? body);
  expect(templates()).toEqual([expect.stringContaining('control-plane')]);
  const api = `--api-server ${ground.kubernetes.url}`;
  await run(ground, `kops rolling-update cluster --yes ${api} ${SOON} ${roles}`);
  await run(ground, update);
  expect(templates()).toHaveLength(2);
  await run(ground, `kops rolling-update cluster --yes ${api} ${SOON}`);
  expect(await run(ground, 'kops update cluster')).toContain('No changes need to be applied');
});

describe('a cluster with an SSH key and two groups', () => {
  let ground: DeliveryGround;
  const keys = ['F', 'G'].map((letter) => sshPublicKey(letter));
  const nodes = { nodes: {}, extra: {} };
  beforeAll(async () => {
    ground = await newGround();
    await replace(ground, { nodes, cluster: { sshPublicKey: keys[0] ?? '' } });
    await run(ground, update);
  });

  test('gets another key', async () => {
    expect(await run(ground, 'kops update cluster')).toContain('No changes need to be applied');
    await run(ground, 'kops delete sshpublickey');
    await replace(ground, { nodes, cluster: { sshPublicKey: keys[1] ?? '' } });
    await run(ground, update);
    expect(await run(ground, 'kops update cluster')).toContain('No changes need to be applied');
  });

  test('loses a group, with its nodes', async () => {
    await run(ground, 'kops delete instancegroup extra --yes');
    expect(await nodesOf(ground, 'extra')).toEqual([]);
    expect(await nodesOf(ground, 'nodes')).toHaveLength(1);
    expect(await run(ground, 'kops update cluster --prune')).toContain('No changes need to be applied');
  });

  test('ends, and leaves nothing', async () => {
    expect(await run(ground, 'kops delete cluster')).toContain('Must specify --yes to delete cluster');
    expect(await run(ground, 'kops delete cluster --yes')).toContain(`Deleted cluster: "${CLUSTER}"`);
    expect(await ground.storeKeys()).toEqual([]);
    expect(await ground.kubernetes.nodes()).toEqual([]);
  });
});

test('grounds share nothing', async () => {
  const [one, other] = [await newGround(), await newGround()];
  await replace(one);
  await run(one, update);
  expect(await one.kubernetes.nodes()).toHaveLength(2);
  expect(await other.kubernetes.nodes()).toEqual([]);
  expect(await other.storeKeys()).toEqual([]);
  expect(other.writes()).toEqual([]);
});

const SCRIPT_TEXT = `set -eu
echo "$1 of $KOPS_CLUSTER_NAME"
for tool in kops kubectl aws jq git; do command -v "$tool" >/dev/null || exit 4; done
exit 3
`;

describe('a script', () => {
  test('misses a command that a test takes away', async () => {
    const ground = await newGround();
    const variables = { PATH: ground.pathWithout('jq'), KOPS_CLUSTER_NAME: CLUSTER };
    const { folder } = new GitlabRepository({ [SCRIPT]: SCRIPT_TEXT });
    expect((await runScript(ground, { folder, command: ['dryrun'], variables })).code).toBe(4);
  });

  test.each(Object.keys(SHELLS) as Shell[])('runs in %s', async (shell) => {
    const ground = await newGround();
    const repository = new GitlabRepository({ [SCRIPT]: SCRIPT_TEXT });
    const variables = { KOPS_CLUSTER_NAME: CLUSTER };
    const options = { folder: repository.folder, command: ['dryrun'], variables, shell };
    expect(await runScript(ground, options)).toMatchObject({ code: 3, output: `dryrun of ${CLUSTER}\n` });
  });

  test('is judged by shellcheck', async () => {
    const ground = await newGround();
    fs.writeFileSync(path.join(ground.home, 'good.sh'), SCRIPT_TEXT);
    await run(ground, 'shellcheck --shell=sh good.sh');
    fs.writeFileSync(path.join(ground.home, 'bad.sh'), 'echo $1\n');
    await expect(run(ground, 'shellcheck --shell=sh bad.sh')).rejects.toThrow('SC2086');
  });
});

const PIPELINE = `
stages: [dryrun, update, drift]
workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_PIPELINE_SOURCE == "schedule"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
default: { image: alpine }
dryrun:a:
  stage: dryrun
  rules:
    - { if: $CI_PIPELINE_SOURCE == "schedule", when: never }
    - { changes: [a.txt] }
  script:
    - mkdir -p plans/a
    - echo "$CI_COMMIT_SHA $CI_PIPELINE_ID $CI_PIPELINE_SOURCE \${CI_COMMIT_BRANCH-none} \${CI_MERGE_REQUEST_IID-none}" | tee plans/a/plan.txt
    - git log -1 --format=%H
    - test -z "$FAIL"
  artifacts: { paths: [plans/a/], when: always }
update:a:
  stage: update
  rules:
    - { if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE == "push", changes: [a.txt], when: manual }
  needs: ['dryrun:a']
  script:
    - cat plans/a/plan.txt
    - test -z "$SLOW" || { echo waiting; sleep 60; touch "$HOME/went-on"; }
drift:a:
  stage: drift
  rules: [{ if: $CI_PIPELINE_SOURCE == "schedule" }]
  script: [exit 100]
  allow_failure: { exit_codes: 100 }
`;

describe('a pipeline', () => {
  let ground: DeliveryGround;
  let repository: GitlabRepository;
  let pipelines: PipelineRuns;
  beforeAll(async () => {
    ground = await newGround();
    repository = new GitlabRepository({ '.gitlab-ci.yml': PIPELINE, 'a.txt': '1', 'b.txt': '1' });
    pipelines = new PipelineRuns(repository, ground);
  });

  test('hands artifacts from job to job, apart from other pipelines', async () => {
    const old = pipelines.push();
    await old.job('dryrun:a');
    repository.commit({ 'a.txt': '2' });
    const push = pipelines.push();
    const dryrun = await push.job('dryrun:a');
    expect(dryrun).toMatchObject({ code: 0, status: 'success' });
    const plan = `${push.commit} ${push.id} push main none\n`;
    expect(dryrun.log).toContain(plan);
    expect(dryrun.log).toContain(`\n${push.commit}\n`);
    expect(fs.readFileSync(path.join(push.artifacts('dryrun:a'), 'plans/a/plan.txt'), 'utf8')).toBe(plan);
    expect((await push.job('update:a')).log).toContain(plan);
    expect((await old.job('update:a')).log).toContain(`${old.commit} ${old.id} push main none\n`);
  });

  test('has the jobs of its kind, where something changed', async () => {
    repository.commit({ 'b.txt': '2' });
    expect(await pipelines.push().jobNames()).toEqual([]);
    expect(await pipelines.push({ changes: false }).jobNames()).toEqual(['dryrun:a', 'update:a']);
    expect(await pipelines.schedule().jobNames()).toEqual(['drift:a']);
    repository.checkOut('topic');
    repository.commit({ 'a.txt': '3' });
    const request = pipelines.mergeRequest();
    expect(await request.jobNames()).toEqual(['dryrun:a']);
    const { log } = await request.job('dryrun:a');
    expect(log).toContain(`${request.commit} ${request.id} merge_request_event none 7\n`);
    await expect(request.job('update:a')).rejects.toThrow('no job update:a, only dryrun:a');
    repository.switchTo('main');
    repository.merge('topic');
    expect(await pipelines.push().jobNames()).toEqual(['dryrun:a', 'update:a']);
  });

  test('tells failures from warnings', async () => {
    const failed = await pipelines.push().job('dryrun:a', { variables: { FAIL: 'yes' } });
    expect(failed).toMatchObject({ code: 1, status: 'failed' });
    expect(await pipelines.schedule().job('drift:a')).toMatchObject({ code: 100, status: 'warning' });
  });

  test('has a job killed when it prints something', async () => {
    const push = pipelines.push();
    await push.job('dryrun:a');
    const job = await push.startJob('update:a', { variables: { SLOW: 'yes' } });
    await job.hasPrinted('waiting');
    job.kill();
    expect(await job.finished).toMatchObject({ code: -1, status: 'failed' });
    expect(fs.existsSync(path.join(ground.home, 'went-on'))).toBe(false);
  });
});
