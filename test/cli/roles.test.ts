import { parseRemote } from '../../src/cli/gitlab-project';
import { Project } from './support/project';
import { Repository } from './support/repository';

afterAll(() => Project.removeAll());

const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const credentials = (aws: object) => `credentials: ${JSON.stringify({ aws })}`;
const AWS = { planRole: arn('plan'), changeRole: arn('change') };
/** Whatever this machine's own job says. */
const env = { CI_SERVER_URL: '', CI_PROJECT_PATH: '', CI_DEFAULT_BRANCH: '' };
const PROJECT = [
  '--gitlab-url',
  'https://gitlab.example.com',
  '--project',
  'acme/clusters',
  '--branch',
  'main',
];

interface Wave {
  readonly props: string;
  readonly clusters: readonly string[];
}

/** The file of a fleet of waves. */
function fleet(...waves: readonly Wave[]): string {
  return [
    "import { Cluster, Fleet, StateStore, Wave } from 'cdkops';",
    "export const fleet = new Fleet({ stateStore: StateStore.s3('state'), kops: '1.36.2', kubernetesVersion: '1.35.5' });",
    ...waves.flatMap(({ props, clusters }, index) => [
      `const wave${index} = new Wave(fleet, 'wave${index}', { ${props} });`,
      ...clusters.map((name) => `new Cluster(wave${index}, '${name}', { zones: ['eu-central-1a'] });`),
    ]),
  ].join('\n');
}

async function roles(project: Project, ...args: readonly string[]) {
  const result = await project.cdkops(['roles', '--json', ...PROJECT, ...args], { env });
  return { ...result, roles: result.stdout === '' ? [] : JSON.parse(result.stdout).roles };
}

test('prints for each role what it can do, who may take it, and its policies', async () => {
  const props = credentials({ ...AWS, readRole: arn('read') });
  const project = new Project(fleet({ props, clusters: ['a.k8s.local'] }));
  const state = project.state();
  const { code, stdout, stderr } = await project.cdkops(['roles', ...PROJECT], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [plan = '', change = '', read = ''] = stdout.split(/^(?=arn:)/m);
  expect(plan).toContain(arn('plan'));
  expect(plan).toContain('kOps reads the private keys');
  expect(plan).toContain("an administrator's role");
  expect(plan).toContain('jobs of any branch of acme/clusters');
  expect(change).toContain('administrator of the account');
  expect(change).toContain(
    'jobs of the branch main of acme/clusters at https://gitlab.example.com, which must be protected',
  );
  expect(read).toContain('reads no key');
  for (const part of [plan, change, read]) {
    const [, trust = '', permissions = ''] = part.split(/^(?:Trust|Permission) policy\n/m);
    expect(JSON.parse(trust).Statement[0].Action).toBe('sts:AssumeRoleWithWebIdentity');
    expect(JSON.parse(permissions).Version).toBe('2012-10-17');
    expect(part).toContain('Clusters: a.k8s.local\n');
  }
  expect(project.state()).toEqual(state);
});

test('a plan role is trusted on the default branch alone where merge requests do not plan', async () => {
  const project = new Project(
    fleet(
      { props: credentials(AWS), clusters: ['dev.k8s.local'] },
      {
        props: `plansInMergeRequests: false, ${credentials({ planRole: arn('prod-plan'), changeRole: arn('prod') })}`,
        clusters: ['eu.k8s.local', 'us.k8s.local'],
      },
    ),
  );
  const { roles: all } = await roles(project);
  expect(
    all.map(({ arn, anyBranch, clusters }: { [name: string]: unknown }) => [arn, anyBranch, clusters]),
  ).toEqual([
    [arn('plan'), true, ['dev.k8s.local']],
    [arn('change'), false, ['dev.k8s.local']],
    [arn('prod-plan'), false, ['eu.k8s.local', 'us.k8s.local']],
    [arn('prod'), false, ['eu.k8s.local', 'us.k8s.local']],
  ]);
  const subject = (index: number, operator: string) =>
    all[index].trust.Statement[0].Condition[operator]['gitlab.example.com:sub'];
  expect(subject(0, 'StringLike')).toBe('project_path:acme/clusters:ref_type:branch:ref:*');
  expect(subject(2, 'StringEquals')).toBe('project_path:acme/clusters:ref_type:branch:ref:main');
  expect(JSON.stringify(all[0].permissions)).not.toContain('eu.k8s.local');
  // Of one cluster: the roles that it uses.
  expect((await roles(project, 'us.k8s.local')).roles.map((role: { arn: string }) => role.arn)).toEqual([
    arn('prod-plan'),
    arn('prod'),
  ]);
});

test.each([
  [
    'one plan role for clusters that plan in merge requests and for others',
    [
      { props: credentials(AWS), clusters: ['dev.k8s.local'] },
      { props: `plansInMergeRequests: false, ${credentials(AWS)}`, clusters: ['prod.k8s.local'] },
    ],
    'could read the keys of both',
  ],
  [
    'one role to plan and to change',
    [{ props: credentials({ planRole: arn('plan'), changeRole: arn('plan') }), clusters: ['dev.k8s.local'] }],
    'Give the plan a role of its own',
  ],
  [
    'one role to read and to plan',
    [{ props: credentials({ ...AWS, readRole: arn('plan') }), clusters: ['dev.k8s.local'] }],
    'give reading a role of its own',
  ],
] as const)('warns of %s', async (_, waves, message) => {
  const { code, stderr, roles: all } = await roles(new Project(fleet(...waves)));
  expect(code).toBe(0);
  expect(stderr).toContain(`warning ${arn('plan')}: `);
  expect(stderr).toContain(message);
  if (!message.includes('reading')) expect(all[0].anyBranch).toBe(false);
});

test('other stores than those of S3 at AWS have their own ways', async () => {
  const props = `stateStore: StateStore.s3('x', { endpoint: 'https://s3.example.com' }), ${credentials(AWS)}`;
  const { code, stdout, stderr } = await roles(new Project(fleet({ props, clusters: ['a.k8s.local'] })));
  expect({ code, roles: JSON.parse(stdout).roles }).toEqual({ code: 0, roles: [] });
  expect(stderr).toContain(
    'warning a.k8s.local keeps its state in s3://x at https://s3.example.com, which no role of AWS opens',
  );
});

test.each([
  {
    of: 'the fleet',
    fleetProps: "plansInMergeRequests: 'false' as any,",
    message: 'plansInMergeRequests: expected true or false, got the string "false"',
  },
  { of: 'the fleet', fleetProps: 'credentials: {} as any,', message: 'credentials.aws: is missing' },
  { of: 'a wave', waveProps: "plansInMergeRequests: 'no' as any,", message: 'expected true or false' },
  {
    of: 'a cluster',
    more: 'Delivery.of(fleet.waves[0].clusters[0]).set({ credentials: {} as any });',
    message: 'credentials.aws: is missing',
  },
])('answers nothing where synth refuses $of: $message', async (refused) => {
  const { fleetProps = '', waveProps = '', more = '', message } = refused;
  const text = fleet({ props: `${waveProps} ${credentials(AWS)}`, clusters: ['a.k8s.local'] });
  const project = new Project(
    `import { Delivery } from 'cdkops';\n${text.replace('new Fleet({', `new Fleet({ ${fleetProps}`)}\n${more}`,
  );
  const { code, stdout, stderr } = await roles(project);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^(?:error \[.*\n)+$/);
  expect(stderr).toContain(message);
});

test('says of which clusters there are no roles: others may have some', async () => {
  const project = new Project(
    fleet(
      { props: credentials(AWS), clusters: ['a.k8s.local'] },
      { props: '', clusters: ['b.k8s.local', 'c.k8s.local'] },
    ),
  );
  const one = await roles(project, 'b.k8s.local');
  expect(one.code).toBe(1);
  expect(one.stderr).toMatch(
    /^error b\.k8s\.local names no roles of AWS: give the cluster or its wave credentials: /,
  );
  const two = await roles(project, 'b.k8s.local', 'c.k8s.local');
  expect(two.stderr).toMatch(/^error b\.k8s\.local, c\.k8s\.local name no roles of AWS: /);
});

test('fails with a message where there are no roles, no such cluster, no project', async () => {
  const none = new Project(fleet({ props: '', clusters: ['a.k8s.local'] }));
  expect(await roles(none)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no cluster names roles of AWS'),
  });
  const project = new Project(fleet({ props: credentials(AWS), clusters: ['a.k8s.local'] }));
  expect((await roles(project, 'b.k8s.local')).stderr).toContain(
    'the fleet has no cluster "b.k8s.local"; did you mean',
  );
  const unknown = await project.cdkops(['roles'], { env });
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toContain('--gitlab-url: expected the address of GitLab');
  const wrong = await project.cdkops(['roles', ...PROJECT, '--project', 'acme/*'], { env });
  expect(wrong.stderr).toBe(
    'error --project: expected the project\'s path in GitLab, such as group/project, got "acme/*"\n',
  );
});

test("knows the project by git's remote, or by the job", async () => {
  const project = new Repository(fleet({ props: credentials(AWS), clusters: ['a.k8s.local'] }));
  project.git('remote', 'add', 'origin', 'git@gitlab.example.com:acme/clusters.git');
  const known = async (more: object) =>
    JSON.parse((await project.cdkops(['roles', '--json'], { env: { ...env, ...more } })).stdout).project;
  expect(await known({})).toEqual({
    url: 'https://gitlab.example.com',
    path: 'acme/clusters',
    branch: 'main',
  });
  const job = {
    CI_SERVER_URL: 'https://other.example.com',
    CI_PROJECT_PATH: 'x/y',
    CI_DEFAULT_BRANCH: 'trunk',
  };
  expect(await known(job)).toEqual({ url: 'https://other.example.com', path: 'x/y', branch: 'trunk' });
});

test.each([
  ['https://gitlab.example.com/a/b.git', 'https://gitlab.example.com', 'a/b'],
  ['https://user:token@gitlab.example.com:8443/a/b/c', 'https://gitlab.example.com:8443', 'a/b/c'],
  ['http://localhost:8080/a/b.git/', 'http://localhost:8080', 'a/b'],
  ['ssh://git@gitlab.example.com:2222/a/b.git', 'https://gitlab.example.com', 'a/b'],
  ['git@gitlab.example.com:a/b.git', 'https://gitlab.example.com', 'a/b'],
  ['gitlab.example.com:/a/b', 'https://gitlab.example.com', 'a/b'],
  ['/srv/git/b.git', undefined, undefined],
  ['', undefined, undefined],
])('the remote %j', (remote, url, path) => {
  expect(parseRemote(remote)).toEqual(url === undefined ? {} : { url, path });
});

test('--help has examples', async () => {
  const { code, stdout } = await new Project().cdkops(['roles', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('Examples:\n  npx cdkops roles ');
});
