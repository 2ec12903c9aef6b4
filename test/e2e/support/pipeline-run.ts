import * as fs from 'node:fs';
import * as path from 'node:path';
import { GIT_ENVIRONMENT, GITLAB_CI_LOCAL, type GitlabRepository, type ListedJob } from './gitlab-repository';
import { ProcessRun, runProcess } from './process-run';

export interface PipelineOptions {
  /** Variables of the project, as in its CI/CD settings, or given to a pipeline that is started by hand. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether jobs are left out where nothing of theirs has changed. @default true */
  readonly changes?: boolean;
}

export interface JobOptions {
  /** Variables given to a job that is started by hand. */
  readonly variables?: Readonly<Record<string, string>>;
  /** @default 240 */
  readonly timeoutSeconds?: number;
}

/** How a job ended. */
export interface JobResult {
  /** The exit code of the job's script; -1 where it was killed. */
  readonly code: number;
  /** Whether GitLab would show it as passed, passed with a warning (`allow_failure`) or failed. */
  readonly status: 'success' | 'warning' | 'failed';
  /** What the job printed. */
  readonly log: string;
}

/** What kind of pipeline, and for which commit. */
interface Start {
  readonly source: 'push' | 'merge_request_event' | 'schedule' | 'web';
  readonly commit: string;
  readonly branch: string;
  /** The commit from which changes count. */
  readonly before: string;
  readonly variables: Readonly<Record<string, string>>;
}

let lastPipeline = 1000;

/** The pipelines of a repository, run by gitlab-ci-local in an environment: `new PipelineRuns(repository, ground)`. */
export class PipelineRuns {
  constructor(
    private readonly repository: GitlabRepository,
    private readonly ground: { readonly env: Readonly<Record<string, string>> },
  ) {}

  /** The pipeline of the newest commit of the default branch. */
  public push(options: PipelineOptions = {}): PipelineRun {
    const commit = this.commitOf('main');
    // The first commit of a branch: everything has changed.
    const parent = this.repository.git('rev-list', '--parents', '-1', commit).trim().split(' ')[1];
    const before = parent ?? this.repository.git('hash-object', '-t', 'tree', '/dev/null').trim();
    return this.start({ source: 'push', commit, branch: 'main', before, variables: {} }, options);
  }

  /** The pipeline of a merge request of the branch into the default branch. */
  public mergeRequest(branch = this.repository.branch, options: PipelineOptions = {}): PipelineRun {
    const before = this.repository.git('merge-base', 'main', branch).trim();
    const commit = this.commitOf(branch);
    const variables = {
      CI_MERGE_REQUEST_ID: '70',
      CI_MERGE_REQUEST_IID: '7',
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: branch,
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: before,
    };
    return this.start({ source: 'merge_request_event', commit, branch, before, variables }, options);
  }

  /** A scheduled pipeline of the default branch: everything counts as changed. */
  public schedule(options: PipelineOptions = {}): PipelineRun {
    return this.start(this.unchanged('schedule', 'main'), { ...options, changes: false });
  }

  /** A pipeline that somebody starts by hand. */
  public web(options: PipelineOptions = {}, branch = 'main'): PipelineRun {
    return this.start(this.unchanged('web', branch), { ...options, changes: false });
  }

  private unchanged(source: Start['source'], branch: string): Start {
    const commit = this.commitOf(branch);
    return { source, commit, branch, before: commit, variables: {} };
  }

  private start(start: Start, options: PipelineOptions): PipelineRun {
    return new PipelineRun(this.repository, this.ground.env, start, options);
  }

  private commitOf(branch: string): string {
    return this.repository.git('rev-parse', branch).trim();
  }
}

/**
 * One pipeline. Its jobs run one by one, each when the test says so and as often as it says; artifacts go from job to job
 * as `needs` has it, and every job has a working tree of its own at the pipeline's commit.
 */
export class PipelineRun {
  /** CI_PIPELINE_ID. */
  public readonly id = String(++lastPipeline);
  private readonly folder: string;
  private listed: Promise<ListedJob[]> | undefined;

  constructor(
    private readonly repository: GitlabRepository,
    private readonly env: Readonly<Record<string, string>>,
    private readonly of: Start,
    private readonly options: PipelineOptions,
  ) {
    this.folder = repository.runnerClone(of.commit, of.branch, of.before);
  }

  /** CI_COMMIT_SHA. */
  public get commit(): string {
    return this.of.commit;
  }

  /** The jobs that GitLab would make; those by hand are `when: manual`. */
  public async jobs(): Promise<ListedJob[]> {
    this.listed ??= this.list();
    return (await this.listed).filter(({ when }) => when !== 'never');
  }

  /** Their names, in order. */
  public async jobNames(): Promise<string[]> {
    return (await this.jobs()).map(({ name }) => name);
  }

  /**
   * Runs a job to its end.
   * @throws Error where the pipeline has no such job, or it takes too long.
   */
  public async job(name: string, options: JobOptions = {}): Promise<JobResult> {
    return (await this.startJob(name, options)).finished;
  }

  /** Starts a job, by hand or not, whatever became of those that it needs. */
  public async startJob(name: string, options: JobOptions = {}): Promise<JobRun> {
    const names = await this.jobNames();
    if (!names.includes(name)) {
      throw new Error(`the pipeline has no job ${name}, only ${names.join(', ') || 'no job at all'}`);
    }
    this.repository.refresh(this.folder);
    const state = path.join(this.folder, STATE);
    const run = new ProcessRun([...this.command(options.variables, name), name], {
      cwd: this.folder,
      env: { ...this.env, ...GIT_ENVIRONMENT },
      timeoutSeconds: options.timeoutSeconds ?? 240,
    });
    return new JobRun(run, path.join(state, 'output', `${safeName(name)}.log`));
  }

  /** The folder that a job's artifacts are in; a test may take away or change what is there. */
  public artifacts(job: string): string {
    return path.join(this.folder, STATE, 'artifacts', safeName(job));
  }

  private async list(): Promise<ListedJob[]> {
    const { code, stdout, output } = await runProcess([...this.command(), '--list-json'], {
      cwd: this.folder,
      env: { ...this.env, ...GIT_ENVIRONMENT },
      timeoutSeconds: 60,
    });
    if (code !== 0) throw new Error(`gitlab-ci-local lists no jobs:\n${output}`);
    return JSON.parse(stdout) as ListedJob[];
  }

  private command(given: Readonly<Record<string, string>> = {}, job?: string): string[] {
    const { source, branch, variables } = this.of;
    const url = `https://gitlab.com/acme/clusters/-/pipelines/${this.id}`;
    const all: Record<string, string> = {
      CI_PIPELINE_SOURCE: source,
      CI_PIPELINE_ID: this.id,
      CI_PIPELINE_URL: url,
      CI_COMMIT_REF_NAME: branch,
      ...(job === undefined
        ? {}
        : { CI_PROJECT_DIR: path.join(this.folder, STATE, 'builds', safeName(job)) }),
      ...variables,
      ...this.options.variables,
      ...given,
    };
    return [
      'node',
      GITLAB_CI_LOCAL,
      '--force-shell-executor',
      '--shell-isolation',
      ...(this.options.changes === false ? ['--no-evaluate-rule-changes'] : []),
      ...(source === 'merge_request_event' ? ['--unset-variable', 'CI_COMMIT_BRANCH'] : []),
      '--ignore-predefined-vars',
      Object.keys(all).join(','),
      ...Object.entries(all).flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
    ];
  }
}

/** A job that runs. */
export class JobRun {
  public readonly finished: Promise<JobResult>;

  constructor(
    private readonly run: ProcessRun,
    private readonly logFile: string,
  ) {
    fs.rmSync(logFile, { force: true });
    this.finished = run.finished.then(({ code, output }) => this.result(code, output));
    this.finished.catch(() => {});
  }

  /** Waits until the job has printed this; an error where it ends without. */
  public hasPrinted(pattern: string | RegExp): Promise<void> {
    return this.run.hasPrinted(pattern);
  }

  /** Kills the job with all that it started: nothing of it gets to tidy up. */
  public kill(): void {
    this.run.kill();
  }

  private result(code: number, output: string): JobResult {
    // Without a log the job never began: what gitlab-ci-local says of it is all there is.
    const log = fs.existsSync(this.logFile) ? fs.readFileSync(this.logFile, 'utf8') : output;
    const [, kind, given] = / (WARN|FAIL) (\d+) /.exec(output) ?? [];
    if (code === -1) return { code, status: 'failed', log };
    if (kind === 'WARN') return { code: Number(given), status: 'warning', log };
    return { code: Number(given ?? code), status: code === 0 ? 'success' : 'failed', log };
  }
}

/** Where gitlab-ci-local keeps what it does. */
const STATE = '.gitlab-ci-local';

/** A job's name as gitlab-ci-local names its files: what a file's name may not have, in base64. */
function safeName(job: string): string {
  return job.replace(/[^\w-]+/g, (part) => Buffer.from(part).toString('base64url'));
}
