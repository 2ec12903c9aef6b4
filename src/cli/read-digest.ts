import { UserError } from '../core';
import { type KopsArchitecture, SHA256 } from '../delivery/kops-lock';
import { download } from './download';

/** Where and how to ask. */
export interface DigestSource {
  /** URL of the releases, without a slash at its end. */
  readonly url: string;
  /** How long one answer may take, in milliseconds. */
  readonly timeout: number;
}

/** A digest and a file name are shorter than that, in bytes; a page of HTML is longer. */
const LONGEST_ANSWER = 4_096;

/** What `sha256sum` prints: the digest alone, or with the file's name behind it. */
const ANSWER = /^(?<digest>[0-9a-fA-F]{64})(?:[ \t]+\*?\S+)?\s*$/;

/**
 * Asks for the published SHA-256 of a kOps binary.
 * @throws UserError where there is none to be had: it says why and what to do.
 */
export async function readDigest(
  { url, timeout }: DigestSource,
  version: string,
  architecture: KopsArchitecture,
): Promise<string> {
  const from = `${url}/v${version}/kops-linux-${architecture}.sha256`;
  const answer = await download(from, {
    timeout,
    most: LONGEST_ANSWER,
    instead: 'give a mirror with --url',
  });
  if (answer.status === 404) {
    throw new UserError(
      `there is no kOps ${version} for linux-${architecture} at ${url} (404 for ${from}): is the version right?`,
    );
  }
  if (answer.status !== 200)
    throw new UserError(`${from} answers with status ${answer.status}: try again later`);
  const digest = ANSWER.exec(answer.text)?.groups?.digest?.toLowerCase();
  if (digest !== undefined && SHA256.test(digest)) return digest;
  const got = /^\s*</.test(answer.text) ? 'a web page' : JSON.stringify(answer.text.slice(0, 40));
  throw new UserError(
    `${from} should be a SHA-256 of 64 hex digits and is ${got}: does a proxy or a login stand in between?`,
  );
}
