import type { Project, Step } from './project';
import type { Random } from './random';
import type { RunningPipeline } from './running-pipeline';

/** What people and runners do in a random run. */
export interface Habits {
  /** Whether a job ends well. @default always */
  readonly isWell?: (job: string) => boolean;
  /** Whether somebody starts a job that waits for a person. @default always */
  readonly isPlayed?: (job: string) => boolean;
  /** Looks at each change of a job's state, right after the step that made it. */
  readonly look?: (step: Step) => void;
}

/** A week: the longest that a job can be delayed. */
const WEEK = 604_800;

/** More steps than any of these pipelines has. */
const STEPS_MAX = 20_000;

/** Lets all pipelines of a project go on, in any order that GitLab allows, until nothing is left that could be done. */
export function drive(project: Project, random: Random, { isWell, isPlayed, look }: Habits = {}): void {
  let seen = 0;
  const left = new Set<string>();
  const isWaiting = (pipeline: RunningPipeline, job: string) =>
    !left.has(`${pipeline.path} ${job}`) && (isPlayed?.(job) ?? true);
  for (let count = 0; count < STEPS_MAX; count += 1) {
    for (; seen < project.steps.length; seen += 1) look?.(project.steps[seen] as Step);
    const ready = project.ready().map(({ pipeline, job }) => () => {
      if (isWell?.(job) ?? true) pipeline.succeed(job);
      else pipeline.fail(job);
    });
    const waiting = project.pipelines.flatMap((pipeline) =>
      pipeline
        .playable()
        .filter((job) => isWaiting(pipeline, job))
        .map((job) => () => {
          left.add(`${pipeline.path} ${job}`);
          pipeline.play(job);
        }),
    );
    const steps = [...ready, ...waiting];
    if (steps.length > 0) random.pick(steps)();
    else if (
      project.pipelines.some(({ jobs }) => [...jobs.values()].some(({ status }) => status === 'scheduled'))
    ) {
      project.elapse(WEEK);
    } else return;
  }
  throw new Error(`after ${STEPS_MAX} steps there is still something to do`);
}
