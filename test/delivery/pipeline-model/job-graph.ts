import type { Job } from './job';
import { type Status, statusOf } from './status';

/** Which jobs of a pipeline come before which. */
export class JobGraph {
  /** Jobs stage by stage; in a stage those first that others of it need. */
  readonly inOrder: readonly Job[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #needs: ReadonlyMap<Job, readonly Job[]>;

  constructor(
    readonly jobs: ReadonlyMap<string, Job>,
    private readonly stages: readonly string[],
  ) {
    this.#positions = new Map(stages.map((stage, position) => [stage, position]));
    this.#needs = new Map(
      [...jobs.values()].map((job) => [
        job,
        (job.plan.needs ?? []).flatMap((need) => jobs.get(need.job) ?? []),
      ]),
    );
    this.inOrder = this.#sorted();
  }

  /**
   * What comes before a job, as one: what it needs and is there, else all jobs of all earlier stages, also those of them that
   * have needs themselves.
   */
  statusBefore(job: Job): Status {
    return job.plan.needs ? statusOf(this.#needed(job), true) : statusOf(this.#before(job));
  }

  /**
   * Jobs that are looked at again when one is run again or started by hand: those that need it, however far, and all of the
   * stages after it. code: app/services/ci/reset_skipped_jobs_service.rb
   */
  after(job: Job): Job[] {
    const names = new Set([job.name]);
    for (let size = 0; size < names.size; ) {
      size = names.size;
      for (const { name, plan } of this.jobs.values()) {
        if (plan.needs?.some((need) => names.has(need.job))) names.add(name);
      }
    }
    return [...this.jobs.values()].filter(
      (other) => names.has(other.name) || this.#position(other) > this.#position(job),
    );
  }

  /** The jobs of this pipeline whose artifacts a job gets. code: app/models/ci/build_dependencies.rb */
  fetchedBy(job: Job): Job[] {
    const { needs, dependencies } = job.plan;
    const withArtifacts = new Set(needs?.flatMap((need) => (need.artifacts ? need.job : [])));
    const found = needs ? this.#needed(job).filter(({ name }) => withArtifacts.has(name)) : this.#before(job);
    return found.filter(({ isTrigger, name }) => !isTrigger && dependencies?.includes(name) !== false);
  }

  #sorted(): Job[] {
    const ordered = new Set<Job>();
    const visit = (job: Job) => {
      for (const needed of this.#needed(job)) if (needed.plan.stage === job.plan.stage) visit(needed);
      ordered.add(job);
    };
    for (const stage of this.stages) {
      for (const job of this.jobs.values()) if (job.plan.stage === stage) visit(job);
    }
    return [...ordered];
  }

  #needed(job: Job): readonly Job[] {
    return this.#needs.get(job) ?? [];
  }

  #before(job: Job): Job[] {
    return [...this.jobs.values()].filter((other) => this.#position(other) < this.#position(job));
  }

  #position({ plan: { stage } }: Job): number {
    return this.#positions.get(stage) ?? Number.NaN;
  }
}
