import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../core';
import { type Channel, parseChannel } from '../kops/upgrades';
import { download } from './download';

/** Where kOps keeps its channels. Source: DefaultChannelBase in its pkg/apis/kops/channel.go. */
const KOPS_CHANNELS_URL = 'https://raw.githubusercontent.com/kubernetes/kops/master/channels/';

/** More than a channel has, in bytes. */
const LONGEST_CHANNEL = 1_024 * 1_024;

/** What to do where a channel cannot be had. */
const INSTEAD = 'leave --online and --channel out: what ships with cdkops counts then';

/** Where a channel is: an address, or else a file. */
export interface ChannelPlace {
  /** As messages name it. */
  readonly name: string;
  readonly url?: string;
  readonly file?: string;
}

/**
 * The place that a user means: a name of kOps's own such as `stable`, an address, or a file.
 * @throws UserError where it can be none of them.
 */
export function findChannel(given: string): ChannelPlace {
  if (/^[a-z][a-z0-9-]*$/i.test(given)) return { name: given, url: `${KOPS_CHANNELS_URL}${given}` };
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(given)?.[1]?.toLowerCase();
  if (scheme === undefined) return { name: given, file: path.resolve(given) };
  try {
    if (scheme === 'file') return { name: given, file: fileURLToPath(given) };
    const { username, password, protocol } = new URL(given);
    if (/^https?:$/.test(protocol) && username === '' && password === '') return { name: given, url: given };
  } catch {
    // Said below.
  }
  throw new UserError(
    '--channel: expected stable, alpha, an address that begins with https:// and has no password in it, or a file',
  );
}

/**
 * Reads a channel.
 * @param timeout - how long an answer may take, in milliseconds
 * @throws UserError where it cannot be had, or is none.
 */
export async function readChannel(place: ChannelPlace, timeout: number): Promise<Channel> {
  const { name, url, file } = place;
  const text = url === undefined ? readFile(name, file ?? '') : await readUrl(name, url, timeout);
  return parseChannel(text, url === undefined || url === name ? name : `${name} (${url})`);
}

async function readUrl(name: string, url: string, timeout: number): Promise<string> {
  const { status, text } = await download(url, { timeout, most: LONGEST_CHANNEL, instead: INSTEAD });
  if (status === 404) {
    throw new UserError(`there is no channel ${name} (404 for ${url}): kOps has stable and alpha`);
  }
  if (status !== 200) {
    throw new UserError(`${url} answers with status ${status}: try again later, or ${INSTEAD}`);
  }
  if (/^\s*</.test(text)) {
    throw new UserError(`${url} is a web page and no channel: does a proxy or a login stand in between?`);
  }
  return checkedLength(text, url);
}

function readFile(name: string, file: string): string {
  try {
    return checkedLength(fs.readFileSync(file, 'utf8'), name);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : message;
    throw new UserError(`cannot read the channel ${name}: ${why}`);
  }
}

function checkedLength(text: string, name: string): string {
  if (text.length <= LONGEST_CHANNEL) return text;
  throw new UserError(`${name} is longer than ${LONGEST_CHANNEL} bytes: it is no channel of kOps`);
}
