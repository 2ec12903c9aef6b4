import type { Pipeline } from './pipeline';

/** A file of configuration and where it is written. */
export interface PipelineFile {
  /** The path from the root of the repository, such as `.gitlab-ci.yml`. */
  readonly path: string;
  /** What is in it. */
  readonly pipeline: Pipeline;
}
