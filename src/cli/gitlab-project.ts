import { UserError } from '../core';
import type { GitLabProject } from '../delivery/aws-trust';
import { git } from './git';

/** What a person said of the project in GitLab. */
export interface ProjectOptions {
  readonly gitlabUrl?: string;
  readonly project?: string;
  readonly branch?: string;
}

/** What a git remote or a job says. */
type Known = Partial<GitLabProject>;

/**
 * The project in GitLab: as options have it, else as a GitLab job knows it, else as git's remote `origin` has it.
 * @throws UserError where it cannot be known.
 */
export function gitlabProject(root: string, options: ProjectOptions): GitLabProject {
  const job = ofJob(process.env);
  const isComplete = (options.gitlabUrl && options.project) || (job.url && job.path);
  const origin = isComplete && (options.branch || job.branch) ? {} : ofOrigin(root);
  const url = checkedUrl(options.gitlabUrl ?? job.url ?? origin.url);
  // An instance below a path: in the address of a remote that path comes first.
  const below = new URL(url).pathname.slice(1);
  const path = options.project ?? job.path ?? withoutStart(origin.path, below);
  return {
    url,
    path: checkedPath(path),
    branch: checkedBranch(options.branch ?? job.branch ?? origin.branch),
  };
}

function ofJob({ CI_SERVER_URL, CI_PROJECT_PATH, CI_DEFAULT_BRANCH }: NodeJS.ProcessEnv): Known {
  return {
    url: CI_SERVER_URL || undefined,
    path: CI_PROJECT_PATH || undefined,
    branch: CI_DEFAULT_BRANCH || undefined,
  };
}

function ofOrigin(root: string): Known {
  const remote = ask(root, 'config', '--get', 'remote.origin.url');
  const head = ask(root, 'symbolic-ref', '--short', 'refs/remotes/origin/HEAD');
  return { ...parseRemote(remote), branch: head.replace(/^origin\//, '') || 'main' };
}

/** `https://host/group/project.git`, `ssh://git@host:22/group/project.git`, `git@host:group/project.git`. */
export function parseRemote(remote: string): Known {
  const { scheme, host, port, path } =
    /^(?:(?<scheme>https?|ssh|git):\/\/)(?:[^/@]*@)?(?<host>[^/:]+)(?<port>:\d+)?\/+(?<path>.+?)(?:\.git)?\/*$/.exec(
      remote,
    )?.groups ??
    /^(?:[^/@:]*@)?(?<host>[^/:]+):\/*(?<path>.+?)(?:\.git)?\/*$/.exec(remote)?.groups ??
    {};
  if (!host || !path) return {};
  // The port of ssh is not that of the web.
  const isWeb = scheme === 'http' || scheme === 'https';
  return { url: isWeb ? `${scheme}://${host}${port ?? ''}` : `https://${host}`, path };
}

function ask(root: string, ...args: readonly string[]): string {
  const { ok, stdout } = git(root, args);
  return ok ? stdout.toString().trim() : '';
}

function withoutStart(path: string | undefined, start: string): string | undefined {
  return start !== '' && path?.startsWith(`${start}/`) ? path.slice(start.length + 1) : path;
}

function checkedUrl(url: string | undefined): string {
  const plain = url?.replace(/\/+$/, '');
  if (plain && /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w./-]+)?$/.test(plain)) return plain;
  throw new UserError(
    `--gitlab-url: expected the address of GitLab, such as https://gitlab.example.com, ${plain ? `got ${JSON.stringify(url)}` : 'and git knows no remote origin'}`,
  );
}

function checkedPath(path: string | undefined): string {
  if (path && /^[\w.-]+(?:\/[\w.-]+)+$/.test(path)) return path;
  throw new UserError(
    `--project: expected the project's path in GitLab, such as group/project, ${path ? `got ${JSON.stringify(path)}` : 'and git knows no remote origin'}`,
  );
}

/** In a policy some characters stand for others. */
function checkedBranch(branch = ''): string {
  if (/^[^\s*?$"\\]+$/.test(branch)) return branch;
  throw new UserError(`--branch: expected the name of the default branch, got ${JSON.stringify(branch)}`);
}
