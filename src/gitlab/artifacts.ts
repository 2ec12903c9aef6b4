/** A path or several. */
export type Paths = string | readonly string[];

/**
 * Test coverage for the diff view of merge requests.
 *
 * @see https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportscoverage_report
 */
export interface CoverageReport {
  /** The format of the file. */
  readonly coverage_format: 'cobertura' | 'jacoco';
  /** Where the file is; wildcards work. */
  readonly path: string;
}

/**
 * Files that GitLab reads and shows by their meaning, whether or not the job succeeds.
 *
 * @see https://docs.gitlab.com/ci/yaml/artifacts_reports/
 */
export interface Reports {
  /** Accessibility findings, of pa11y. @default none */
  readonly accessibility?: string;
  /** Links shown on the job's page. @default none */
  readonly annotations?: Paths;
  /** Findings of API fuzzing. @default none */
  readonly api_fuzzing?: Paths;
  /** Findings of browser performance tests. @default none */
  readonly browser_performance?: string;
  /** Findings about images that run in a cluster. @default none */
  readonly cluster_image_scanning?: Paths;
  /** Findings about code quality, in the format of Code Climate. @default none */
  readonly codequality?: Paths;
  /** Findings about container images. @default none */
  readonly container_scanning?: Paths;
  /** Findings of coverage-guided fuzzing. @default none */
  readonly coverage_fuzzing?: Paths;
  /** Covered lines. @default none */
  readonly coverage_report?: CoverageReport;
  /** Bills of material. @default none */
  readonly cyclonedx?: Paths;
  /** Findings of dynamic security tests. @default none */
  readonly dast?: Paths;
  /** Findings about dependencies. @default none */
  readonly dependency_scanning?: Paths;
  /** Variables (`NAME=value` a line) for jobs that come later, and for the environment's URL. @default none */
  readonly dotenv?: Paths;
  /** Test results in the XML format of JUnit. @default none */
  readonly junit?: Paths;
  /** Findings of load tests. @default none */
  readonly load_performance?: Paths;
  /** Code intelligence data. @default none */
  readonly lsif?: Paths;
  /** Metrics in the OpenMetrics text format. @default none */
  readonly metrics?: Paths;
  /** Dependencies for code suggestions. @default none */
  readonly repository_xray?: Paths;
  /** Satisfied requirements. @default none */
  readonly requirements?: Paths;
  /** Findings of static security tests. @default none */
  readonly sast?: Paths;
  /** Leaked secrets. @default none */
  readonly secret_detection?: Paths;
  /** Counts of a plan as JSON, `{"create": n, "update": n, "delete": n}`, for the merge request. @default none */
  readonly terraform?: Paths;
}

/** What artifacts have apart from who may read them. */
export interface ArtifactsContent {
  /**
   * The name of the archive, without extension; variables work.
   * @default 'artifacts'
   */
  readonly name?: string;
  /**
   * Files and folders to keep, from the project's folder; wildcards work.
   * @default none
   */
  readonly paths?: readonly string[];
  /**
   * What to leave out of `paths`; wildcards work, and folders are not entered.
   * @default nothing
   */
  readonly exclude?: readonly string[];
  /**
   * Whether to keep all files that git does not know as well.
   * @default false
   */
  readonly untracked?: boolean;
  /**
   * Files that GitLab reads by their meaning.
   * @default none
   */
  readonly reports?: Reports;
  /**
   * The text of a link to the artifacts in the merge request: letters, digits, `-`, `_` and blanks. Needs
   * `paths` without wildcards; a merge request shows at most 10.
   * @default no link
   */
  readonly expose_as?: string;
  /**
   * At which end of the job they are kept.
   * @default 'on_success'
   */
  readonly when?: 'on_success' | 'on_failure' | 'always';
  /**
   * How long they are kept, as text such as '2 weeks', or 'never' for no end.
   * @default the instance's setting, 30 days at first
   */
  readonly expire_in?: string;
}

/**
 * What a job leaves behind. Who may read it is said by `access` or by the older `public`, not by both.
 *
 * @see https://docs.gitlab.com/ci/yaml/#artifacts
 */
export type Artifacts = ArtifactsContent &
  (
    | {
        /**
         * Who may download: everybody who sees the pipeline, developers and up, maintainers and up (since
         * GitLab 18.4), nobody.
         * @default 'all'
         */
        readonly access?: 'all' | 'developer' | 'maintainer' | 'none';
        readonly public?: never;
      }
    | {
        /**
         * Whether guests and anonymous visitors of a public project may download.
         * @default true
         */
        readonly public?: boolean;
        readonly access?: never;
      }
  );
