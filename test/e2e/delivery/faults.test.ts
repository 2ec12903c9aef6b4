import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  CLUSTER,
  type Command,
  type DeliveryPipeline,
  DeliveryProject,
  RECORD,
  type Variables,
} from '../support/delivery-project';
import { sayVersion, withObject } from '../support/delivery-tampering';

import { pathWithout } from '../support/path-without';
import { KUBERNETES_BEFORE } from '../support/small-fleet';

/** What a shell, YAML, awk, jq or sed would stumble over, if they read it as theirs. */
const HOSTILE = `it's "quoted" $(touch pwned) \`touch pwned\` $HOME & | ; \\n %s {{ . }}`;
const LINES = 'one\n---\n  two: $(touch pwned)\n\nNo changes need to be applied';
const HOSTILE_NAMES = {
  quotes: `a'b"c`,
  'a command': '$(touch pwned).example.com',
  backticks: '`touch pwned`',
  'a newline': 'a.example.com\nb',
  'a path': '../other',
  'an option': '--help',
  blanks: 'a b',
};

let project: DeliveryProject;
let pipeline: DeliveryPipeline;
beforeAll(async () => {
  project = await DeliveryProject.start({
    nodes: {
      nodes: {
        nodeLabels: { 'acme.example/note': HOSTILE },
        cloudLabels: { note: HOSTILE, lines: LINES },
      },
    },
  });
  pipeline = project.pipeline();
});
afterAll(async () => {
  // Whatever was tried here, nothing in it has been run, and no run has left a thing behind.
  const { ground } = project;
  const folders = [pipeline.folder, ground.home, ground.temporary];
  await ground.stop();
  expect(folders.filter((folder) => fs.existsSync(path.join(folder, 'pwned')))).toEqual([]);
  expect(fs.readdirSync(ground.temporary)).toEqual([]);
});

/** Runs what must end with exit code 1 and these in the log, nothing being written to store or cloud. */
async function refuses(
  command: Command,
  messages: readonly string[],
  variables?: Variables,
): Promise<string> {
  project.ground.chronicle.clear();
  const { code, output } = await pipeline.run(command, variables);
  for (const message of messages) expect(output).toContain(message);
  expect({ code, writes: project.ground.writes() }).toEqual({ code: 1, writes: [] });
  return output;
}

/** Has another text in a file of the working tree for as long as something runs. */
async function withFile(
  file: string,
  text: string | undefined,
  during: () => Promise<unknown>,
): Promise<void> {
  const target = path.join(pipeline.folder, file);
  const before = fs.readFileSync(target, 'utf8');
  if (text === undefined) fs.rmSync(target);
  else fs.writeFileSync(target, text);
  try {
    await during();
  } finally {
    fs.writeFileSync(target, before);
  }
}

describe('what the job is given', () => {
  test.each(Object.entries(HOSTILE_NAMES))("a cluster's name with %s", async (_name, given) => {
    await refuses('dryrun', ['KOPS_CLUSTER_NAME is no name of a cluster'], { KOPS_CLUSTER_NAME: given });
  });

  test('variables that are missing are all named at once', async () => {
    const missing = { KOPS_STATE_STORE: undefined, KOPS_VERSION: undefined };
    const messages = ['these variables are not set: KOPS_STATE_STORE KOPS_VERSION', 'pipeline.yml'];
    await refuses('update', messages, missing);
    await refuses('dryrun', ['these variables are not set: CDKOPS_MANIFEST'], { CDKOPS_MANIFEST: undefined });
  });

  test.each(['jq', 'aws', 'git', 'kops'])('an image without %s', async (tool) => {
    const PATH = pathWithout(project.ground.env.PATH ?? '', tool);
    await refuses('dryrun', [`this job's image lacks: ${tool}`, 'jobs.image', 'jobs.beforeScript'], { PATH });
  });

  test('a state store of no known kind', async () => {
    await refuses('dryrun', ['is of a kind that cdkops does not know'], {
      KOPS_STATE_STORE: 'ftp://$(touch pwned)',
    });
  });

  test('kops of another version than the cluster wants', async () => {
    const sayAgain = sayVersion(project.ground, '1.35.0');
    await refuses('update', ['this job has kops 1.35.0, the cluster wants 1.36.2', 'kopsBinary']);
    sayAgain();
  });
});

describe('the state store', () => {
  test('cannot be reached', async () => {
    const messages = ['cannot reach s3://', 'Nothing has been changed by this step'];
    await refuses('dryrun', messages, { S3_ENDPOINT: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' });
  });

  test('refuses access', async () => {
    project.ground.cloud.judge = ({ side }) => (side === 'store' ? 'deny' : 'pass');
    await refuses('update', [
      `no access to ${project.ground.store}/${RECORD}`,
      'docs/credentials.md',
      'Nothing has been changed',
    ]);
    project.ground.cloud.judge = () => 'pass';
  });

  test.each([
    ['no JSON', 'not { json', 'is no record of cdkops'],
    ['no object', '[1]', 'is no record of cdkops'],
    ['nothing', '', 'is no record of cdkops'],
    ['two in one', '{"format":1}\n{"format":1}', 'is no record of cdkops'],
    ['a deletion that is none', '{"format":1,"deleted":false}', 'is no record of cdkops'],
    ['a roll-out that is none', '{"format":1,"inProgress":false}', 'is no record of cdkops'],
    ['another shape', '{"format":1,"rollOuts":"x"}', 'is no record of cdkops'],
    ['a newer format', '{"format":2}', 'was written by a newer cdkops'],
    ['a commit that is an option', inProgressOf('--help'), 'names a commit that is none'],
    ['a commit that is a command', inProgressOf('$(touch pwned)'), 'names a commit that is none'],
    ['a commit that is blank', inProgressOf(' '), 'names a commit that is none'],
  ])('has a record that is %s', async (_name, text, message) => {
    await withObject(project.ground, RECORD, text, async () => {
      for (const command of ['dryrun', 'update'] as const) await refuses(command, [RECORD, message]);
    });
  });

  test('was last changed by a newer kops, until that is acknowledged', async () => {
    await withObject(project.ground, `${CLUSTER}/kops-version.txt`, '1.37.1', async () => {
      await refuses('dryrun', ['kops 1.36.2 is older than 1.37.1', "acknowledge: ['kops-downgrade']"]);
      expect(await pipeline.run('dryrun', { CDKOPS_ACKNOWLEDGE: 'kops-downgrade' })).toMatchObject({
        code: 0,
      });
    });
  });
});

describe('labels with all that could be interpreted', () => {
  test('stand in the plan as they are, and nothing of them is run', async () => {
    const printed = await pipeline.succeeds('dryrun');
    expect(printed).toContain(`note: ${HOSTILE}`);
    expect(printed).toContain(`lines: ${LINES.replaceAll('\n', '\\n')}`);
    // None of it is read as a part of the plan, nor hides one.
    for (const { resource } of pipeline.plan.create) expect(resource).toMatch(/^[A-Z][A-Za-z0-9]+\//);
    expect(pipeline.plan.create.at(-1)?.resource).toMatch(/^VPC/);
  });
});

describe('the plan and the manifest', () => {
  const plan = `plans/${CLUSTER}/plan.json`;

  test.each([
    ['missing', () => undefined, ['there is no plan', `run dryrun:${CLUSTER} again`]],
    ['damaged', (text: string) => text.slice(0, 300), [`is no plan for ${CLUSTER}`]],
    [
      'of another commit',
      (text: string) => edited(text, { commit: 'f'.repeat(40) }),
      ['the plan is of another commit'],
    ],
    [
      'of another cluster',
      (text: string) => edited(text, { cluster: 'other.example.com' }),
      ['is no plan for'],
    ],
    [
      'of another kops',
      (text: string) => edited(text, { kops: '1.36.1' }),
      ['the plan was made by kops 1.36.1, this job has 1.36.2'],
    ],
  ])('a plan that is %s', async (_name, edit, messages) => {
    const text = fs.readFileSync(path.join(pipeline.folder, plan), 'utf8');
    await withFile(plan, edit(text), () => refuses('update', messages));
  });

  test('a manifest that was changed by hand, or is missing', async () => {
    const manifest = `clusters/${CLUSTER}/kops.yaml`;
    const text = fs.readFileSync(path.join(pipeline.folder, manifest), 'utf8');
    const byHand = text.replace('maxSize: 2', 'maxSize: 3');
    await withFile(manifest, byHand, () => refuses('update', ['it was changed by hand', 'npx projen synth']));
    await withFile(manifest, undefined, () =>
      refuses('dryrun', [`there is no manifest ${manifest}`, 'npx projen synth']),
    );
  });

  test('a deploy freeze stops what changes, and no plan', async () => {
    for (const command of ['update', 'roll'] as const) {
      await refuses(command, ['this project has a deploy freeze', 'Nothing has been changed'], {
        CI_DEPLOY_FREEZE: 'true',
      });
    }
  });

  test('another branch changes nothing', async () => {
    await refuses('update', ['runs on the default branch only'], { CI_COMMIT_BRANCH: 'topic' });
  });
});

describe('a cluster on its way', () => {
  test('update stops where the cloud refuses, and goes on, run again', async () => {
    project.ground.cloud.judge = ({ verb }) => (verb === 'CreateLaunchTemplate' ? 'deny' : 'pass');
    // kops itself tries again for ten minutes: the job is killed long before.
    const run = pipeline.start('update');
    await run.hasPrinted('Tasks: ');
    await run.hasPrinted(/UnauthorizedOperation|AccessDenied/);
    run.kill();
    await run.finished;
    // What is killed cannot tidy up: on a runner its container goes.
    for (const left of fs.readdirSync(project.ground.temporary)) {
      fs.rmSync(path.join(project.ground.temporary, left), { recursive: true });
    }
    project.ground.cloud.judge = () => 'pass';
    expect((await project.record())?.inProgress?.commit).toBe(pipeline.commit);
    expect(await pipeline.succeeds('update')).toContain('This job was cut off before');
  });

  test('roll fails while the cluster is not valid or its API is gone: it stays in progress', async () => {
    const soon = { CDKOPS_VALIDATE_FLAGS: '--wait=2s --interval=1s' };
    const { kubernetes } = project.ground;
    kubernetes.ready = false;
    await refuses(
      'roll',
      [`${CLUSTER} is not valid`, 'run this job again', 'until then this roll-out is in progress'],
      soon,
    );
    await refuses('rolled', ['this roll-out has not been validated', `Start roll:${CLUSTER}.`]);
    kubernetes.ready = true;
    await kubernetes.stop();
    await refuses('roll', ['connection refused', `${CLUSTER} is not valid`], soon);
    await kubernetes.start();
    expect((await project.record())?.inProgress).toBeDefined();
    await pipeline.succeeds('roll', 'rolled');
    expect((await project.record())?.inProgress).toBeUndefined();
  });

  test('a step back of Kubernetes, or a minor left out, until it is acknowledged', async () => {
    const config = `${CLUSTER}/config`;
    const live = await project.ground.storeObject(config);
    const left = live.replace('kubernetesVersion: 1.35.5', 'kubernetesVersion: 1.33.4');
    await withObject(project.ground, config, left, async () => {
      const messages = [
        'Kubernetes 1.33.4 -> 1.35.5 leaves a minor version out',
        'Take 1.34 first',
        "['kubernetes-skip']",
      ];
      await refuses('dryrun', messages);
      expect(await pipeline.run('dryrun', { CDKOPS_ACKNOWLEDGE: 'kubernetes-skip' })).toMatchObject({
        code: 0,
      });
    });
    pipeline = project.push({ kubernetesVersion: KUBERNETES_BEFORE });
    await refuses('dryrun', ['Kubernetes 1.35.5 -> 1.34.8 is a step back', "['kubernetes-downgrade']"]);
    expect(await pipeline.run('dryrun', { CDKOPS_ACKNOWLEDGE: 'kubernetes-downgrade' })).toMatchObject({
      code: 0,
    });
  });
});

function inProgressOf(commit: string): string {
  return JSON.stringify({ format: 1, inProgress: { commit, pipeline: { id: '1' }, kubernetes: {} } });
}

function edited(plan: string, fields: object): string {
  return JSON.stringify({ ...JSON.parse(plan), ...fields });
}
