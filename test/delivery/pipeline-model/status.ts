/** The states of a job, and of a pipeline as a whole. */
export type Status =
  | 'created'
  | 'waiting_for_resource'
  | 'pending'
  | 'running'
  | 'manual'
  | 'scheduled'
  | 'success'
  | 'failed'
  | 'canceled'
  | 'skipped';

/** What others see of a job. */
export interface HasStatus {
  readonly status: Status;
  /** It does not hold others up: when it failed that is a warning, and nobody waits for it to be started by hand. */
  readonly allowFailure: boolean;
}

/** States after which others go on or are skipped. code: app/models/concerns/ci/has_status.rb */
export const COMPLETED: readonly Status[] = ['success', 'failed', 'canceled', 'skipped'];

/** How a job counts for others. */
type Counted = Status | 'warning' | 'ignored';

/**
 * What several jobs are together, in GitLab's order of questions.
 * code: lib/gitlab/ci/status/composite.rb
 * @param isNeeds - whether they are what one job needs; else all of some stages, or of a pipeline
 */
export function statusOf(jobs: readonly HasStatus[], isNeeds = false): Status {
  const all = new Set(jobs.map(counted));
  const only = (...some: Counted[]) => [...all].every((one) => some.includes(one));
  const any = (...some: Counted[]) => some.some((one) => all.has(one));
  if (all.size === 0) return 'success';
  if (isNeeds && any('skipped', 'ignored')) return 'skipped';
  if (isNeeds && !only('success', 'failed', 'canceled', 'skipped', 'warning')) return 'pending';
  if (only('skipped', 'ignored')) return 'skipped';
  if (only('success', 'skipped', 'warning', 'ignored')) return 'success';
  if (only('created', 'warning', 'ignored')) return 'created';
  if (only('canceled', 'success', 'skipped', 'warning', 'ignored')) return 'canceled';
  if (only('pending', 'created', 'skipped', 'warning', 'ignored')) return 'pending';
  if (any('running', 'pending')) return 'running';
  for (const one of ['waiting_for_resource', 'manual', 'scheduled'] as const) if (any(one)) return one;
  return any('created') ? 'running' : 'failed';
}

function counted({ status, allowFailure }: HasStatus): Counted {
  if (!allowFailure) return status;
  if (status === 'failed' || status === 'canceled') return 'warning';
  return status === 'manual' ? 'ignored' : status;
}
