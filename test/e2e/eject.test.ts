import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { IMAGE, MACHINE_TYPE } from './support/create-matrix';
import { type DeliveryGround, deliveryGround, REGION } from './support/delivery-ground';
import { E2E, ROOT } from './support/folders';
import { GitlabRepository } from './support/gitlab-repository';
import { pathWithout } from './support/path-without';
import { type PipelineOptions, type PipelineRun, PipelineRuns } from './support/pipeline-run';
import { runProcess } from './support/process-run';
import { KUBERNETES } from './support/small-fleet';

// The way out: two clusters in two waves, rolled out from code, ejected, and then changed by hand where there is no Node.

const [A, P, NEW] = ['a.k8s.local', 'p.k8s.local', 'new.k8s.local'] as const;
const MANIFEST = `clusters/${A}/kops.yaml`;
/** What nobody needs any more, as eject tells. */
const CODE = ['clusters/fleet.ts', 'package.json'];

let ground: DeliveryGround;
let repository: GitlabRepository;
let pipelines: PipelineRuns;
/** PATH of the jobs from the ejection on. */
let withoutNode: string;

/** Several roll-outs one after the other. */
jest.setTimeout(900_000);

beforeAll(async () => {
  ground = await deliveryGround(A);
  const apis = await Promise.all([A, P].map(async (name) => (await ground.kubernetesOf(name)).url));
  repository = new GitlabRepository({
    'clusters/fleet.ts': fleet(apis),
    'package.json': JSON.stringify({ devDependencies: { cdkops: '*' } }),
  });
  // Each cluster has an API of its own, which its file names.
  const { CDKOPS_API_SERVER: _one, ...env } = ground.env;
  pipelines = new PipelineRuns(repository, { env });
  withoutNode = pathWithout(env.PATH ?? '', 'node', 'npm', 'npx', 'nodejs', 'corepack');
  await cli('synth', '--no-type-check');
  repository.commit({});
  const first = pipelines.push();
  await rollOut(first, A);
  await succeed(first, 'rolled:dev', 'open:prod');
  await rollOut(first, P);
}, 900_000);
afterAll(() => ground?.stop());

function fleet(apis: readonly string[]): string {
  const channel = `file://${path.join(E2E, 'channel.yaml')}`;
  const quick = {
    rollingUpdate: { nodeInterval: '1s', controlPlaneInterval: '1s', postDrainDelay: '1s', validateCount: 1 },
    validation: { wait: '20s', interval: '1s' },
    beforeUpdate: ['echo "node is $(command -v node || echo missing)"'],
  };
  const cluster = (wave: string, name: string, apiServer = '') => {
    const machine = JSON.stringify({ machineType: MACHINE_TYPE });
    const props = { zones: [`${REGION}a`], channel, image: IMAGE, nodes: false, apiServer, ...quick };
    return `
      const ${wave} = new Wave(fleet, '${wave}', { approval: 'none' });
      new NodeGroup(
        new Cluster(${wave}, '${name}', { ...${JSON.stringify(props)}, nodes: false, controlPlane: ${machine} }),
        'nodes',
        { ...${machine}, minSize: 1, maxSize: 2 },
      );`;
  };
  return `
    import { Cluster, Fleet, NodeGroup, StateStore, Wave } from '${path.join(ROOT, 'src')}';
    export const fleet = new Fleet({
      stateStore: StateStore.s3('${ground.bucket}', { region: '${REGION}' }),
      kops: '1.36.2',
      kubernetesVersion: '${KUBERNETES}',
    });${cluster('dev', A, apis[0])}${cluster('prod', P, apis[1])}\n`;
}

/** Runs cdkops in the project, which must succeed. */
async function cli(...args: string[]): Promise<string> {
  const { code, output } = await runProcess([process.execPath, path.join(ROOT, 'bin/cdkops.js'), ...args], {
    cwd: repository.folder,
    env: { PATH: process.env.PATH ?? '', HOME: ground.home },
    timeoutSeconds: 60,
  });
  if (code !== 0) throw new Error(`cdkops ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

const ejectedOptions = (variables: Readonly<Record<string, string>> = {}): PipelineOptions => ({
  variables: { PATH: withoutNode, ...variables },
});
const push = () => pipelines.push(ejectedOptions());
const web = (CDKOPS_CLUSTER: string, CDKOPS_ACTION = 'rollout') =>
  pipelines.web(ejectedOptions({ CDKOPS_CLUSTER, CDKOPS_ACTION }));

/** Runs jobs one after the other, each of which must succeed. Returns the last log. */
async function succeed(pipeline: PipelineRun, ...jobs: string[]): Promise<string> {
  let log = '';
  for (const job of jobs) {
    const result = await pipeline.job(job);
    if (result.code !== 0) throw new Error(`${job} ended with ${result.code}:\n${result.log}`);
    log = result.log;
  }
  return log;
}

const rollOut = (pipeline: PipelineRun, name: string) =>
  succeed(pipeline, `dryrun:${name}`, `update:${name}`, `roll:${name}`);

const read = (file: string) => fs.readFileSync(path.join(repository.folder, file), 'utf8');
const sha256 = (text: string) => crypto.createHash('sha256').update(text).digest('hex');

/** The newest roll-out in the record. */
async function newest(name: string) {
  return JSON.parse(await ground.storeObject(`cdkops/${name}.json`)).rollOuts[0];
}

let before: { readonly manifestDigest: string };

test('the day after, nothing is to be rolled out, and nothing needs Node', async () => {
  before = await newest(A);
  expect(await cli('eject')).toContain('  git rm clusters/fleet.ts\n  npm uninstall cdkops\n');
  repository.commit(Object.fromEntries(CODE.map((file) => [file, undefined])));
  ground.chronicle.clear();

  const pipeline = push();
  expect(await succeed(pipeline, 'verify')).toContain('the files of 2 clusters fit together');
  for (const name of [A, P]) {
    expect(await succeed(pipeline, `dryrun:${name}`)).toContain('nothing to do, this commit is rolled out');
  }
  const updated = await succeed(pipeline, `update:${A}`);
  expect(updated).toContain('node is missing');
  expect(updated).toContain('nothing to do, this commit is rolled out');
  expect(await succeed(pipeline, `roll:${A}`)).toContain('nothing to do');
  expect(await succeed(pipeline, 'rolled:dev')).toContain(`${A}: rolled out since`);
  expect(await succeed(pipeline, 'open:prod', `update:${P}`)).toContain('nothing to do');

  const drift = pipelines.schedule(ejectedOptions());
  for (const name of [A, P]) {
    const log = await succeed(drift, `drift:${name}`);
    expect(log).toContain(`${name}: no drift`);
    expect(log).not.toContain('pending');
  }
  expect(ground.writes()).toEqual([]);
});

test('a change by hand keeps later waves shut until it is rolled out, and nobody renews a digest', async () => {
  repository.commit({ [MANIFEST]: read(MANIFEST).replace('  maxSize: 2\n', '  maxSize: 3\n') });
  const pipeline = push();
  const names = await pipeline.jobNames();
  expect(names).toEqual(expect.arrayContaining(['verify', `dryrun:${A}`, `update:${A}`, `roll:${A}`]));
  expect(names).not.toContain(`update:${P}`);

  expect(await succeed(pipeline, 'verify', `dryrun:${A}`)).toMatch(/maxSize: 2[\s\S]*maxSize: 3/);
  const shut = await web(P).job('rolled:dev');
  expect(shut.code).toBe(1);
  expect(shut.log).toContain(`${A}: NOT rolled out: it has another manifest than this commit's`);
  expect(await succeed(web(A, 'drift'), `drift:${A}`)).toContain('pending:');

  await succeed(pipeline, `update:${A}`, `roll:${A}`);
  expect((await newest(A)).manifestDigest).toBe(sha256(read(MANIFEST)));
  expect(await succeed(web(P), 'rolled:dev')).toContain(`${A}: rolled out since`);
  const log = await succeed(web(A, 'drift'), `drift:${A}`);
  expect(log).toContain('no drift');
  expect(log).not.toContain('pending');
});

test('a manifest with the mark of before says what to do', async () => {
  const plain = read(MANIFEST);
  repository.commit({
    [MANIFEST]: `# Generated by cdkops from clusters/fleet.ts: …\n# sha256 of path and text: 0\n${plain}`,
  });
  const { code, log } = await push().job(`dryrun:${A}`);
  expect(code).toBe(1);
  expect(log).toContain('take those two lines out');
  repository.commit({ [MANIFEST]: plain });
});

test('goes back to what was rolled out before the ejection', async () => {
  const back = web(A, 'rollback');
  await rollOut(back, A);
  expect(await newest(A)).toMatchObject({ rolledBack: true, manifestDigest: before.manifestDigest });
  // The files of then are known by the digest of then.
  repository.commit({ [MANIFEST]: read(MANIFEST).replace('  maxSize: 3\n', '  maxSize: 2\n') });
  expect(await succeed(web(P), 'rolled:dev')).toContain(`${A}: rolled out since`);
});

test('a cluster is added as the documentation says', async () => {
  const renamed = (file: string) => read(file).replaceAll(A, NEW);
  const files = {
    [`clusters/${NEW}/kops.yaml`]: renamed(MANIFEST),
    // A name in a pattern has its dots escaped.
    [`clusters/${NEW}/pipeline.yml`]: renamed(`clusters/${A}/pipeline.yml`).replaceAll(
      'a\\.k8s\\.local',
      'new\\.k8s\\.local',
    ),
  };
  repository.commit(files);
  const forgotten = await push().job('verify');
  expect(forgotten.code).toBe(1);
  expect(forgotten.log).toContain(`clusters/${NEW}/pipeline.yml: no file of the pipeline includes it`);
  expect(forgotten.log).toContain(`open:prod does not ask for it: put it into CDKOPS_CLUSTERS of rolled:dev`);

  const include = (name: string) => `- local: /clusters/${name}/pipeline.yml\n`;
  repository.commit({
    '.gitlab-ci.yml': read('.gitlab-ci.yml')
      .replace(include(A), `${include(A)}${include(NEW)}`)
      .replace(`CDKOPS_CLUSTERS: ${A}\n`, `CDKOPS_CLUSTERS: |-\n      ${A}\n      ${NEW}\n`),
    [`clusters/${NEW}/kops.yaml`]: `${files[`clusters/${NEW}/kops.yaml`]}# new\n`,
  });
  const pipeline = push();
  expect(await succeed(pipeline, 'verify')).toContain('the files of 3 clusters fit together');
  expect(await succeed(pipeline, `dryrun:${NEW}`)).toMatch(/\d+ to create/);
  expect((await web(P).job('rolled:dev')).log).toContain(`${NEW}: NOT rolled out: never rolled out`);
});
