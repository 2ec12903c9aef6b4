import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from './folders';
import { provided } from './provided';
import { runTool } from './run-tool';

/** A job as gitlab-ci-local lists it. */
export interface ListedJob {
  readonly name: string;
  readonly stage: string;
  readonly when: string;
  readonly needs?: readonly { readonly job: string }[];
}

/** The program that runs GitLab's pipelines here. */
export const GITLAB_CI_LOCAL = path.join(ROOT, 'node_modules/gitlab-ci-local/dist/index.js');

/** Where the project seems to be: gitlab-ci-local takes its name from there. */
const ORIGIN = 'https://gitlab.com/acme/clusters.git';

/**
 * A copy of our pipeline and manifests as a repository of its own whose `origin` looks like GitLab: gitlab-ci-local takes
 * project and default branch from there, and what changed from the commits that `origin` does not have.
 */
export class GitlabRepository {
  /** The working tree. */
  public readonly folder = fs.mkdtempSync(path.join(provided('home'), 'repository-'));

  constructor(files: Readonly<Record<string, string>>) {
    this.git('init', '--quiet', '--initial-branch=main');
    this.commit(files);
    this.git('remote', 'add', 'origin', ORIGIN);
    this.git('update-ref', 'refs/remotes/origin/main', 'main');
    this.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  }

  /** The commit that is checked out. */
  public get head(): string {
    return this.git('rev-parse', 'HEAD').trim();
  }

  /** The branch that is checked out. */
  public get branch(): string {
    return this.git('rev-parse', '--abbrev-ref', 'HEAD').trim();
  }

  /** Commits texts by path, all others staying as they are; `undefined` takes a file away. Returns the commit. */
  public commit(files: Readonly<Record<string, string | undefined>>): string {
    for (const [file, text] of Object.entries(files)) {
      const target = path.join(this.folder, file);
      if (text === undefined) {
        fs.rmSync(target);
        continue;
      }
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, text);
    }
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message=change');
    return this.head;
  }

  /** Commits what a fleet gives now: files that it no longer gives go. Returns the commit. */
  public commitFleet(files: Readonly<Record<string, string>>): string {
    const gone = this.git('ls-files', '-z')
      .split('\0')
      .filter((file) => file && !(file in files));
    return this.commit({ ...Object.fromEntries(gone.map((file) => [file, undefined])), ...files });
  }

  /** Starts a branch here. */
  public checkOut(branch: string): void {
    this.git('checkout', '--quiet', '-b', branch);
  }

  /** Goes to a branch that is there. */
  public switchTo(branch: string): void {
    this.git('checkout', '--quiet', branch);
  }

  /** Merges a branch into the one that is checked out, as GitLab does: with a commit of its own. */
  public merge(branch: string): string {
    this.git('merge', '--quiet', '--no-ff', '--message=merge', branch);
    return this.head;
  }

  /**
   * What a runner makes for a job: a working tree at `commit`, as `branch`, with all other branches known. What
   * changed counts from `before`.
   */
  public runnerClone(commit: string, branch: string, before: string): string {
    const folder = fs.mkdtempSync(path.join(provided('home'), 'clone-'));
    this.git('clone', '--quiet', '--no-checkout', this.folder, folder);
    const inClone = (...args: string[]) => this.run('git', args, folder);
    inClone('checkout', '--quiet', '-B', branch, commit);
    inClone('remote', 'rename', 'origin', 'source');
    inClone('remote', 'add', 'origin', ORIGIN);
    inClone('update-ref', 'refs/remotes/origin/main', before);
    inClone('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    return folder;
  }

  /** Has a runner's working tree know what was committed since, as with each job that runs. */
  public refresh(clone: string): void {
    this.run('git', ['fetch', '--quiet', 'source'], clone);
  }

  /** The jobs of a pipeline for the branch that is checked out; those that do not run are `when: never`. */
  public listJobs(...options: string[]): ListedJob[] {
    // Into a file: it ends before a pipe has taken all of a long list.
    const file = path.join(fs.mkdtempSync(path.join(provided('home'), 'list-')), 'jobs.json');
    this.run('sh', ['-c', 'exec "$@" >"$0"', file, 'node', GITLAB_CI_LOCAL, '--list-json', ...options]);
    return JSON.parse(fs.readFileSync(file, 'utf8')) as ListedJob[];
  }

  /** Runs git in the working tree. */
  public git(...args: string[]): string {
    return this.run('git', args);
  }

  private run(command: string, args: readonly string[], folder = this.folder): string {
    return runTool(command, args, {
      cwd: folder,
      timeoutSeconds: 60,
      // Neither the caller's settings nor, in a hook, the caller's repository.
      env: { HOME: provided('home'), ...GIT_ENVIRONMENT, GIT_DIR: path.join(folder, '.git') },
    });
  }
}

/** Git without anybody's settings. */
export const GIT_ENVIRONMENT = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
} as const;
