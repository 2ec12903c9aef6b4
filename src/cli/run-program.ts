import { type ChildProcess, spawn } from 'node:child_process';
import { beforeEnd } from './run-before-end';

/** More than any program that is asked here says, in bytes: beyond that it is not what was asked for. */
const LARGEST_ANSWER = 256 * 1_024 * 1_024;
/** So much is kept of the end of what a program says beside its answer, in bytes: there it says why it failed. */
const LAST_WORDS = 64 * 1_024;

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
  /** The end of it: what it said last. */
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
      // A group of its own: what it starts ends with it.
      detached: HAS_GROUPS,
      windowsHide: true,
    });
    const answer: Buffer[] = [];
    let length = 0;
    let last = Buffer.alloc(0);
    const heard = beforeEnd(() => kill(child));
    const finish = (outcome: ProgramResult['outcome'], said?: string) => {
      clearTimeout(limit);
      heard();
      if (outcome === 'late' || outcome === 'large') {
        kill(child);
        // Who has left its group may live on and hold these open.
        child.stdout.destroy();
        child.stderr.destroy();
      }
      const stderr = said ?? last.subarray(-LAST_WORDS).toString('utf8');
      resolve({ outcome, stdout: Buffer.concat(answer).toString('utf8'), stderr });
    };
    const limit = setTimeout(() => finish('late'), timeout);
    child.stdout.on('data', (chunk: Buffer) => {
      answer.push(chunk);
      length += chunk.length;
      if (length > LARGEST_ANSWER) finish('large');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      last = Buffer.concat([last.subarray(-LAST_WORDS), chunk]);
    });
    child.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? finish('missing') : finish('failed', error.message),
    );
    child.once('close', (code, signal) =>
      signal ? finish('failed', `it was ended by ${signal}`) : finish(code === 0 ? 'done' : 'failed'),
    );
  });
}

/** Elsewhere a program of its own group gets a window. */
const HAS_GROUPS = process.platform !== 'win32';

/** Ends a program, and what it has started. */
function kill(child: ChildProcess): void {
  if (!HAS_GROUPS || child.pid === undefined) {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // They have ended meanwhile.
  }
}
