import { given, isMap, UserError } from '../core';
import { CLUSTERS_FOLDER } from './files';

/** The file with the digests of the kOps binaries that jobs download, relative to the project. */
export const KOPS_LOCK_FILE = `${CLUSTERS_FOLDER}/kops.lock.json`;

/** Where kOps publishes its binaries: below it, `v1.36.2/kops-linux-amd64`. */
export const KOPS_RELEASES_URL = 'https://github.com/kubernetes/kops/releases/download';

/** The machines that a job may run on, as kOps's binaries are named. */
export const KOPS_ARCHITECTURES = ['amd64', 'arm64'] as const;

/** A machine that a job may run on. */
export type KopsArchitecture = (typeof KOPS_ARCHITECTURES)[number];

/** The SHA-256 of the Linux binaries of one version, as 64 hex digits. */
export type KopsDigests = Readonly<Record<KopsArchitecture, string>>;

/** Which binaries jobs may run: those with these digests, by version, for instance `1.36.2`. */
export type KopsLock = ReadonlyMap<string, KopsDigests>;

/** The version of the file's format; a later cdkops may write another. */
const FORMAT = 1;

/** What a SHA-256 looks like. */
export const SHA256 = /^[0-9a-f]{64}$/;

/** What the version of a release looks like: it becomes a part of a URL. */
const VERSION = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?$/;

/** Whether `version` can be the version of a kOps release. */
export function isKopsVersion(version: string): boolean {
  return VERSION.test(version);
}

/**
 * Reads the text of a lock.
 * @throws UserError where it is none: it says in which file, and where in it.
 */
export function parseKopsLock(text: string, file = KOPS_LOCK_FILE): KopsLock {
  const fail = (message: string): never => {
    throw new UserError(`${file} ${message}: bring it back from git, or remove it and run npx cdkops lock`);
  };
  let data: unknown;
  try {
    // A merge request checked out on Windows may have put a mark in front.
    data = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const { message } = error as Error;
    return fail(
      /^(?:<<<<<<<|=======|>>>>>>>)/m.test(text) ? 'has merge conflicts' : `is no JSON (${message})`,
    );
  }
  if (!isMap(data)) return fail(`holds ${given(data)} where a lock was expected`);
  if (data.format !== FORMAT) {
    return fail(
      `has the format ${JSON.stringify(data.format)}, and this cdkops knows format ${FORMAT} alone`,
    );
  }
  if (!isMap(data.kops)) return fail(`has ${given(data.kops)} as its kops, where an object was expected`);
  return new Map(
    Object.entries(data.kops).map(([version, digests]) => {
      if (!isKopsVersion(version)) return fail(`has ${JSON.stringify(version)}, which is no version of kOps`);
      return [version, readDigests(version, digests, fail)];
    }),
  );
}

function readDigests(version: string, digests: unknown, fail: (message: string) => never): KopsDigests {
  const of = (architecture: KopsArchitecture): string => {
    const digest = isMap(digests) ? digests[`linux-${architecture}`] : undefined;
    if (typeof digest === 'string' && SHA256.test(digest)) return digest;
    return fail(
      `has ${given(digest)} as the digest linux-${architecture} of ${version}, where 64 hex digits were expected`,
    );
  };
  return { amd64: of('amd64'), arm64: of('arm64') };
}

/** The text of a lock: the same for the same digests, a line for each, so that changes are easy to read. */
export function stringifyKopsLock(lock: KopsLock): string {
  const { rcompare } = require('semver') as typeof import('semver');
  const versions = [...lock].sort(([one], [other]) => rcompare(one, other));
  const kops = Object.fromEntries(
    versions.map(([version, { amd64, arm64 }]) => [version, { 'linux-amd64': amd64, 'linux-arm64': arm64 }]),
  );
  return `${JSON.stringify({ format: FORMAT, kops }, undefined, 2)}\n`;
}

/** The digests of a version, or in words why there are none and what to do. */
export function lookUpKops(lock: KopsLock | undefined, version: string): KopsDigests | string {
  const digests = lock?.get(version);
  if (digests) return digests;
  const why = lock ? `has no digests of kOps ${version}` : 'is not there';
  return `${KOPS_LOCK_FILE} ${why}, and jobs run no kOps that they cannot compare with it: run npx cdkops lock where there is a network, and commit the file`;
}
