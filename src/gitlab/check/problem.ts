/** Something in a configuration that GitLab would refuse, or that surely is a mistake. */
export interface PipelineProblem {
  /** The file in which it is written. */
  readonly file: string;
  /** The job or template. */
  readonly job?: string;
  /** The keyword, as a path such as `rules[1].changes`. */
  readonly keyword?: string;
  /** What was given, what is expected, what to do. */
  readonly message: string;
  /**
   * 'error': GitLab refuses the configuration, or the job cannot do what is written. 'warning': it depends on
   * which rules match when the pipeline is created.
   */
  readonly severity: 'error' | 'warning';
}

/** One problem as a line of text. */
export function formatProblem(problem: PipelineProblem): string {
  const job = problem.job === undefined ? '' : `, job '${problem.job}'`;
  const keyword = problem.keyword === undefined ? '' : `, ${problem.keyword}`;
  return `${problem.file}${job}${keyword}: ${problem.message}`;
}
