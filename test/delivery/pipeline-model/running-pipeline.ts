import type { Event } from './event';
import { Job } from './job';
import { JobGraph } from './job-graph';
import { neededOfParent } from './needs';
import type { PlannedJob } from './planned-job';
import type { Project } from './project';
import { COMPLETED, type Status, statusOf } from './status';

/** Something that a test asks for and GitLab would not do. */
export class ImpossibleStep extends Error {}

/** What a pipeline comes from. */
interface Source {
  readonly pipeline: RunningPipeline;
  readonly job: Job;
}

/**
 * A pipeline while it goes on. Nothing happens by itself but what GitLab decides: runners, people and clocks are the test's.
 * code: app/services/ci/pipeline_processing/atomic_processing_service.rb
 */
export class RunningPipeline {
  /** The jobs by their names. */
  readonly jobs: ReadonlyMap<string, Job>;
  readonly #graph: JobGraph;
  readonly #children = new Map<Job, RunningPipeline>();

  constructor(
    readonly project: Project,
    readonly event: Event,
    stages: readonly string[],
    planned: readonly PlannedJob[],
    private readonly source?: Source,
  ) {
    this.jobs = new Map(planned.map((plan) => [plan.name, new Job(plan)]));
    this.#graph = new JobGraph(this.jobs, stages);
    for (const job of this.jobs.values()) project.register(this, job);
  }

  /** Where it is in the project: `1`, a child of it `1/rollout:1`. */
  get path(): string {
    return this.source ? `${this.source.pipeline.path}/${this.source.job.name}` : this.project.numberOf(this);
  }

  /** The pipeline that no trigger job has started. */
  get root(): RunningPipeline {
    return this.source ? this.source.pipeline.root : this;
  }

  /** How many ancestors it has. */
  get depth(): number {
    return this.source ? this.source.pipeline.depth + 1 : 0;
  }

  /** The state of the pipeline as a whole; GitLab shows "blocked" for `manual`. */
  get status(): Status {
    return statusOf([...this.jobs.values()]);
  }

  /** This one and all that it has started. */
  get all(): RunningPipeline[] {
    return [this, ...[...this.#children.values()].flatMap((child) => child.all)];
  }

  /** The state of a job. Throws for one that is not there, since a test that asks for it is wrong. */
  state(name: string): Status {
    return this.#job(name).status;
  }

  /** What runners have or would take now. */
  ready(): string[] {
    return this.#names((job) => job.isActive && !job.isTrigger);
  }

  /** What waits for a person. */
  playable(): string[] {
    // A trigger job also shows that its child waits.
    return this.#names(
      ({ status, isTrigger, plan }) => status === 'manual' && (!isTrigger || plan.when === 'manual'),
    );
  }

  /** The pipeline that a trigger job has started. */
  child(name: string): RunningPipeline {
    return this.#children.get(this.#job(name)) ?? this.#impossible(name, 'look into its pipeline');
  }

  /** The jobs of this pipeline whose artifacts a job gets. */
  fetches(name: string): string[] {
    return this.#graph.fetchedBy(this.#job(name)).map((job) => job.name);
  }

  /** A person starts a job by hand, or a delayed one before its time. */
  play(name: string): void {
    const job = this.#job(name);
    if (job.isForPeople && job.isOver) {
      this.retry(name);
      return;
    }
    if (!job.isForPeople || (job.status !== 'manual' && job.status !== 'scheduled'))
      this.#impossible(name, 'play it');
    this.#enqueue(job);
    this.#resetSkippedAfter(job);
    this.#settle();
  }

  /** A runner has done a job. */
  succeed(name: string): void {
    const job = this.#running(name);
    const { source } = this;
    const isLacking = neededOfParent(job.plan.data, name).some(
      (other) => source?.pipeline.state(other) !== 'success',
    );
    this.#finish(job, isLacking ? 'failed' : 'success');
  }

  /** A job has failed on its runner. */
  fail(name: string, exitCode = 1): void {
    const job = this.#running(name);
    if (job.plan.warnings.includes(exitCode)) job.allowFailure = true;
    this.#finish(job, 'failed');
  }

  /** A person cancels a job that runs, waits for a runner or a lock, or has not begun. */
  cancel(name: string): void {
    const job = this.#job(name);
    if (!job.isCancelable) this.#impossible(name, 'cancel it');
    this.#finish(job, 'canceled');
  }

  /** A person stops the clock of a delayed job: from then on it waits for a person. */
  unschedule(name: string): void {
    const job = this.#job(name);
    if (job.status !== 'scheduled') this.#impossible(name, 'unschedule it');
    this.#set(job, 'manual');
    this.#settle();
  }

  /** A person runs a job again that is over; a skipped one cannot be. code: app/services/ci/retry_job_service.rb */
  retry(name: string): void {
    const job = this.#job(name);
    if (!job.isOver) this.#impossible(name, 'run it again');
    this.#children.delete(job);
    job.again();
    this.project.note(this, job);
    this.#process();
    this.#resetSkippedAfter(job);
    this.#settle();
  }

  /** For the project: it has been made. */
  start(): void {
    this.#settle();
  }

  /** For the project: the clock has gone on. */
  wake(now: number): void {
    for (const job of this.jobs.values()) {
      if (job.status === 'scheduled' && (job.startsAt ?? 0) <= now) this.#enqueue(job);
    }
    this.#settle();
  }

  /** For the project: the lock is this job's. */
  takeLock(job: Job): void {
    this.#run(job);
    this.#settle();
  }

  /**
   * For a child: its trigger job takes over its state.
   * code: app/models/ci/bridge.rb, inherit_status_from_downstream
   * @param isAgain - whether one of its jobs has been started anew
   */
  follow(job: Job, child: RunningPipeline, isAgain: boolean): void {
    const strategy = job.plan.trigger?.strategy;
    if (strategy === undefined || this.#children.get(job) !== child) return;
    if (isAgain && this.project.settings.resetsTriggerJobs && job.status !== 'running') {
      this.#set(job, 'pending');
      this.#resetSkippedAfter(job);
    }
    const { status } = child;
    if (status === 'success' || status === 'failed' || status === 'canceled') this.#set(job, status);
    else if (strategy === 'mirror' && (status === 'manual' || status === 'skipped')) this.#set(job, status);
    else if (status === 'skipped') this.#set(job, 'failed');
    this.#settle();
  }

  #settle(): void {
    this.#process();
    this.source?.pipeline.follow(this.source.job, this, false);
  }

  #process(): void {
    for (let isDone = false; !isDone; ) {
      isDone = true;
      for (const job of this.#graph.inOrder) {
        const before = job.status === 'created' ? this.#graph.statusBefore(job) : undefined;
        if (before === undefined || !COMPLETED.includes(before)) continue;
        this.#begin(job, before);
        isDone = false;
      }
    }
  }

  #begin(job: Job, before: Status): void {
    const { when, delay } = job.plan;
    if (!job.mayRunAfter(before)) this.#set(job, 'skipped');
    else if (job.startsAtOnce) this.#enqueue(job);
    else if (when === 'delayed') {
      job.startsAt = this.project.now + delay;
      this.#set(job, 'scheduled');
    } else if (when === 'manual') this.#set(job, 'manual');
    else this.#enqueue(job);
  }

  #enqueue(job: Job): void {
    if (job.plan.resourceGroup === undefined) {
      this.#run(job);
      return;
    }
    this.#set(job, 'waiting_for_resource');
    this.project.assign(job.plan.resourceGroup);
  }

  #run(job: Job): void {
    if (!job.isTrigger) {
      this.#set(job, 'pending');
      return;
    }
    this.#set(job, 'running');
    const child = this.project.startChild(this, job);
    if (child === undefined) {
      this.#set(job, 'failed');
      return;
    }
    this.#children.set(job, child);
    child.start();
    if (job.plan.trigger?.strategy === undefined) this.#set(job, 'success');
  }

  #finish(job: Job, status: Status): void {
    this.#set(job, status);
    this.#settle();
    if (job.plan.resourceGroup !== undefined) this.project.assign(job.plan.resourceGroup);
  }

  #resetSkippedAfter(job: Job): void {
    for (const other of this.#graph.after(job)) if (other.status === 'skipped') this.#set(other, 'created');
    this.source?.pipeline.follow(this.source.job, this, true);
  }

  #set(job: Job, status: Status): void {
    if (job.status === status) return;
    job.status = status;
    this.project.note(this, job);
  }

  #job(name: string): Job {
    return this.jobs.get(name) ?? this.#impossible(name, 'find it');
  }

  #running(name: string): Job {
    const job = this.#job(name);
    return job.isActive && !job.isTrigger ? job : this.#impossible(name, 'end it, since no runner has it');
  }

  #names(fits: (job: Job) => boolean): string[] {
    return [...this.jobs.values()].filter(fits).map(({ name }) => name);
  }

  #impossible(name: string, what: string): never {
    const state = this.jobs.get(name)?.status ?? 'not in this pipeline';
    throw new ImpossibleStep(`${name} is ${state}: nobody can ${what}`);
  }
}
