import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { fleetText, Project } from './support/project';
import { Repository } from './support/repository';

afterAll(() => Project.removeAll());

const A = 'a.k8s.local';
const B = 'b.k8s.local';

function changed(): Repository {
  const project = new Repository();
  project.manifest(A, 1);
  project.manifest(B, 1);
  project.commit();
  project.manifest(A, 3);
  return project;
}

test('tells what is not committed yet, and writes nothing', async () => {
  const project = changed();
  const state = project.state();
  expect(await project.cdkops(['diff'])).toEqual({
    code: 0,
    stdout: [
      A,
      '  no restart',
      '  ~ InstanceGroup nodes (no restart: the Auto Scaling group is changed in place)',
      '    ~ spec.maxSize  1 → 3',
      '',
      '1 cluster differs from HEAD',
      '',
    ].join('\n'),
    stderr: '',
  });
  expect(project.state()).toEqual(state);
});

test('--against a branch, a tag or a commit; also for clusters that came and went', async () => {
  const project = changed();
  const first = project.git('rev-parse', 'HEAD');
  project.git('tag', 'v1');
  fs.rmSync(project.path(`clusters/${B}`), { recursive: true });
  project.manifest('c.k8s.local', 1);
  project.commit();
  expect((await project.cdkops(['diff'])).stdout).toBe('no cluster differs from HEAD\n');
  for (const ref of ['v1', 'main~1', first, first.slice(0, 9)]) {
    const { stdout } = await project.cdkops(['diff', '--against', ref]);
    expect(stdout).toContain('  ~ InstanceGroup nodes (no restart: ');
    expect(stdout).toContain(
      `${B} (gone)\n  - Cluster (the cluster runs on: only the deletion of a cluster deletes it)\n  - InstanceGroup nodes\n`,
    );
    expect(stdout).toContain('c.k8s.local (new)\n  + Cluster\n  + InstanceGroup nodes\n');
  }
});

test('comments, order and line ends of the YAML do not count', async () => {
  const project = changed();
  const file = `clusters/${A}/kops.yaml`;
  project.commit();
  project.write(file, project.read(file).replace('# Generated', '# Another').replaceAll('\n', '\r\n'));
  expect((await project.cdkops(['diff', '--fail'])).code).toBe(0);
});

test('--fail, --json, --markdown', async () => {
  const project = changed();
  expect((await project.cdkops(['diff', '--fail'])).code).toBe(100);
  expect((await project.cdkops(['diff', '--fail', B])).code).toBe(0);
  const { stdout } = await project.cdkops(['diff', '--json']);
  expect(JSON.parse(stdout)).toEqual({
    against: 'committed',
    clusters: [
      {
        cluster: A,
        fate: 'changed',
        objects: [
          {
            kind: 'InstanceGroup',
            name: 'nodes',
            fate: 'changed',
            changes: [
              {
                field: 'spec.maxSize',
                from: 1,
                to: 3,
                effect: 'no-restart',
                why: 'the Auto Scaling group is changed in place',
              },
            ],
          },
        ],
        effects: {
          summary: 'no restart',
          worst: 'no-restart',
          controlPlane: false,
          groups: [],
          allGroups: false,
          newGroups: [],
          goneGroups: [],
          fields: { 'no-restart': ['InstanceGroup nodes spec.maxSize'] },
        },
      },
    ],
    files: [],
    problems: [],
    warnings: [],
  });
  expect((await project.cdkops(['diff', '--markdown'])).stdout).toContain(
    '| `spec.maxSize` | `1` | `3` | no restart: ',
  );
  expect((await project.cdkops(['diff', '--markdown', '--json'])).code).toBe(2);
});

test('bytes that are no UTF-8 are told apart', async () => {
  const project = new Repository();
  const manifest = (byte: number) =>
    Buffer.concat([
      Buffer.from('kind: Cluster\nmetadata: {name: a}\nspec: {x: é\ufffd'),
      Buffer.from([byte]),
      Buffer.from('}\n'),
    ]);
  const file = `clusters/${A}/kops.yaml`;
  project.write(file, '');
  fs.writeFileSync(project.path(file), manifest(0xe8));
  project.commit();
  expect((await project.cdkops(['diff'])).stdout).toBe('no cluster differs from HEAD\n');
  fs.writeFileSync(project.path(file), manifest(0xe9));
  expect((await project.cdkops(['diff'])).stdout).toContain(
    '~ spec.x  "é\ufffd\\udce8" → "é\ufffd\\udce9"\n',
  );
});

test('a project below the top of its repository', async () => {
  const project = new Repository();
  fs.mkdirSync(project.path('infra/clusters'), { recursive: true });
  const cwd = project.path('infra');
  project.write(`infra/clusters/${A}/kops.yaml`, 'kind: Cluster\nmetadata: {name: a}\nspec: {x: 1}\n');
  project.git('add', 'infra');
  project.commit();
  project.write(`infra/clusters/${A}/kops.yaml`, 'kind: Cluster\nmetadata: {name: a}\nspec: {x: 2}\n');
  const { stdout } = await project.cdkops(['diff'], { cwd });
  expect(stdout).toContain('~ spec.x  1 → 2\n');
});

test('a hand-written manifest, wherever it lies, and the kOps version of the jobs', async () => {
  const project = new Repository();
  const pipeline = (version: string) =>
    `.cluster:${A}:\n  variables:\n    KOPS_VERSION: "${version}"\n    CDKOPS_MANIFEST: manifests/[a].yaml\n`;
  const manifest = (x: number) => `kind: Cluster\nmetadata: {name: a}\nspec: {x: ${x}}\n`;
  project.write(`clusters/${A}/pipeline.yml`, pipeline('1.35.0'));
  project.write('manifests/[a].yaml', manifest(1));
  project.git('add', 'manifests');
  project.commit();
  project.write(`clusters/${A}/pipeline.yml`, pipeline('1.36.2'));
  project.write('manifests/[a].yaml', manifest(2));
  const { stdout } = await project.cdkops(['diff']);
  expect(stdout).toContain(
    '    ~ spec.x  1 → 2\n  ~ Jobs (rolls all machines: machines are set up by the kOps that made them)\n    ~ variables.KOPS_VERSION  1.35.0 → 1.36.2\n',
  );
});

test('tells every change of the jobs: of a cluster, of what all share, and of the script', async () => {
  const project = new Repository(fleetText([A, B], "jobs: { image: 'tools:1' }, afterRoll: ['./one.sh'],"));
  expect((await project.run('synth')).code).toBe(0);
  project.git('add', '.gitlab', '.gitlab-ci.yml');
  project.commit();
  expect((await project.cdkops(['diff', '--fail'])).code).toBe(0);
  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
  const more = [
    "import { Delivery } from 'cdkops';",
    "Delivery.of(fleet).set({ timeouts: { roll: '6h' } });",
    'Delivery.of(fleet.waves[0].clusters[0]).set({',
    `  credentials: { aws: { planRole: '${role('plan')}', changeRole: '${role('change')}' } },`,
    "  jobs: { image: 'tools:2', tags: ['prod'] }, prune: false, afterRoll: ['./one.sh', './two.sh'],",
    "  environment: { deployment_tier: 'production' },",
    '});',
  ];
  const fleet = project.read('clusters/fleet.ts');
  project.write('clusters/fleet.ts', `${fleet}\n${more.join('\n')}\n`);
  expect((await project.run('synth')).code).toBe(0);
  project.write('.gitlab/cdkops.sh', `${project.read('.gitlab/cdkops.sh')}true\n`);
  const { stdout } = await project.cdkops(['diff']);
  for (const lines of [
    '.gitlab-ci.yml\n  ~ Job .roll\n    ~ timeout  12h → 6h\n\n.gitlab/cdkops.sh\n  ~ Script\n\n',
    `${A}\n  ~ Jobs\n`,
    '    + image  tools:2\n    + tags  ["prod"]\n',
    '  - Job prune\n',
    '  ~ Job roll\n',
    '    + script  [',
    './two.sh',
    `    + variables.CDKOPS_AWS_ROLE_ARN  ${role('change')}\n`,
    '    + environment.deployment_tier  production\n',
    '1 cluster and 2 files of all clusters differ from HEAD\n',
  ]) {
    expect(stdout).toContain(lines);
  }
  expect(stdout).not.toContain('CDKOPS_MANIFEST_DIGEST');
  // Who asks for one cluster does not ask for what all share.
  expect(await project.cdkops(['diff', '--fail', B])).toMatchObject({
    code: 0,
    stdout: 'no cluster differs from HEAD\n',
  });
});

test('what cannot be read in the commit is a warning: to mend it is no error', async () => {
  const project = changed();
  project.write(`clusters/${B}/kops.yaml`, 'kind: [\n');
  project.write('clusters/c.k8s.local/pipeline.yml', 'a: [\n');
  project.commit();
  project.manifest(B, 1);
  project.manifest(A, 4);
  fs.rmSync(project.path('clusters/c.k8s.local'), { recursive: true });
  const { code, stdout, stderr } = await project.cdkops(['diff', '--against', 'main']);
  expect(code).toBe(0);
  expect(stdout).toContain('spec.maxSize  3 → 4');
  expect(stdout).toContain(`${B} (cannot be compared)\n`);
  expect(stdout).toContain('c.k8s.local (gone)\n');
  expect(stderr).toMatch(
    new RegExp(
      `^warning ${B} cannot be compared: at main clusters/${B}/kops\\.yaml:\\d+ .*\\nwarning c\\.k8s`,
    ),
  );
  const { clusters } = JSON.parse((await project.cdkops(['diff', '--json'])).stdout);
  expect(clusters).toContainEqual({ cluster: B, fate: 'incomparable', objects: [] });
  expect(stdout).toMatch(/\n2 clusters differ from main; 1 cluster cannot be compared\n$/);
  expect((await project.cdkops(['diff', '--fail', B])).code).toBe(100);
});

test('says which manifest cannot be read, and compares the others', async () => {
  const project = changed();
  project.write(`clusters/${B}/kops.yaml`, 'kind: [\n');
  const { code, stdout, stderr } = await project.cdkops(['diff', '--fail']);
  expect(code).toBe(1);
  expect(stdout).toContain('spec.maxSize  1 → 3');
  expect(stderr).toMatch(new RegExp(`^error clusters/${B}/kops\\.yaml:\\d+ `));
  const { problems } = JSON.parse((await project.cdkops(['diff', '--json'])).stdout);
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^clusters/${B}/kops\\.yaml:\\d+ `))]);
  const markdown = (await project.cdkops(['diff', '--markdown'])).stdout;
  expect(markdown).toContain(`\n\n- **Error**: clusters/${B}/kops.yaml\\:`);
});

test('no folder steers the terminal or breaks a line', async () => {
  const project = changed();
  project.write('clusters/x\n\u001b[31m.k8s.local/kops.yaml', 'kind: [\n');
  const { stderr } = await project.cdkops(['diff']);
  expect(stderr).toMatch(/^error clusters\/x\\u000a\\u001b\[31m\.k8s\.local\/kops\.yaml:\d+ .*\n$/);
});

test('a pipeline that was somebody’s own is no new one without a word', async () => {
  const project = changed();
  project.write('.gitlab-ci.yml', 'build: {script: make}\n');
  project.git('add', '.gitlab-ci.yml');
  project.commit();
  project.write('.gitlab-ci.yml', '# Generated by cdkops from x\nstages: [a]\n');
  const came = await project.cdkops(['diff']);
  expect(came.stdout).toContain('.gitlab-ci.yml (new)\n');
  expect(came.stderr).toBe("warning .gitlab-ci.yml is told as new: at HEAD it was none of cdkops's\n");
  project.git('add', '.gitlab-ci.yml');
  project.commit();
  project.write('.gitlab-ci.yml', 'build: {script: make}\n');
  const went = await project.cdkops(['diff']);
  expect(went.stderr).toBe("warning .gitlab-ci.yml is told as gone: on disk it is none of cdkops's\n");
});

describe('fails with a message where', () => {
  test('there is no such commit, cluster or ref', async () => {
    const project = changed();
    const failures = [
      [['--against', 'v9'], 'error git knows no commit "v9": git fetch may bring it'],
      [['--against', '--all'], 'error --against: expected a commit, a branch or a tag, got "--all"'],
      [['a.k8s.locl'], 'error there is no cluster "a.k8s.locl" on either side; did you mean a.k8s.local?'],
    ] as const;
    for (const [args, message] of failures) {
      const { code, stdout, stderr } = await project.cdkops(['diff', ...args]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(message);
    }
  });

  test('there is no repository, or no commit in it', async () => {
    const none = await new Project().cdkops(['diff'], { env: { GIT_CEILING_DIRECTORIES: '/' } });
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toContain('is in no git repository');
    const empty = await new Repository().cdkops(['diff']);
    expect(empty.stderr).toBe('error there is no commit yet to compare with: commit the manifests first\n');
  });

  test('the clone is shallow', async () => {
    const project = changed();
    project.commit();
    const clone = new Project();
    const target = clone.path('clone');
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${project.root}`, target]);
    const { code, stderr } = await clone.cdkops(['diff', '--against', 'HEAD~1'], { cwd: target });
    expect(code).toBe(1);
    expect(stderr).toContain('git fetch --unshallow, or in a GitLab job the variable GIT_DEPTH: "0"');
  });

  test('git is not installed', async () => {
    const project = changed();
    const { code, stderr } = await project.cdkops(['diff'], { env: { PATH: project.path('clusters') } });
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'error git is not installed\n' });
  });
});

test('--help has examples', async () => {
  const { code, stdout } = await new Project().cdkops(['diff', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('Examples:\n  npx cdkops diff ');
});

describe('a manifest that a job renders on one side', () => {
  const jobs = (variable: string) =>
    `.cluster:${A}:\n  variables:\n    KOPS_VERSION: "1.36.2"\n    CDKOPS_MANIFEST_DIGEST: "12"\n${variable}`;
  const [own, rendered] = [
    jobs(`    CDKOPS_MANIFEST: clusters/${A}/kops.yaml\n`),
    jobs('    CDKOPS_TEMPLATE_FLAGS: --template x\n'),
  ];

  test.each(['to a template', 'to a manifest'])('is no cluster that comes or goes: %s', async (way) => {
    const project = new Repository();
    const toTemplate = () => {
      fs.rmSync(project.path(`clusters/${A}/kops.yaml`), { force: true });
      project.write(`clusters/${A}/pipeline.yml`, rendered);
    };
    const toManifest = () => {
      project.manifest(A, 1);
      project.write(`clusters/${A}/pipeline.yml`, own);
    };
    const [before, after] = way === 'to a template' ? [toManifest, toTemplate] : [toTemplate, toManifest];
    before();
    project.commit();
    after();
    const { code, stdout } = await project.cdkops(['diff']);
    expect(code).toBe(0);
    expect(stdout).toContain(`${A}\n  effect not known: variables.CDKOPS_MANIFEST_DIGEST\n  ~ Jobs\n`);
    expect(stdout).toContain('effect not known: a job renders the manifest of one side from a template');
    expect(stdout).not.toMatch(/[+-] (?:Cluster|InstanceGroup)|prune/);
  });

  test('a manifest that is missing is an error on disk, and a warning in the commit', async () => {
    const project = new Repository();
    project.manifest(A, 1);
    project.write(`clusters/${A}/pipeline.yml`, own);
    project.commit();
    fs.rmSync(project.path(`clusters/${A}/kops.yaml`));
    expect(await project.cdkops(['diff'])).toEqual({
      code: 1,
      stdout: 'no cluster that could be read differs from HEAD\n',
      stderr: `error ${A}: there is no clusters/${A}/kops.yaml: run npx projen synth, or mend the path that its jobs name\n`,
    });
    project.git('commit', '--quiet', '--all', '--message', 'gone');
    expect((await project.cdkops(['diff'])).code).toBe(1);
    project.manifest(A, 1);
    const { code, stdout, stderr } = await project.cdkops(['diff']);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `warning ${A} cannot be compared: at HEAD there is no clusters/${A}/kops.yaml\n`,
    });
    expect(stdout).toContain(`${A} (cannot be compared)\n`);
  });
});
