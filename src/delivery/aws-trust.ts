import { UserError } from '../core';
import type { PolicyDocument } from './aws-policies';
import type { RoleArn } from './credentials';

/** The GitLab project whose jobs take roles. */
export interface GitLabProject {
  /** Address of the GitLab instance, for instance `https://gitlab.example.com`. */
  readonly url: string;
  /** The project's path: `group/project`. */
  readonly path: string;
  /** The default branch, which must be protected. */
  readonly branch: string;
}

/** Who may take a role. */
export interface Trust {
  readonly role: RoleArn;
  readonly project: GitLabProject;
  /** Audience of the tokens, as the credentials have it; GitLab's variables for its own address may be in it. */
  readonly audience: string;
  /** Whether jobs of any branch may, those of merge requests among them; otherwise the default branch alone. */
  readonly anyBranch: boolean;
}

/**
 * The policy that says who may take a role: jobs of one project. The subject of a merge request's job names its source
 * branch; of a fork's merge request the fork (GitLab 18.2.2 and later).
 * @throws UserError where the audience is not known here.
 * @see https://docs.gitlab.com/ci/cloud_services/aws/
 */
export function trustPolicy({ role, project, audience, anyBranch }: Trust): PolicyDocument {
  const provider = project.url.replace(/^https?:\/\//, '');
  const subject = `project_path:${project.path}:ref_type:branch:ref:${anyBranch ? '*' : project.branch}`;
  const aud = { [`${provider}:aud`]: audienceAt(project, audience) };
  const sub = { [`${provider}:sub`]: subject };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'JobsOfTheProject',
        Effect: 'Allow',
        Principal: { Federated: `arn:${role.partition}:iam::${role.account}:oidc-provider/${provider}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: anyBranch ? { StringEquals: aud, StringLike: sub } : { StringEquals: { ...aud, ...sub } },
      },
    ],
  };
}

/** The audience that GitLab will write into the tokens. */
function audienceAt({ url }: GitLabProject, audience: string): string {
  const { host, hostname } = new URL(url);
  const values: Readonly<Record<string, string>> = {
    CI_SERVER_URL: url,
    CI_SERVER_FQDN: host,
    CI_SERVER_HOST: hostname,
  };
  return audience.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced, bare) => {
    const value = values[braced ?? bare];
    if (value !== undefined) return value;
    throw new UserError(
      `the audience ${JSON.stringify(audience)} has ${whole}, which only GitLab knows: write its value into credentials.aws.audience`,
    );
  });
}
