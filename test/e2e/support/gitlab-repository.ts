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

/**
 * A copy of our pipeline and manifests as a repository of its own whose `origin` looks like GitLab: gitlab-ci-local takes
 * project and default branch from there, and what changed from the commits that `origin` does not have.
 */
export class GitlabRepository {
  private readonly folder = fs.mkdtempSync(path.join(provided('home'), 'repository-'));

  constructor(files: Readonly<Record<string, string>>) {
    this.git('init', '--quiet', '--initial-branch=main');
    this.commit(files);
    this.git('remote', 'add', 'origin', 'git@gitlab.com:acme/clusters.git');
    this.git('update-ref', 'refs/remotes/origin/main', 'main');
    this.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  }

  public commit(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      const target = path.join(this.folder, file);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, text);
    }
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message=change');
  }

  public checkOut(branch: string): void {
    this.git('checkout', '--quiet', '-b', branch);
  }

  /** The jobs of a pipeline for the branch that is checked out; those that do not run are `when: never`. */
  public listJobs(...options: string[]): ListedJob[] {
    const program = path.join(ROOT, 'node_modules/gitlab-ci-local/dist/index.js');
    return JSON.parse(this.run('node', [program, '--list-json', ...options])) as ListedJob[];
  }

  private git(...args: string[]): void {
    this.run('git', args);
  }

  private run(command: string, args: readonly string[]): string {
    return runTool(command, args, {
      cwd: this.folder,
      timeoutSeconds: 60,
      // Neither the caller's settings nor, in a hook, the caller's repository.
      env: {
        HOME: provided('home'),
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_DIR: path.join(this.folder, '.git'),
        GIT_AUTHOR_NAME: 'test',
        GIT_AUTHOR_EMAIL: 'test@example.com',
        GIT_COMMITTER_NAME: 'test',
        GIT_COMMITTER_EMAIL: 'test@example.com',
      },
    });
  }
}
