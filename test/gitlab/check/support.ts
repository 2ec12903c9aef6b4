import {
  checkPipeline,
  formatProblem,
  type Job,
  Pipeline,
  type PipelineFile,
  type PipelineProblem,
  type PipelineProps,
} from '../../../src/gitlab';

export type Jobs = Readonly<Record<string, unknown>>;

/** A file with the given jobs, of whatever type. */
export function file(path: string, jobs: Jobs, props: PipelineProps = {}): PipelineFile {
  const pipeline = new Pipeline(props);
  for (const [name, job] of Object.entries(jobs)) pipeline.addJob(name, job as Job);
  return { path, pipeline };
}

/** The problems of a single file. */
export function problems(jobs: Jobs, props: PipelineProps = {}): readonly PipelineProblem[] {
  return checkPipeline([file('ci.yml', jobs, props)]);
}

/** The same as lines. */
export function lines(jobs: Jobs, props: PipelineProps = {}): string[] {
  return problems(jobs, props).map(formatProblem);
}

/** The problems of one job with a script. */
export function ofJob(job: Readonly<Record<string, unknown>>): string[] {
  return lines({ job: { script: 'x', ...job } });
}
