/**
 * What a job does to its environment. Only 'start' makes a deployment; 'prepare', 'verify' and 'access' take
 * the environment's variables and protection without one, and 'stop' ends it.
 */
export type EnvironmentAction = 'start' | 'prepare' | 'stop' | 'verify' | 'access';

/** What kind of environment it is. */
export type DeploymentTier = 'production' | 'staging' | 'testing' | 'development' | 'other';

/**
 * How the environment's page reaches a Kubernetes cluster.
 *
 * @see https://docs.gitlab.com/ci/yaml/#environmentkubernetes
 */
export interface EnvironmentKubernetes {
  /** The agent, as `path/of/project:name`. @default none */
  readonly agent?: string;
  /** The namespace whose state is shown. @default none */
  readonly namespace?: string;
  /** The Flux resource whose state is shown. @default none */
  readonly flux_resource_path?: string;
  /** Whether the agent makes the environment's resources. @default the agent's setting */
  readonly managed_resources?: {
    /** Whether it does. @default true */
    readonly enabled?: boolean;
  };
  /** What the page shows; takes the place of the two members above. @default none */
  readonly dashboard?: {
    /** The namespace whose state is shown. @default none */
    readonly namespace?: string;
    /** The Flux resource whose state is shown. @default none */
    readonly flux_resource_path?: string;
  };
}

/**
 * Where a job deploys to. A pipeline may have at most 500 jobs with an environment, whatever their action.
 *
 * @see https://docs.gitlab.com/ci/yaml/#environment
 */
export interface Environment {
  /**
   * The environment's name: letters, digits, blanks, `-`, `_`, `/`, `.`, `$`, `{`, `}`, at most 255, and no
   * slash at either end. Variables work.
   */
  readonly name: string;
  /**
   * The address that GitLab links to; variables work, those of a dotenv report too. At most 255 characters.
   * @default none
   */
  readonly url?: string;
  /**
   * What the job does to the environment.
   * @default 'start'
   */
  readonly action?: EnvironmentAction;
  /**
   * What kind of environment it is.
   * @default guessed from the name
   */
  readonly deployment_tier?: DeploymentTier;
  /**
   * The job that stops the environment; it must have the same environment with `action: 'stop'`.
   * @default none
   */
  readonly on_stop?: string;
  /**
   * After how long it is stopped, as text such as '1 day', or 'never'.
   * @default never
   */
  readonly auto_stop_in?: string;
  /**
   * The Kubernetes cluster that its page shows.
   * @default none
   */
  readonly kubernetes?: EnvironmentKubernetes;
}
