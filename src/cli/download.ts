import { UserError } from '../core';

/** How to ask. */
export interface DownloadOptions {
  /** How long an answer may take, in milliseconds. */
  readonly timeout: number;
  /** How much of an answer is read, in bytes: what is longer is cut off behind that. */
  readonly most: number;
  /** What else can be done, for messages: `give a mirror with --url`. */
  readonly instead: string;
}

/** What a server answered. */
export interface Download {
  readonly status: number;
  readonly text: string;
}

/**
 * Asks for a text; redirects are followed.
 * @throws UserError where there is no answer: it says why and what to do.
 */
export async function download(url: string, options: DownloadOptions): Promise<Download> {
  const signal = AbortSignal.timeout(options.timeout);
  try {
    const response = await fetch(url, { signal, headers: { accept: 'text/plain, */*' } });
    return { status: response.status, text: await firstOf(response, options.most) };
  } catch (error) {
    throw new UserError(`cannot read ${url}: ${reasonOf(error, options)}`);
  }
}

/** The start of an answer, which may be without end. */
async function firstOf(response: Response, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).length;
    // Leaving the loop ends the connection.
    if (length > most) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Why there was no answer. Node says it in the cause of its error, or in the causes of that. */
function reasonOf(error: unknown, { timeout, instead }: DownloadOptions): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `no answer within ${timeout / 1_000} seconds${hint(instead)}`;
  const { code = '', message: detail = message } = (cause ?? {}) as NodeJS.ErrnoException;
  if (/CERT|SIGNATURE|ISSUER/.test(code)) {
    return `its certificate is not trusted (${code}): name your authority's certificate in NODE_EXTRA_CA_CERTS`;
  }
  if (/redirect/i.test(detail)) return 'it leads in a circle (too many redirects)';
  return `${code === '' || detail.includes(code) ? detail : `${code} ${detail}`.trim()}${hint(instead)}`;
}

/** What to do. Node's own fetch heeds a proxy only where it is told to, and from 22.21 on. */
function hint(instead: string): string {
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy, NODE_USE_ENV_PROXY } = process.env;
  const isProxySet = [HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy].some(Boolean);
  return isProxySet && !NODE_USE_ENV_PROXY
    ? `; the proxy of your environment is not used: with Node 22.21 or later set NODE_USE_ENV_PROXY=1, or ${instead}`
    : `; try again later, or ${instead}`;
}
