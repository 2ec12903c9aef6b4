import { UserError } from '../core';
import { type KopsArchitecture, SHA256 } from '../delivery/kops-lock';

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
  const signal = AbortSignal.timeout(timeout);
  let answer: { status: number; text: string };
  try {
    const response = await fetch(from, { signal, headers: { accept: 'text/plain, */*' } });
    answer = { status: response.status, text: await firstOf(response) };
  } catch (error) {
    throw new UserError(`cannot read ${from}: ${reasonOf(error, timeout)}`);
  }
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

/** The start of an answer, which may be without end. */
async function firstOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).length;
    // Leaving the loop ends the connection.
    if (length > LONGEST_ANSWER) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Why there was no answer. Node says it in the cause of its error, or in the causes of that. */
function reasonOf(error: unknown, timeout: number): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `no answer within ${timeout / 1_000} seconds${proxyHint()}`;
  const { code = '', message: detail = message } = (cause ?? {}) as NodeJS.ErrnoException;
  if (/CERT|SIGNATURE|ISSUER/.test(code)) {
    return `its certificate is not trusted (${code}): name your authority's certificate in NODE_EXTRA_CA_CERTS`;
  }
  if (/redirect/i.test(detail)) return 'it leads in a circle (too many redirects)';
  return `${code === '' || detail.includes(code) ? detail : `${code} ${detail}`.trim()}${proxyHint()}`;
}

/** Node's own fetch heeds a proxy only where it is told to, and from 22.21 on. */
function proxyHint(): string {
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy, NODE_USE_ENV_PROXY } = process.env;
  const isProxySet = [HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy].some(Boolean);
  return isProxySet && !NODE_USE_ENV_PROXY
    ? '; the proxy of your environment is not used: with Node 22.21 or later set NODE_USE_ENV_PROXY=1, or give a mirror with --url'
    : '';
}
