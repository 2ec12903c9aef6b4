/**
 * Gets the texts that `cdkops import` is to read: from files, folders, standard input and state stores.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Input, MOST_BYTES } from '../adopt/import/read/read-clusters';
import { UserError } from '../core';
import { GENERATED_START } from '../delivery/files';
import { getAll, listClusters } from './live-state';

/** How to get them. */
export interface InputOptions {
  /** How long kops may take for each question to a state store, in milliseconds. */
  readonly timeout: number;
  /** @default process.stdin */
  readonly stdin?: AsyncIterable<Buffer | string>;
}

/** What standard input is called. */
const STDIN = '-';
/** URLs of state stores that kOps knows. */
const STORE = /^(?:s3|gs|do|scw|azureblob|swift|linode|hos|file):\/\//;
/** Files of folders that may be manifests. */
const MANIFEST = /\.(?:ya?ml|json)$/;
/** Clusters of a state store that are asked for at a time. */
const AT_ONCE = 4;

/**
 * The texts of all that was named, each once, in that order; of folders all manifests beneath them, of state stores all
 * clusters.
 * @throws UserError where something is not there or cannot be read.
 */
export async function readInputs(names: readonly string[], options: InputOptions): Promise<Input[]> {
  if (names.length === 0) {
    throw new UserError(
      'nothing to import: name manifests, folders, a state store (s3://…), or - for standard input',
    );
  }
  if (names.filter((name) => name === STDIN).length > 1) {
    throw new UserError('standard input can be read once: name - once');
  }
  const seen = new Set<string>();
  const inputs: Input[] = [];
  for (const name of names) {
    for (const input of await readNamed(name, seen, options)) inputs.push(input);
  }
  return inputs;
}

async function readNamed(name: string, seen: Set<string>, options: InputOptions): Promise<Input[]> {
  if (name === STDIN) return [await readStdin(options.stdin ?? process.stdin)];
  return /^[a-z0-9]+:\/\//.test(name) ? readStore(name, options.timeout) : readPath(name, seen);
}

async function readStdin(stdin: AsyncIterable<Buffer | string>): Promise<Input> {
  return { file: STDIN, text: textOf(await readBounded('standard input', stdin)) };
}

/** The bytes of what does not say how many it has, and need not end. */
async function readBounded(name: string, stream: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Buffer);
    chunks.push(bytes);
    length += bytes.length;
    if (length > MOST_BYTES) throw new UserError(tooLarge(name));
  }
  return Buffer.concat(chunks);
}

async function readStore(name: string, timeout: number): Promise<Input[]> {
  const url = name.replace(/(?<!\/)\/+$/, '');
  if (!STORE.test(url)) {
    throw new UserError(`${name} is no state store of kOps: expected s3://…, gs://…, file:///… or a file`);
  }
  const clusters = await listClusters({ url, timeout });
  if (clusters.length === 0) {
    throw new UserError(`${url} has no clusters: name the state store as kops --state takes it`);
  }
  const texts = new Map<string, string>();
  const waiting = [...clusters];
  const work = async () => {
    for (let cluster = waiting.shift(); cluster !== undefined; cluster = waiting.shift()) {
      const text = await getAll({ url, timeout }, cluster);
      if (text === undefined)
        throw new UserError(`${url}/${cluster} is gone since kops listed it: try again`);
      texts.set(cluster, text);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return clusters.map((cluster) => ({ file: `${url}/${cluster}`, text: texts.get(cluster) ?? '' }));
}

async function readPath(name: string, seen: Set<string>): Promise<Input[]> {
  const stat = told(name, () => fs.statSync(name));
  if (stat.isDirectory()) {
    const files = manifestsIn(name);
    if (files.length === 0) {
      throw new UserError(`${name}: no file in it or beneath ends in .yaml, .yml or .json`);
    }
    return files.filter((file) => isNew(file, seen)).map((file) => readFile(file, true));
  }
  if (!isNew(name, seen)) return [];
  return [stat.isFile() ? readFile(name, false) : await readDevice(name)];
}

/** What is read like a file and is none: a pipe, a terminal. */
async function readDevice(name: string): Promise<Input> {
  try {
    return inputOf(name, textOf(await readBounded(name, fs.createReadStream(name))), false);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw refusal(name, error);
  }
}

function isNew(file: string, seen: Set<string>): boolean {
  const real = told(file, () => fs.realpathSync(file));
  if (seen.has(real)) return false;
  seen.add(real);
  return true;
}

/** Files beneath a folder, in the order of their paths; what is hidden, installed or linked is no manifest. */
function manifestsIn(folder: string): string[] {
  const entries = told(folder, () => fs.readdirSync(folder, { withFileTypes: true }));
  return entries
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
      if (entry.isDirectory()) return manifestsIn(file);
      return entry.isFile() && MANIFEST.test(entry.name) ? [file] : [];
    })
    .sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
}

function readFile(file: string, isFound: boolean): Input {
  const { size } = told(file, () => fs.statSync(file));
  if (size > MOST_BYTES) {
    if (isFound)
      return { file, text: '', leftAlone: `larger than ${MOST}, which has to be split to be read` };
    throw new UserError(tooLarge(file, size));
  }
  return inputOf(file, textOf(told(file, () => fs.readFileSync(file))), isFound);
}

function inputOf(file: string, text: string, isFound: boolean): Input {
  if (!text.startsWith(GENERATED_START)) return { file, text, ...(isFound && { isFound }) };
  if (isFound) return { file, text: '', leftAlone: 'written by cdkops' };
  // Its two lines are no comment of anybody's; the others keep their numbers.
  return { file, text: text.replace(/^#.*\n#.*\n/, '#\n#\n') };
}

/** What the file system gives, or its refusal in words. */
function told<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw refusal(file, error);
  }
}

function refusal(file: string, error: unknown): UserError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new UserError(`${file} ${WHY[code ?? ''] ?? `cannot be read: ${message}`}`);
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: `is not there: paths are relative to where cdkops is started`,
  EACCES: 'cannot be read: you may not',
  ENOTDIR: 'is not there: what should be a folder on the way is a file',
  ELOOP: 'is a link that leads to itself',
};

/** What a manifest has at most, for a reader. */
const MOST = `${MOST_BYTES / 1024 / 1024} MiB`;

function tooLarge(name: string, size?: number): string {
  const is = size === undefined ? `more than ${MOST}` : `${(size / 1024 / 1024).toFixed(1)} MiB`;
  return `${name} is ${is} large, and a manifest has at most ${MOST}: split it`;
}

/** Text of bytes; where they are no UTF-8 it has U+FFFD, which whoever reads it reports with its place. */
function textOf(bytes: Buffer): string {
  // PowerShell writes such files.
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff;
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8').decode(bytes);
}
