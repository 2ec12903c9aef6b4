/**
 * A JSON Web Token that GitLab signs for the job and puts into the variable of that name. It lives as long as
 * the job's own `timeout` (a timeout in `default` does not count), or five minutes without one.
 *
 * @see https://docs.gitlab.com/ci/yaml/#id_tokens
 */
export interface IdToken {
  /** The audience, or several: who the token is meant for. Variables work. */
  readonly aud: string | readonly string[];
}

/** Tokens by the name of the variable that holds them. */
export type IdTokens = Readonly<Record<string, IdToken>>;
