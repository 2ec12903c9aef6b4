import type { AutoCancel } from './auto-cancel';
import type { NeedJob } from './needs';
import type { RuleVariables } from './variables';

/** When a job starts. `never` is for rules only: it leaves the job out of the pipeline. */
export type When = 'on_success' | 'on_failure' | 'always' | 'manual' | 'delayed';

/** When a job starts, as a rule says it. */
export type RuleWhen = When | 'never';

/**
 * Which files must have changed for a rule to match. GitLab takes it as true where there is nothing to compare
 * with: new branches, tags, schedules and pipelines started by hand.
 *
 * @see https://docs.gitlab.com/ci/yaml/#ruleschanges
 */
export interface Changes {
  /** Paths from the root of the repository; `*`, `**` and `?` work. At most 50. */
  readonly paths: readonly string[];
  /**
   * The branch, tag or commit to compare with.
   * @default the target branch in merge request pipelines, the previous commit elsewhere
   */
  readonly compare_to?: string;
}

/**
 * Which files must be there for a rule to match.
 *
 * @see https://docs.gitlab.com/ci/yaml/#rulesexists
 */
export interface Exists {
  /** Paths from the root of the repository; `*`, `**` and `?` work. At most 50. */
  readonly paths: readonly string[];
  /**
   * The full path of the project to look into.
   * @default the project of the pipeline
   */
  readonly project?: string;
  /**
   * The branch, tag or commit to look at; only together with `project`.
   * @default the latest commit of that project's default branch
   */
  readonly ref?: string;
}

/** The conditions that all kinds of rules share; they are combined by "and". */
export interface RuleCondition {
  /**
   * An expression over variables, such as `$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH`.
   * @default always true
   */
  readonly if?: string;
  /**
   * Files of which at least one must have changed: a list of paths, or paths and what to compare with.
   * @default not looked at
   */
  readonly changes?: readonly string[] | Changes;
  /**
   * Files of which at least one must be there.
   * @default not looked at
   */
  readonly exists?: readonly string[] | Exists;
}

/**
 * One rule of a job. The first rule that matches decides; a job that has rules and of which none matches is
 * left out. Rules are judged once, when the pipeline is created.
 *
 * @see https://docs.gitlab.com/ci/yaml/#rules
 */
export interface Rule extends RuleCondition {
  /**
   * What becomes of the job when the rule matches.
   * @default the job's own `when`, else 'on_success'
   */
  readonly when?: RuleWhen;
  /**
   * How long a delayed job waits, as text such as '30 minutes'; at most one week. Required with, and only
   * with, `when: 'delayed'`.
   * @default none
   */
  readonly start_in?: string;
  /**
   * Whether the pipeline goes on when the job fails or, for a manual job, before it is started. Write it out
   * with `when: 'manual'`: there it is false in a rule and true at the job.
   * @default the job's own `allow_failure`, else false
   */
  readonly allow_failure?: boolean;
  /**
   * Whether a newer pipeline may cancel the job.
   * @default the job's own `interruptible`
   */
  readonly interruptible?: boolean;
  /**
   * Variables to set or replace when the rule matches.
   * @default none
   */
  readonly variables?: RuleVariables;
  /**
   * What the job needs when the rule matches; it replaces the job's own `needs`.
   * @default the job's own `needs`
   */
  readonly needs?: readonly (string | NeedJob)[];
}

/**
 * One rule of the whole pipeline. When none matches there is no pipeline.
 *
 * @see https://docs.gitlab.com/ci/yaml/#workflowrules
 */
export interface WorkflowRule extends RuleCondition {
  /**
   * Whether there is a pipeline when the rule matches.
   * @default 'always'
   */
  readonly when?: 'always' | 'never';
  /**
   * Variables to set or replace for the whole pipeline.
   * @default none
   */
  readonly variables?: RuleVariables;
  /**
   * What cancels the pipeline when the rule matches.
   * @default the workflow's own `auto_cancel`
   */
  readonly auto_cancel?: AutoCancel;
}

/**
 * One rule of an included file.
 *
 * @see https://docs.gitlab.com/ci/yaml/#includerules
 */
export interface IncludeRule extends RuleCondition {
  /**
   * Whether the file is included when the rule matches.
   * @default 'always'
   */
  readonly when?: 'always' | 'never';
}
