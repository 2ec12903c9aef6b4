import { spawn } from 'node:child_process';

/** More than any program that is asked here says, in bytes: beyond that it is not what was asked for. */
const LARGEST_ANSWER = 256 * 1_024 * 1_024;

/** How to run a program. */
export interface ProgramOptions {
  /** Variables laid over those of this process; `undefined` takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** How long it may take, in milliseconds. */
  readonly timeout: number;
}

/** What became of a program. */
export interface ProgramResult {
  /** `missing` where there is no such program, `late` where it took too long, `large` where it said too much. */
  readonly outcome: 'done' | 'failed' | 'missing' | 'late' | 'large';
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, beside everything else; never throws. It reads nothing from the terminal. */
export function runProgram(
  program: string,
  words: readonly string[],
  { environment, timeout }: ProgramOptions,
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(program, words, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const chunks: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
    let length = 0;
    const stop = () => child.kill('SIGKILL');
    const finish = (outcome: ProgramResult['outcome'], said?: string) => {
      clearTimeout(limit);
      process.removeListener('exit', stop);
      if (outcome === 'late' || outcome === 'large') {
        stop();
        // What it has started may live on and hold these open.
        child.stdout.destroy();
        child.stderr.destroy();
      }
      const textOf = (stream: 'stdout' | 'stderr') => Buffer.concat(chunks[stream]).toString('utf8');
      resolve({ outcome, stdout: textOf('stdout'), stderr: said ?? textOf('stderr') });
    };
    const limit = setTimeout(() => finish('late'), timeout);
    process.once('exit', stop);
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].on('data', (chunk: Buffer) => {
        chunks[stream].push(chunk);
        length += chunk.length;
        if (length > LARGEST_ANSWER) finish('large');
      });
    }
    child.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? finish('missing') : finish('failed', error.message),
    );
    child.once('close', (code, signal) =>
      signal ? finish('failed', `it was ended by ${signal}`) : finish(code === 0 ? 'done' : 'failed'),
    );
  });
}
