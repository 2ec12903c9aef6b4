import { shape } from '../core';
import type { IdTokens } from '../gitlab';

/** The roles that jobs take by OIDC: no key is kept anywhere. `npx cdkops roles` prints their policies. */
export interface AwsRoles {
  /**
   * ARN of the role that plans: of `dryrun` and `drift`, and of what shows a retired cluster's end. It changes nothing,
   * but kOps reads the cluster's private keys to plan: whoever can take this role can be the cluster's administrator.
   */
  readonly planRole: string;

  /** ARN of the role that changes: of `update`, `roll`, `prune` and `delete`, on the protected default branch alone. */
  readonly changeRole: string;

  /**
   * ARN of the role that reads manifests and what cdkops has recorded, and no key: of `rolled`, which asks whether the wave
   * has been rolled out.
   * @default - the plan role
   */
  readonly readRole?: string;

  /**
   * Whom the token is meant for, as the identity provider in AWS has it.
   * @default '$CI_SERVER_URL': the URL of the GitLab instance, which GitLab's documentation uses
   * @see https://docs.gitlab.com/ci/cloud_services/aws/
   */
  readonly audience?: string;
}

/** Credentials for AWS by OIDC. */
export interface AwsCredentials {
  readonly aws: AwsRoles;
}

/**
 * Where the jobs of clusters have their credentials from. `false`: cdkops gives them none, they use what they find, CI/CD
 * variables of the project or the profile of the runner's machine.
 */
export type Credentials = AwsCredentials | false;

/** What a job does with its credentials. */
export type CredentialPurpose = 'plan' | 'change' | 'read';

/** What a job gets for its credentials. */
export interface CredentialKeywords {
  /** Variables of the job. */
  readonly variables: Readonly<Record<string, string>>;
  /** Tokens of the job, where its credentials need one. */
  readonly id_tokens?: IdTokens;
}

/** The role of an AWS account; each partition (`aws-cn`, `aws-us-gov`…) has accounts of its own. */
const ROLE_ARN =
  /^arn:(?<partition>aws(?:-[a-z]+)*):iam::(?<account>\d{12}):role\/(?:[\w+=,.@-]+\/)*(?<name>[\w+=,.@-]{1,64})$/;

/** Where GitLab says that the audience of tokens for AWS is its own address. */
export const DEFAULT_AUDIENCE = '$CI_SERVER_URL';

const roleArn: shape.Shape = {
  ...shape.text,
  expected: 'the ARN of a role',
  copy: (value: string, at, report) => {
    if (ROLE_ARN.test(value)) return value;
    report(
      at,
      `expected the ARN of a role, such as arn:aws:iam::123456789012:role/cdkops-plan, got ${JSON.stringify(value)}`,
    );
    return undefined;
  },
};

const audience: shape.Shape = {
  ...shape.text,
  copy: (value: string, at, report) => {
    if (/^[^\s]+$/.test(value)) return value;
    report(at, `expected an audience, such as https://gitlab.example.com, got ${JSON.stringify(value)}`);
    return undefined;
  },
};

const some = shape.object<AwsCredentials>({
  aws: shape.required(
    shape.object<AwsRoles>({
      planRole: shape.required(roleArn),
      changeRole: shape.required(roleArn),
      readRole: roleArn,
      audience,
    }),
  ),
});

/** What the prop `credentials` looks like: credentials with a part missing or wrong are none. */
export const CREDENTIALS: shape.Shape = shape.either(shape.no, {
  ...some,
  copy: (value: never, at, report) => {
    const read = some.copy?.(value, at, report) as { readonly aws?: Partial<AwsRoles> };
    return read.aws?.planRole && read.aws.changeRole ? read : undefined;
  },
});

/** The variable of the job that holds GitLab's token. */
export const ID_TOKEN = 'CDKOPS_ID_TOKEN';

/** The role that a job takes, where it takes one. */
export function roleFor(
  credentials: Credentials | undefined,
  purpose: CredentialPurpose,
): string | undefined {
  if (!credentials) return undefined;
  const { planRole, changeRole, readRole = planRole } = credentials.aws;
  return { plan: planRole, change: changeRole, read: readRole }[purpose];
}

/** What goes into a job so that it has its credentials: the role, and the token to take it with. */
export function credentialKeywords(
  credentials: Credentials | undefined,
  purpose: CredentialPurpose,
): CredentialKeywords {
  const role = roleFor(credentials, purpose);
  if (!credentials || role === undefined) return { variables: {} };
  return {
    variables: { CDKOPS_AWS_ROLE_ARN: role },
    id_tokens: { [ID_TOKEN]: { aud: credentials.aws.audience ?? DEFAULT_AUDIENCE } },
  };
}

/** The parts of a role's ARN. */
export interface RoleArn {
  /** `aws`, `aws-cn`, `aws-us-gov`… */
  readonly partition: string;
  /** Twelve digits. */
  readonly account: string;
  /** The name without its path. */
  readonly name: string;
}

/** Takes a role's ARN apart; `undefined` where it is none. */
export function parseRoleArn(arn: string): RoleArn | undefined {
  const { partition, account, name } = ROLE_ARN.exec(arn)?.groups ?? {};
  return partition && account && name ? { partition, account, name } : undefined;
}
