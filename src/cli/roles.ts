import { didYouMean, UserError } from '../core';
import { type AwsRole, awsRoles } from '../delivery/aws-roles';
import type { GitLabProject } from '../delivery/aws-trust';
import type { CredentialPurpose } from '../delivery/credentials';
import { gitlabProject, type ProjectOptions } from './gitlab-project';
import { openFleet } from './open-fleet';
import { reportError, reportWarning } from './report';
import { outputStyle } from './style';

/** Options of `cdkops roles`. */
export interface RolesOptions extends ProjectOptions {
  /** The file that exports the fleet. */
  readonly app: string;
  readonly json?: boolean;
}

/** `cdkops roles`: the policies that the fleet's roles of AWS need. */
export async function rolesCommand(names: readonly string[], options: RolesOptions): Promise<number> {
  const fleet = await openFleet(options.app);
  if (!fleet) return 1;
  const all = fleet.clusters.map(({ delivery }) => delivery.name);
  for (const name of names) {
    if (all.includes(name)) continue;
    throw new UserError(`the fleet has no cluster ${JSON.stringify(name)}${didYouMean(name, all)}`);
  }
  const project = gitlabProject(fleet.root, options);
  // Of all clusters, since a policy has to serve all that name the role.
  const { roles, apart } = awsRoles(fleet.clusters, project);
  const isWanted = (cluster: string) => names.length === 0 || names.includes(cluster);
  const wanted = roles.filter(({ clusters }) => clusters.some(isWanted));
  const wantedApart = apart.filter((text) => isWanted(text.split(' ', 1)[0] ?? ''));
  for (const { arn, warnings } of wanted) for (const text of warnings) reportWarning(`${arn}: ${text}`);
  for (const text of wantedApart) reportWarning(text);
  if (wanted.length === 0 && wantedApart.length === 0) {
    reportError(noRoles(names));
    return 1;
  }
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ project, roles: wanted }, undefined, 2)}\n`
      : wanted.map((role) => described(role, project)).join('\n'),
  );
  return 0;
}

function noRoles(names: readonly string[]): string {
  const [who, where] =
    names.length === 0
      ? ['no cluster names roles', 'the fleet, a wave or a cluster']
      : [`${names.join(', ')} ${names.length === 1 ? 'names' : 'name'} no roles`, 'the cluster or its wave'];
  return `${who} of AWS: give ${where} credentials: { aws: { planRole: 'arn:aws:iam::…', changeRole: 'arn:aws:iam::…' } }`;
}

/** What a role can do, strongest last; the strongest counts. */
const POWERS: Readonly<Record<CredentialPurpose, readonly string[]>> = {
  read: [
    'Reads manifests and what cdkops has recorded of roll-outs. It reads no key, though the names of all files.',
  ],
  plan: [
    'Plans: reads the whole state of these clusters and what the cloud is like. It changes nothing.',
    'To plan, kOps reads the private keys and secrets of the clusters, those of the certificate authorities among them:',
    "whoever can take this role can become an administrator of these clusters. Treat it as an administrator's role.",
  ],
  change: [
    'Changes these clusters: kOps asks for full access to the services named below.',
    'With iam:* it can give itself any right in the account: it is an administrator of the account, not of the clusters alone.',
  ],
};

function described(role: AwsRole, project: GitLabProject): string {
  const { arn, purposes, clusters, anyBranch, trust, permissions } = role;
  const power = POWERS[(['change', 'plan', 'read'] as const).find((one) => purposes.includes(one)) ?? 'read'];
  const where = `${project.path} at ${project.url}`;
  const who = anyBranch
    ? `jobs of any branch of ${where}, those of merge requests among them: every developer of the project.`
    : `jobs of the branch ${project.branch} of ${where}, which must be protected.`;
  return [
    outputStyle.bold(arn),
    ...power.map((line) => `  ${line}`),
    `  Clusters: ${clusters.join(', ')}`,
    `  Taken by: ${who}`,
    '',
    outputStyle.bold('Trust policy'),
    JSON.stringify(trust, undefined, 2),
    '',
    outputStyle.bold('Permission policy'),
    JSON.stringify(permissions, undefined, 2),
    '',
  ].join('\n');
}
