import { UserError } from '../core';
import {
  isKopsVersion,
  KOPS_ARCHITECTURES,
  KOPS_LOCK_FILE,
  type KopsDigests,
  type KopsLock,
  parseKopsLock,
  stringifyKopsLock,
} from '../delivery/kops-lock';
import { deliverySettings } from '../delivery/settings';
import { carryOut } from '../synth';
import { readKopsLockText } from './kops-lock-file';
import { findRoot } from './load-fleet';
import { openFleet } from './open-fleet';
import { type DigestSource, readDigest } from './read-digest';
import { count } from './report';

/** Options of `cdkops lock`. */
export interface LockOptions {
  /** The file that exports the fleet. */
  readonly app: string;
  /** URL of kOps's releases, or of a mirror. */
  readonly url: string;
  /** How long one answer may take, in seconds. */
  readonly timeout: number;
}

/** `cdkops lock`: pins the kOps binaries that the fleet's jobs download by their digests. */
export async function lockCommand(given: readonly string[], options: LockOptions): Promise<number> {
  const root = findRoot();
  const versions = [...new Set(given.map(checkedVersion))];
  const wanted = versions.length > 0 ? versions : await downloadedVersions(options.app);
  if (!wanted) return 1;
  if (wanted.length === 0) {
    process.stdout.write(
      "no cluster of the fleet downloads kOps (kopsBinary: 'download'): there is nothing to pin\n",
    );
    return 0;
  }
  const before = readKopsLockText(root);
  const known: KopsLock = before === undefined ? new Map() : parseKopsLock(before);
  const source = { url: options.url.replace(/\/+$/, ''), timeout: options.timeout * 1_000 };
  const read = await readAll(
    source,
    wanted.filter((version) => !known.has(version)),
  );
  // Versions that were asked for are added; without any, the lock has what the fleet needs and nothing else.
  const kept = [...known].filter(([version]) => versions.length > 0 || wanted.includes(version));
  const text = stringifyKopsLock(new Map([...kept, ...read]));
  const isSame = before?.replaceAll('\r\n', '\n') === text;
  if (!isSame) {
    const write = { path: KOPS_LOCK_FILE, text, before };
    carryOut(root, { writes: [write], removes: [], unchanged: [], problems: [] });
  }
  process.stdout.write(summary(read, known.size - kept.length, isSame));
  return 0;
}

function summary(read: KopsLock, dropped: number, isSame: boolean): string {
  if (isSame) return `${KOPS_LOCK_FILE} has them all already\n`;
  const parts = [
    read.size > 0 ? `pinned kOps ${[...read.keys()].join(', ')}` : '',
    dropped > 0 ? `left out ${count(dropped, 'version')} that no cluster uses` : '',
  ].filter(Boolean);
  return `${KOPS_LOCK_FILE}: ${parts.join(', ') || 'written anew'}; commit it\n`;
}

/** The versions that jobs of the fleet download; `undefined` where the fleet has a mistake, which has been told. */
async function downloadedVersions(app: string): Promise<string[] | undefined> {
  const fleet = await openFleet(app);
  const versions = fleet?.clusters.flatMap(({ delivery: { construct, kopsVersion } }) =>
    deliverySettings.get(construct, 'kopsBinary') === 'download' ? (kopsVersion ?? []) : [],
  );
  return versions && [...new Set(versions)];
}

/** All or none: the first that cannot be had ends it. */
async function readAll(source: DigestSource, versions: readonly string[]): Promise<Map<string, KopsDigests>> {
  const read = await Promise.all(
    versions.map(async (version): Promise<[string, KopsDigests]> => {
      const [amd64, arm64] = await Promise.all(
        KOPS_ARCHITECTURES.map((architecture) => readDigest(source, version, architecture)),
      );
      return [version, { amd64: amd64 ?? '', arm64: arm64 ?? '' }];
    }),
  );
  return new Map(read);
}

function checkedVersion(text: string): string {
  const version = text.replace(/^v/, '');
  if (isKopsVersion(version)) return version;
  throw new UserError(`expected versions of kOps such as 1.36.2, got ${JSON.stringify(text)}`);
}
