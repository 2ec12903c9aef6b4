import * as fs from 'node:fs';
import * as path from 'node:path';
import { UserError } from '../core';
import { inTemporaryFolder } from './run-in-folder';
import { FailedProgram, MissingProgram, runAws, runKops } from './run-kops';

/** A state store, and how to get there. */
export interface LiveStore {
  /** As `kops --state` takes it: `s3://acme-kops-state`. */
  readonly url: string;
  /** Variables laid over those of this process: `AWS_REGION`, `S3_ENDPOINT`… */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** How long each question may take, in milliseconds. */
  readonly timeout: number;
}

/**
 * The names of the clusters that a state store has, sorted; none where it has none.
 * @throws UserError where that cannot be told.
 */
export function listClusters(store: LiveStore): Promise<string[]> {
  return throughKops(store, listWithKops, listWithAws);
}

/**
 * What a state store has of a cluster, as `kops get all -o yaml` prints it: the cluster, its instance groups and its addons'
 * objects as documents of one YAML; `undefined` where the store does not have that cluster.
 * @throws UserError where that cannot be told.
 */
export function getAll(store: LiveStore, cluster: string): Promise<string | undefined> {
  return throughKops(
    store,
    (one) => getWithKops(one, cluster),
    (one) => getWithAws(one, cluster),
  );
}

/** By kOps; where it is not installed by the store's own client, if that is one that is known here. */
async function throughKops<T>(
  store: LiveStore,
  kops: (store: LiveStore) => Promise<T>,
  aws: (store: LiveStore) => Promise<T>,
): Promise<T> {
  try {
    return await kops(store);
  } catch (error) {
    if (!(error instanceof MissingProgram) || !isS3(store)) throw withRemedy(error, store);
  }
  try {
    return await aws(store);
  } catch (error) {
    if (!(error instanceof MissingProgram)) throw withRemedy(error, store);
    throw new MissingProgram(
      'neither kops nor aws is installed: to read the state store, put one of them on PATH',
    );
  }
}

/** What clouds say to who they do not know, or do not let in. */
const REFUSED =
  /AccessDenied|Forbidden|StatusCode: 40[13]|credential|ExpiredToken|InvalidAccessKeyId|SignatureDoesNotMatch|empty when S3_ENDPOINT|Unauthorized/i;

/** The same error, with what to do where the store let nobody in. */
function withRemedy(error: unknown, { url }: LiveStore): unknown {
  if (!(error instanceof FailedProgram) || url.startsWith('file://') || !REFUSED.test(error.said))
    return error;
  return new UserError(
    `${error.message}: your own credentials have to read ${url}, as its role for plans does`,
  );
}

/** Stores that speak the language of S3. */
function isS3({ url }: LiveStore): boolean {
  return /^(?:s3|do|scw):\/\//.test(url);
}

async function listWithKops(store: LiveStore): Promise<string[]> {
  const answer = await orNothing(
    kops(store, ['get', 'clusters', '-o', 'json']),
    /^Error: no clusters found$/m,
  );
  if (answer === undefined) return [];
  let clusters: unknown;
  try {
    clusters = JSON.parse(answer);
  } catch {
    throw new UserError(`kops get clusters printed no JSON: is the kops on PATH the real one?`);
  }
  // An older kOps prints one cluster without a list around it.
  return [clusters]
    .flat()
    .map((cluster) => (cluster as { metadata?: { name?: unknown } } | null)?.metadata?.name)
    .filter((name): name is string => typeof name === 'string')
    .sort();
}

function getWithKops(store: LiveStore, cluster: string): Promise<string | undefined> {
  return orNothing(
    kops(store, ['get', 'all', '--name', cluster, '-o', 'yaml']),
    /^Error: (?:\S+ "[^"]*" not found|no cluster found)$/m,
  );
}

/** Runs kOps on a store. A cluster that the caller's environment names is none of ours. */
async function kops({ url, environment, timeout }: LiveStore, words: readonly string[]): Promise<string> {
  const only = { ...environment, KOPS_STATE_STORE: undefined, KOPS_CLUSTER_NAME: undefined };
  const { stdout } = await runKops([...words, '--state', url], { environment: only, timeout });
  return stdout;
}

/** What a program printed; nothing where it failed because there is nothing. */
async function orNothing(answer: Promise<string>, nothing: RegExp): Promise<string | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof FailedProgram && nothing.test(error.said)) return undefined;
    throw error;
  }
}

async function listWithAws(store: LiveStore): Promise<string[]> {
  const { bucket, prefix } = placeOf(store);
  const words = ['s3api', 'list-objects-v2', '--bucket', bucket, '--prefix', prefix, '--delimiter', '/'];
  const answer = await aws(store, [...words, '--query', 'CommonPrefixes[].Prefix', '--output', 'json']);
  const prefixes = (answer.trim() === '' ? null : JSON.parse(answer)) as string[] | null;
  // What has no dot is no name of a cluster but a folder of something else.
  const names = (prefixes ?? []).map((one) => one.slice(prefix.length).replace(/\/$/, ''));
  return names.filter((name) => name.includes('.')).sort();
}

/** The same three kinds of objects that the jobs read. */
function getWithAws(store: LiveStore, cluster: string): Promise<string | undefined> {
  return inTemporaryFolder('live', async (folder) => {
    const { bucket, prefix } = placeOf(store);
    const config = path.join(folder, 'config');
    const key = `${prefix}${cluster}/config`;
    const read = orNothing(
      aws(store, ['s3api', 'get-object', '--bucket', bucket, '--key', key, config]),
      /\bNoSuchKey\b/,
    );
    const copies = ['instancegroup', 'clusteraddons'].map((kind) =>
      aws(store, [
        ...['s3', 'cp', '--recursive', '--only-show-errors'],
        ...[`s3://${bucket}/${prefix}${cluster}/${kind}/`, `${path.join(folder, kind)}${path.sep}`],
      ]),
    );
    // All have ended before the folder goes, also where one of them fails.
    const [found, ...copied] = await Promise.allSettled([read, ...copies]);
    for (const one of [found, ...copied]) if (one.status === 'rejected') throw one.reason;
    if (found.status === 'fulfilled' && found.value === undefined) return undefined;
    return ['config', 'instancegroup', 'clusteraddons']
      .flatMap((kind) => textsBelow(path.join(folder, kind)))
      .map((text) => text.replace(/\n*$/, '\n'))
      .join('\n---\n\n');
  });
}

/** The texts of a file, or of all files in a folder by their names; none where it is not there. */
function textsBelow(file: string): string[] {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat?.isFile()) return [fs.readFileSync(file, 'utf8')];
  if (!stat) return [];
  return fs
    .readdirSync(file)
    .sort()
    .flatMap((name) => textsBelow(path.join(file, name)));
}

/** The bucket, and what all keys of the store begin with. */
function placeOf({ url }: LiveStore): { readonly bucket: string; readonly prefix: string } {
  const [bucket = '', ...folders] = url
    .replace(/^\w+:\/\//, '')
    .split('/')
    .filter(Boolean);
  return { bucket, prefix: folders.map((name) => `${name}/`).join('') };
}

/** Runs the client of S3, with the credentials that kOps itself takes for another endpoint than AWS's. */
async function aws({ environment, timeout }: LiveStore, words: readonly string[]): Promise<string> {
  const all: Readonly<Record<string, string | undefined>> = { ...process.env, ...environment };
  if (!all.S3_ENDPOINT) return (await runAws(words, { environment, timeout })).stdout;
  const region = all.S3_REGION ?? all.AWS_REGION ?? 'us-east-1';
  const endpoint = {
    AWS_ACCESS_KEY_ID: all.S3_ACCESS_KEY_ID ?? all.SCW_ACCESS_KEY ?? all.AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: all.S3_SECRET_ACCESS_KEY ?? all.SCW_SECRET_KEY ?? all.AWS_SECRET_ACCESS_KEY,
    // Both names of the region: version 1 of the client knows one.
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // Not every such service takes checksums.
    AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required',
    AWS_RESPONSE_CHECKSUM_VALIDATION: 'when_required',
  };
  const options = { environment: { ...environment, ...endpoint }, timeout };
  return (await runAws(['--endpoint-url', all.S3_ENDPOINT, ...words], options)).stdout;
}
