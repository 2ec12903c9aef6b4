/**
 * A CI/CD variable of a job or of a whole file. GitLab expands `$NAME` in values: write `$$` for a literal
 * dollar, or take the object form with `expand: false`.
 *
 * @see https://docs.gitlab.com/ci/yaml/#variables
 */
export type VariableValue = string | number;

/** A job's variable in its long form. */
export interface Variable {
  /** What the variable holds. */
  readonly value: string;
  /**
   * Whether `$OTHER` inside the value is replaced by that variable's value.
   * @default true
   */
  readonly expand?: boolean;
}

/**
 * A variable of the whole pipeline in its long form: one that has a description is offered in the form that
 * starts a pipeline by hand.
 *
 * @see https://docs.gitlab.com/ci/yaml/#variablesdescription
 */
export interface GlobalVariable {
  /**
   * What the variable holds unless the one who starts the pipeline says otherwise.
   * @default '' in the form
   */
  readonly value?: string;
  /**
   * The text shown beside the variable in the form, in Markdown.
   * @default none: the form does not offer the variable
   */
  readonly description?: string;
  /**
   * The values among which the form lets a person choose; `value` has to be one of them.
   * @default any text
   */
  readonly options?: readonly string[];
  /**
   * Whether `$OTHER` inside the value is replaced by that variable's value.
   * @default true
   */
  readonly expand?: boolean;
}

/** Variables of one job, by name. */
export type Variables = Readonly<Record<string, VariableValue | Variable>>;

/** Variables of every job of the pipeline, by name. */
export type GlobalVariables = Readonly<Record<string, VariableValue | GlobalVariable>>;

/** Variables that a matching rule sets: these have no long form. */
export type RuleVariables = Readonly<Record<string, VariableValue>>;
