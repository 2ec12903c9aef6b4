import type { PlannedJob } from './planned-job';
import { COMPLETED, type HasStatus, type Status } from './status';

/** A job of a pipeline while that goes on. */
export class Job implements HasStatus {
  status: Status = 'created';
  allowFailure: boolean;
  /** When a delayed job starts. */
  startsAt: number | undefined;
  /** Whether a person has run it again: then it does not wait for another click. */
  startsAtOnce = false;

  constructor(readonly plan: PlannedJob) {
    this.allowFailure = plan.allowFailure;
  }

  get name(): string {
    return this.plan.name;
  }

  get isTrigger(): boolean {
    return this.plan.trigger !== undefined;
  }

  /** Whether a runner has it, or will take it as soon as there is one. */
  get isActive(): boolean {
    return this.status === 'pending' || this.status === 'running';
  }

  /** Whether a person may start it. */
  get isForPeople(): boolean {
    return this.plan.when === 'manual' || this.plan.when === 'delayed';
  }

  /** code: app/models/ci/build.rb, cancelable? */
  get isCancelable(): boolean {
    return (
      !this.isTrigger &&
      (this.isActive || this.status === 'created' || this.status === 'waiting_for_resource')
    );
  }

  /** Whether it can be run again. code: app/models/ci/processable.rb, retryable? */
  get isOver(): boolean {
    return this.status !== 'skipped' && COMPLETED.includes(this.status);
  }

  /**
   * Whether it runs, by what comes before it. code: app/services/ci/process_build_service.rb
   * @param before - the status of what it needs, or of all earlier stages
   */
  mayRunAfter(before: Status): boolean {
    if (this.plan.when === 'on_failure') return before === 'failed';
    if (this.plan.when === 'always') return before !== 'canceled';
    // Whoever goes by stages goes on where all was skipped, too.
    return before === 'success' || (before === 'skipped' && this.plan.needs === undefined);
  }

  /** A new attempt: nothing of the one before counts. */
  again(): void {
    this.status = 'created';
    this.allowFailure = this.plan.allowFailure;
    this.startsAt = undefined;
    this.startsAtOnce = true;
  }
}
