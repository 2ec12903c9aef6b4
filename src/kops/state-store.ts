import { given, UserError } from '../core';
import type { KopsRelease } from './api';

/** Where an s3 bucket is. */
export interface S3StateStoreOptions {
  /**
   * Region of the bucket.
   * @default - kOps asks S3
   */
  readonly region?: string;
  /**
   * URL of an S3-compatible service that is not AWS's, for instance `https://s3.example.com`. kOps then takes its
   * credentials from `S3_ACCESS_KEY_ID` and `S3_SECRET_ACCESS_KEY`.
   * @default - AWS
   */
  readonly endpoint?: string;
  /**
   * Folder in the bucket.
   * @default - none: the clusters lie at the top of the bucket
   */
  readonly prefix?: string;
}

/** Where in a bucket or container the clusters lie. */
export interface BucketOptions {
  /**
   * Folder in the bucket.
   * @default - none
   */
  readonly prefix?: string;
}

/** What an S3-compatible service of another cloud needs to be found. */
export interface EndpointBucketOptions extends BucketOptions {
  /** URL of the service, for instance `https://nyc3.digitaloceanspaces.com`. */
  readonly endpoint: string;
  /**
   * Region of the bucket.
   * @default - left to kOps
   */
  readonly region?: string;
}

/**
 * The place where kOps keeps the state of clusters: `StateStore.s3('acme-kops-state', { region: 'eu-central-1' })`.
 * @see https://kops.sigs.k8s.io/state/
 */
export class StateStore {
  /** Whether `value` is a state store, also one of another copy of this package. */
  public static isStateStore(value: unknown): value is StateStore {
    return typeof value === 'object' && value !== null && STATE_STORE in value;
  }

  /** A bucket of Amazon S3, or of a service that speaks its language. */
  public static s3(bucket: string, options: S3StateStoreOptions = {}): StateStore {
    const { region, endpoint } = checked(options);
    // kOps reads S3_REGION for another endpoint than AWS's only (util/pkg/vfs/s3context.go).
    const environment = endpoint ? { S3_REGION: region, S3_ENDPOINT: endpoint } : { AWS_REGION: region };
    return new StateStore(url('s3', bucket, options?.prefix), environment);
  }

  /** A bucket of Google Cloud Storage. */
  public static gs(bucket: string, options: BucketOptions = {}): StateStore {
    return new StateStore(url('gs', bucket, options?.prefix));
  }

  /** A DigitalOcean Space. */
  public static do(bucket: string, options: EndpointBucketOptions): StateStore {
    return new StateStore(url('do', bucket, options?.prefix), endpointVariables('do', options));
  }

  /**
   * A container of Azure Blob Storage. kOps 1.36 wants the account in the URL, earlier ones in
   * `AZURE_STORAGE_ACCOUNT`; each cluster gets the form of its own kOps version.
   * @see https://kops.sigs.k8s.io/releases/1.36-notes/
   */
  public static azureblob(account: string, container: string, options: BucketOptions = {}): StateStore {
    const early = new StateStore(url('azureblob', container, options?.prefix), {
      AZURE_STORAGE_ACCOUNT: account,
    });
    return new StateStore(url('azureblob', `${account}/${container}`, options?.prefix), {}, early);
  }

  /** A Scaleway Object Storage bucket. */
  public static scw(bucket: string, options: EndpointBucketOptions): StateStore {
    return new StateStore(url('scw', bucket, options?.prefix), endpointVariables('scw', options));
  }

  /** A container of OpenStack Swift. */
  public static swift(container: string, options: BucketOptions = {}): StateStore {
    return new StateStore(url('swift', container, options?.prefix));
  }

  /** A folder on the machine that runs kOps, for trials: nodes of a real cluster cannot read it. */
  public static file(folder: string): StateStore {
    if (typeof folder !== 'string' || !folder.startsWith('/'))
      throw new UserError(`a file state store needs an absolute path, got ${given(folder)}`);
    return new StateStore(`file://${folder.replace(/\/+$/, '')}`);
  }

  private constructor(
    private readonly location: string,
    private readonly environment: Readonly<Record<string, string | undefined>> = {},
    private readonly before136?: StateStore,
  ) {
    Object.defineProperty(this, STATE_STORE, { value: true });
  }

  /** The URL that `kops --state` takes, for instance `s3://acme-kops-state`. */
  public url(release: KopsRelease): string {
    return this.at(release).location;
  }

  /** Where the state of one cluster lies: the cluster's `spec.configBase`. */
  public configBase(clusterName: string, release: KopsRelease): string {
    return `${this.url(release)}/${clusterName}`;
  }

  /** The environment variables by which kOps finds the store, `KOPS_STATE_STORE` first; no secret among them. */
  public variables(release: KopsRelease): Record<string, string> {
    const given = Object.entries(this.at(release).environment).filter(([, value]) => value !== undefined);
    return { KOPS_STATE_STORE: this.url(release), ...(Object.fromEntries(given) as Record<string, string>) };
  }

  private at(release: KopsRelease): StateStore {
    return this.before136 && Number(release.split('.')[1]) < 36 ? this.before136 : this;
  }
}

const STATE_STORE = Symbol.for('cdkops.StateStore');

function endpointVariables(
  scheme: string,
  options: EndpointBucketOptions,
): Record<string, string | undefined> {
  const { region, endpoint } = checked(options);
  if (endpoint === undefined) {
    throw new UserError(`a ${scheme} state store needs an endpoint: { endpoint: 'https://…' }`);
  }
  return { S3_REGION: region, S3_ENDPOINT: endpoint };
}

/** Options of which the texts are texts, and the endpoint a URL. */
function checked(options: S3StateStoreOptions): S3StateStoreOptions {
  const { region, endpoint } = options ?? {};
  if (region !== undefined && !matches(/^[a-z0-9-]+$/, region)) {
    throw new UserError(`a state store's region is a name such as eu-central-1, got ${given(region)}`);
  }
  if (endpoint !== undefined && !matches(/^https?:\/\/[^\s/]+\/?$/, endpoint)) {
    throw new UserError(
      `a state store's endpoint is a URL such as https://s3.example.com, got ${given(endpoint)}`,
    );
  }
  return options ?? {};
}

function matches(pattern: RegExp, value: unknown): boolean {
  return typeof value === 'string' && pattern.test(value);
}

/** A name, or a folder in a bucket: what each part of a store's URL may be. */
const PART = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

function url(scheme: string, bucket: string, prefix: string | undefined): string {
  const parts = [bucket, prefix].flatMap((text) => (typeof text === 'string' ? text.split('/') : [text]));
  const location = parts.filter((part) => part !== '' && part !== undefined);
  if (typeof bucket !== 'string' || !location.every((part) => matches(PART, part)) || location.length === 0) {
    throw new UserError(
      `a ${scheme} state store needs a name of letters, digits, dots and dashes, without "${scheme}://", got ${given(bucket)}${prefix === undefined ? '' : ` with the prefix ${given(prefix)}`}`,
    );
  }
  return `${scheme}://${location.join('/')}`;
}
