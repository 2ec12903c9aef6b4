import type { CredentialPurpose } from './credentials';

/** One permission of a policy. */
export interface PolicyStatement {
  /** Letters and digits; what it is for. */
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal?: { readonly Federated: string };
  readonly Action: string | readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * A policy as AWS's IAM takes it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** A folder in S3. */
export interface S3Folder {
  readonly bucket: string;
  /** Names with slashes between them; empty for the whole bucket. */
  readonly folder: string;
}

/** Clusters that keep their state in one store: each in the folder of its name. */
export interface S3Store extends S3Folder {
  readonly clusters: readonly string[];
}

/** What a role is to reach. */
export interface AwsReach {
  /** `aws`, `aws-cn`… */
  readonly partition: string;
  readonly stores: readonly S3Store[];
  /** Where else kOps keeps files of the clusters: what they publish of their service accounts, keys. */
  readonly elsewhere: readonly S3Folder[];
}

/**
 * What kOps reads of a cloud to tell what it would change, by `util/pkg/awsinterfaces` of kOps 1.36. Of parameters only
 * those that AWS publishes: `ssm:` images.
 * @see https://github.com/kubernetes/kops/tree/v1.36.2/util/pkg/awsinterfaces
 */
const DESCRIBE: readonly string[] = [
  'autoscaling:Describe*',
  'ec2:Describe*',
  'ec2:GetInstanceTypesFromInstanceRequirements',
  'elasticloadbalancing:Describe*',
  'events:ListRules',
  'events:ListTagsForResource',
  'events:ListTargetsByRule',
  'iam:GetInstanceProfile',
  'iam:GetOpenIDConnectProvider',
  'iam:GetRole',
  'iam:GetRolePolicy',
  'iam:ListAttachedRolePolicies',
  'iam:ListInstanceProfiles',
  'iam:ListOpenIDConnectProviders',
  'iam:ListRolePolicies',
  'iam:ListRoles',
  'route53:GetHostedZone',
  'route53:ListHostedZones',
  'route53:ListHostedZonesByName',
  'route53:ListResourceRecordSets',
  'sqs:GetQueueAttributes',
  'sqs:ListQueues',
  'sqs:ListQueueTags',
];

/**
 * The services of which kOps asks full access for whoever runs it; S3 apart, where its folders are known.
 * @see https://kops.sigs.k8s.io/getting_started/aws/
 */
const CHANGE: readonly string[] = [
  'autoscaling:*',
  'ec2:*',
  'elasticloadbalancing:*',
  'events:*',
  'iam:*',
  'route53:*',
  'sqs:*',
];

/** A policy that names more clusters than this would not fit into what AWS allows. */
const MOST_CLUSTERS = 20;

/** What a role may do that serves these purposes. */
export function permissionPolicy(purposes: readonly CredentialPurpose[], reach: AwsReach): PolicyDocument {
  // What may change may read, and what plans reads more than what only reads.
  const statements = purposes.includes('change')
    ? changeStatements(reach)
    : purposes.includes('plan')
      ? planStatements(reach)
      : readStatements(reach);
  return { Version: '2012-10-17', Statement: statements };
}

/** Manifests and records, and no key. */
function readStatements(reach: AwsReach): PolicyStatement[] {
  const manifests = clusterFolders(reach).flatMap((folder) => [
    `${folder}/config`,
    `${folder}/instancegroup/*`,
    `${folder}/clusteraddons/*`,
  ]);
  return [
    findFiles(reach),
    allow('ReadManifests', ['s3:GetObject'], manifests),
    allow('ReadRecords', ['s3:GetObject'], records(reach)),
  ];
}

/** All of the clusters' state, keys included, and what the cloud is like. */
function planStatements(reach: AwsReach): PolicyStatement[] {
  return [
    findFiles(reach),
    allow('ReadState', ['s3:GetObject', 's3:GetObjectAcl'], stateFiles(reach)),
    allow('ReadRecords', ['s3:GetObject'], records(reach)),
    allow('DescribeCloud', DESCRIBE, ['*']),
    findImages(reach),
  ];
}

/** The same, and changes. */
function changeStatements(reach: AwsReach): PolicyStatement[] {
  const changes = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
  const more = ['s3:GetObjectAcl', 's3:PutObjectAcl', 's3:DeleteObjectVersion'];
  return [
    findFiles(reach, ['s3:ListBucketVersions']),
    allow('ChangeState', [...changes, ...more], stateFiles(reach)),
    allow('ReadRecords', ['s3:GetObject'], records(reach)),
    allow('ChangeRecords', changes, ownRecords(reach)),
    allow('ChangeCloud', CHANGE, ['*']),
    findImages(reach),
  ];
}

/**
 * Without a condition on the prefix: to those whom S3 does not let list a bucket it says "denied" of every file that is
 * not there, and a new cluster has none yet.
 */
function findFiles(reach: AwsReach, more: readonly string[] = []): PolicyStatement {
  const buckets = [...reach.stores, ...reach.elsewhere].map(({ bucket }) => s3Arn(reach, bucket));
  const actions = ['s3:GetBucketLocation', 's3:GetBucketPolicyStatus', 's3:GetEncryptionConfiguration'];
  return allow('FindFiles', [...actions, 's3:ListBucket', ...more], buckets);
}

function findImages({ partition }: AwsReach): PolicyStatement {
  return allow('FindImages', ['ssm:GetParameter'], [`arn:${partition}:ssm:*::parameter/aws/service/*`]);
}

/** Folders of the clusters; where there are too many to name, whatever lies in the store. */
function clusterFolders(reach: AwsReach): string[] {
  return reach.stores.flatMap(({ bucket, folder, clusters }) => {
    const names = clusters.length > MOST_CLUSTERS ? ['*'] : clusters;
    return names.map((name) => s3Arn(reach, bucket, folder, name));
  });
}

function stateFiles(reach: AwsReach): string[] {
  const elsewhere = reach.elsewhere.map(({ bucket, folder }) => s3Arn(reach, bucket, folder));
  return [...clusterFolders(reach), ...elsewhere].map((folder) => `${folder}/*`);
}

function records(reach: AwsReach): string[] {
  return reach.stores.map(({ bucket, folder }) => s3Arn(reach, bucket, folder, 'cdkops/*'));
}

/** The records of the clusters alone; where there are too many to name, all of the store. */
function ownRecords(reach: AwsReach): string[] {
  return reach.stores.flatMap(({ bucket, folder, clusters }) => {
    const names =
      clusters.length > MOST_CLUSTERS ? ['*'] : clusters.flatMap((name) => [`${name}.json`, `${name}/*`]);
    return names.map((name) => s3Arn(reach, bucket, folder, 'cdkops', name));
  });
}

function s3Arn({ partition }: AwsReach, ...parts: readonly string[]): string {
  return `arn:${partition}:s3:::${parts.filter((part) => part !== '').join('/')}`;
}

function allow(Sid: string, Action: readonly string[], resources: readonly string[]): PolicyStatement {
  return { Sid, Effect: 'Allow', Action, Resource: [...new Set(resources)] };
}
