/** The values that one variable takes in a matrix. */
export type MatrixValue = string | number | readonly (string | number)[];

/** Variables by name: one instance of the job for every combination of their values. */
export type MatrixRow = Readonly<Record<string, MatrixValue>>;

/**
 * Instances of a job by the values of variables. All rows together give at most 200 instances.
 *
 * @see https://docs.gitlab.com/ci/yaml/#parallelmatrix
 */
export interface Matrix {
  /** The rows, each multiplied out by itself. */
  readonly matrix: readonly MatrixRow[];
}

/**
 * How many times a job is run side by side: a number from 1 to 200, or a matrix of variables.
 *
 * @see https://docs.gitlab.com/ci/yaml/#parallel
 */
export type Parallel = number | Matrix;
