import { spawn } from 'node:child_process';
import { provided } from './provided';

export interface KopsOptions {
  /** The state store, for `--state`. */
  readonly store?: string;
  /** Standard input; else there is none. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** kops tries again for ten minutes where a server answers with errors: a test never waits that long. */
  readonly timeoutSeconds?: number;
}

export interface KopsResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the real kops against the emulator.
 *
 * @throws Error where it takes longer than its time limit.
 */
export function kops(args: readonly string[], options: KopsOptions = {}): Promise<KopsResult> {
  const { store, input, env, timeoutSeconds = 60 } = options;
  const all = [...args, ...(store === undefined ? [] : ['--state', store])];
  return new Promise((resolve, reject) => {
    const child = spawn(provided('kops'), all, {
      env: { ...kopsEnvironment(), ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const printed = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream]?.setEncoding('utf8').on('data', (text: string) => {
        printed[stream] += text;
      });
    }
    // kops may end without reading all of its input: that is told by its exit code.
    child.stdin?.on('error', () => {}).end(input);
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutSeconds * 1000);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(limit);
      if (late) {
        reject(new Error(`kops ${all.join(' ')} took longer than ${timeoutSeconds} s:\n${printed.stderr}`));
      } else {
        resolve({ code: code ?? -1, ...printed });
      }
    });
  });
}

/** Runs kops, which must succeed, and returns what it printed. */
export async function kopsOutput(args: readonly string[], options: KopsOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await kops(args, options);
  if (code !== 0) throw new Error(`kops ${args.join(' ')} ended with ${code}: ${kopsError(stderr)}`);
  return stdout;
}

/** What kops says went wrong, without its log lines. */
export function kopsError(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => !/^[IWE]\d{4} /.test(line))
    .join('\n')
    .trim();
}

/**
 * The whole environment of kops: nothing of the caller's AWS or kOps settings may leak into a test. What kops looks up
 * outside the emulator (image digests, mostly) is refused at once, with or without a network.
 */
export function kopsEnvironment(): Record<string, string> {
  const emulator = provided('emulator');
  const home = provided('home');
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    TMPDIR: home,
    AWS_ENDPOINT_URL: emulator,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    S3_ENDPOINT: emulator,
    S3_REGION: 'us-east-1',
    S3_ACCESS_KEY_ID: 'test',
    S3_SECRET_ACCESS_KEY: 'test',
    HTTP_PROXY: 'http://127.0.0.1:9',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1',
  };
}
