import { type PolicyStatement, permissionPolicy } from '../../src/delivery/aws-policies';
import { type Trust, trustPolicy } from '../../src/delivery/aws-trust';
import type { CredentialPurpose } from '../../src/delivery/credentials';

const STORE = { bucket: 'state', folder: 'k8s', clusters: ['a.example', 'b.example'] };

function statements(purposes: readonly CredentialPurpose[], store = STORE, partition = 'aws') {
  const reach = { partition, stores: [store], elsewhere: [{ bucket: 'keys', folder: 'oidc' }] };
  return new Map(permissionPolicy(purposes, reach).Statement.map((one) => [one.Sid, one]));
}

const actions = (all: ReadonlyMap<string, PolicyStatement>) =>
  [...all.values()].flatMap(({ Action }) => Action);

/** Actions that change something, by the names that AWS gives them. */
const CHANGES = /:(?:\*|(?:Put|Delete|Create|Update|Attach|Modify|Add|Set|Run|Terminate|Pass|Tag)\w*\*?)$/;

test('to read: manifests and records of the clusters, and no key', () => {
  const all = statements(['read']);
  expect(actions(all)).not.toContainEqual(expect.stringMatching(CHANGES));
  expect(all.get('ReadManifests')).toEqual({
    Sid: 'ReadManifests',
    Effect: 'Allow',
    Action: ['s3:GetObject'],
    Resource: [
      'arn:aws:s3:::state/k8s/a.example/config',
      'arn:aws:s3:::state/k8s/a.example/instancegroup/*',
      'arn:aws:s3:::state/k8s/a.example/clusteraddons/*',
      'arn:aws:s3:::state/k8s/b.example/config',
      'arn:aws:s3:::state/k8s/b.example/instancegroup/*',
      'arn:aws:s3:::state/k8s/b.example/clusteraddons/*',
    ],
  });
  expect(all.get('ReadRecords')?.Resource).toEqual(['arn:aws:s3:::state/k8s/cdkops/*']);
  expect([...all.keys()]).toEqual(['FindFiles', 'ReadManifests', 'ReadRecords']);
});

test('to plan: all state of the clusters, no other cluster, and no change of anything', () => {
  const all = statements(['plan']);
  expect(actions(all)).not.toContainEqual(expect.stringMatching(CHANGES));
  expect(all.get('ReadState')?.Resource).toEqual([
    'arn:aws:s3:::state/k8s/a.example/*',
    'arn:aws:s3:::state/k8s/b.example/*',
    'arn:aws:s3:::keys/oidc/*',
  ]);
  expect(all.get('FindFiles')).toMatchObject({
    Action: expect.arrayContaining(['s3:ListBucket', 's3:GetBucketLocation']),
    Resource: ['arn:aws:s3:::state', 'arn:aws:s3:::keys'],
  });
  expect(all.get('DescribeCloud')?.Action).toEqual(
    expect.arrayContaining([
      'ec2:Describe*',
      'autoscaling:Describe*',
      'iam:GetRole',
      'route53:ListHostedZones',
    ]),
  );
});

test('to change: the services that kOps asks for, the clusters and their own records', () => {
  const all = statements(['change']);
  expect(all.get('ChangeCloud')?.Action).toEqual(
    expect.arrayContaining(['ec2:*', 'iam:*', 'sqs:*', 'events:*']),
  );
  expect(all.get('ChangeState')?.Resource).toContain('arn:aws:s3:::state/k8s/a.example/*');
  expect(all.get('ChangeRecords')).toMatchObject({
    Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    Resource: expect.arrayContaining([
      'arn:aws:s3:::state/k8s/cdkops/a.example.json',
      'arn:aws:s3:::state/k8s/cdkops/a.example/*',
    ]),
  });
});

test('a role of several purposes has the strongest', () => {
  expect(statements(['plan', 'change', 'read'])).toEqual(statements(['change']));
  expect(statements(['plan', 'read'])).toEqual(statements(['plan']));
});

test('clusters too many to name: the whole store, in a policy that AWS takes', () => {
  const clusters = Array.from({ length: 300 }, (_, index) => `cluster-${index}.k8s.example.com`);
  for (const purpose of ['plan', 'change', 'read'] as const) {
    const all = statements([purpose], { ...STORE, clusters });
    expect(JSON.stringify([...all.values()]).length).toBeLessThan(6_144);
  }
  expect(statements(['plan'], { ...STORE, clusters }).get('ReadState')?.Resource?.[0]).toBe(
    'arn:aws:s3:::state/k8s/*/*',
  );
});

test('the partition and a store without a folder', () => {
  const all = statements(['plan'], { ...STORE, folder: '', clusters: ['a'] }, 'aws-cn');
  expect(all.get('ReadState')?.Resource?.[0]).toBe('arn:aws-cn:s3:::state/a/*');
  expect(all.get('FindImages')?.Resource).toEqual(['arn:aws-cn:ssm:*::parameter/aws/service/*']);
});

describe('trust', () => {
  const trust: Trust = {
    role: { partition: 'aws', account: '123456789012', name: 'plan' },
    project: { url: 'https://gitlab.example.com', path: 'acme/sub/clusters', branch: 'main' },
    audience: '$CI_SERVER_URL',
    anyBranch: false,
  };

  test('the default branch of one project', () => {
    expect(trustPolicy(trust)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'JobsOfTheProject',
          Effect: 'Allow',
          Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.example.com' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'gitlab.example.com:aud': 'https://gitlab.example.com',
              'gitlab.example.com:sub': 'project_path:acme/sub/clusters:ref_type:branch:ref:main',
            },
          },
        },
      ],
    });
  });

  test('any branch of it, and no tag', () => {
    expect(trustPolicy({ ...trust, anyBranch: true }).Statement[0]?.Condition).toEqual({
      StringEquals: { 'gitlab.example.com:aud': 'https://gitlab.example.com' },
      StringLike: { 'gitlab.example.com:sub': 'project_path:acme/sub/clusters:ref_type:branch:ref:*' },
    });
  });

  test('a GitLab below a path', () => {
    const project = { ...trust.project, url: 'https://example.com/gitlab' };
    const [statement] = trustPolicy({ ...trust, project }).Statement;
    expect(statement?.Principal?.Federated).toBe(
      'arn:aws:iam::123456789012:oidc-provider/example.com/gitlab',
    );
    expect(statement?.Condition?.StringEquals).toHaveProperty(['example.com/gitlab:aud'], project.url);
  });

  test.each([
    ['sts.amazonaws.com', 'sts.amazonaws.com'],
    [`https://\${CI_SERVER_HOST}`, 'https://gitlab.example.com'],
    ['$CI_SERVER_URL/kops', 'https://gitlab.example.com/kops'],
  ])('an audience: %s', (audience, expected) => {
    const equals = trustPolicy({ ...trust, audience }).Statement[0]?.Condition?.StringEquals;
    expect(equals).toHaveProperty(['gitlab.example.com:aud'], expected);
  });

  test('an audience that only GitLab knows', () => {
    expect(() => trustPolicy({ ...trust, audience: '$CI_PROJECT_ID' })).toThrow(
      'the audience "$CI_PROJECT_ID" has $CI_PROJECT_ID, which only GitLab knows',
    );
  });
});
