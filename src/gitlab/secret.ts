/** A secret of HashiCorp Vault; the short form is `path/field@engine`. */
export interface VaultSecret {
  /** The secrets engine. */
  readonly engine: {
    /** Its kind, such as 'kv-v2'. */
    readonly name: string;
    /** Where it is mounted. */
    readonly path: string;
  };
  /** Where the secret is. */
  readonly path: string;
  /** Which of its fields. */
  readonly field: string;
}

/** A secret of AWS Secrets Manager; the short form is `id#field`. */
export interface AwsSecret {
  /** The name or ARN of the secret. */
  readonly secret_id: string;
  /** Which version, by id. @default the current one */
  readonly version_id?: string;
  /** Which version, by label. @default 'AWSCURRENT' */
  readonly version_stage?: string;
  /** The region. @default the runner's */
  readonly region?: string;
  /** The role to take. @default the runner's */
  readonly role_arn?: string;
  /** The name of the session. @default made by the runner */
  readonly role_session_name?: string;
  /** Which key of a secret that holds JSON. @default the whole secret */
  readonly field?: string;
}

/** A secret of Google Cloud Secret Manager. */
export interface GcpSecret {
  /** Its name. */
  readonly name: string;
  /** Its version. @default 'latest' */
  readonly version?: string | number;
}

/** A secret of Azure Key Vault. */
export interface AzureSecret {
  /** Its name. */
  readonly name: string;
  /** Its version. @default the newest */
  readonly version?: string;
}

/**
 * A secret that the runner fetches from elsewhere when the job starts: exactly one of the four providers.
 *
 * @see https://docs.gitlab.com/ci/yaml/#secrets
 */
export interface Secret {
  /** From HashiCorp Vault. @default none */
  readonly vault?: string | VaultSecret;
  /** From AWS Secrets Manager. @default none */
  readonly aws_secrets_manager?: string | AwsSecret;
  /** From Google Cloud Secret Manager; needs `token`. @default none */
  readonly gcp_secret_manager?: GcpSecret;
  /** From Azure Key Vault. @default none */
  readonly azure_key_vault?: AzureSecret;
  /** Whether the variable holds the path of a file with the secret, not the secret. @default true */
  readonly file?: boolean;
  /** The id token to show the provider, as `$NAME`. @default the job's only one */
  readonly token?: string;
}

/** Secrets by the name of the variable that holds them. */
export type Secrets = Readonly<Record<string, Secret>>;
