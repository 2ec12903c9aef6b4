import { spawn } from 'node:child_process';
import * as fs from 'node:fs';

export interface ProcessOptions {
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Whatever still runs then is killed. */
  readonly timeoutSeconds: number;
}

export interface ProcessResult {
  /** The exit code; -1 where it was killed. */
  readonly code: number;
  /** What it printed on both streams, in the order of arrival. */
  readonly output: string;
  readonly stdout: string;
}

/** A process, with all that it starts, which a test can kill at a moment of its choice. */
export class ProcessRun {
  /** Settles when it has ended, also where it was killed. */
  public readonly finished: Promise<ProcessResult>;
  private printed = '';
  private stdout = '';
  private readonly pid: number | undefined;
  private ended = false;
  private watchers: (() => void)[] = [];

  constructor(command: readonly string[], options: ProcessOptions) {
    const { cwd, env, timeoutSeconds } = options;
    // timeout ends it also where the tests themselves were killed.
    const limit = ['--signal=KILL', String(timeoutSeconds + 5)];
    const child = spawn('timeout', [...limit, ...command], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.pid = child.pid;
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        this.printed += text;
        if (stream === 'stdout') this.stdout += text;
        for (const watcher of this.watchers) watcher();
      });
    }
    let late = false;
    const limited = setTimeout(() => {
      late = true;
      this.kill();
    }, timeoutSeconds * 1000);
    this.finished = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        clearTimeout(limited);
        this.ended = true;
        for (const watcher of this.watchers) watcher();
        if (late)
          reject(new Error(`${command.join(' ')} took longer than ${timeoutSeconds} s:\n${this.printed}`));
        else resolve({ code: code ?? -1, output: this.printed, stdout: this.stdout });
      });
    });
    // Whoever only kills it need not look at how it ended.
    this.finished.catch(() => {});
  }

  /**
   * Waits until it has printed this.
   * @throws Error where it ends without.
   */
  public async hasPrinted(pattern: string | RegExp): Promise<void> {
    const isThere = () =>
      typeof pattern === 'string' ? this.printed.includes(pattern) : pattern.test(this.printed);
    await new Promise<void>((resolve, reject) => {
      const watcher = () => {
        if (!isThere() && !this.ended) return;
        this.watchers = this.watchers.filter((other) => other !== watcher);
        if (isThere()) resolve();
        else reject(new Error(`it ended without printing ${pattern}:\n${this.printed}`));
      };
      this.watchers.push(watcher);
      watcher();
    });
  }

  /** Kills it and all that it started, as where a runner's machine goes away. */
  public kill(): void {
    if (this.pid === undefined || this.ended) return;
    // Whatever left the group of processes (a shell with job control does) is found by what it descends from.
    const family = descendants(this.pid);
    for (const target of [-this.pid, ...family]) {
      try {
        process.kill(target, 'SIGKILL');
      } catch {
        // Gone already.
      }
    }
  }
}

/** Runs a process to its end. */
export function runProcess(command: readonly string[], options: ProcessOptions): Promise<ProcessResult> {
  return new ProcessRun(command, options).finished;
}

function descendants(pid: number): number[] {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap(descendants)];
}

function childrenOf(pid: number): number[] {
  try {
    const threads = fs.readdirSync(`/proc/${pid}/task`);
    const lists = threads.map((thread) => fs.readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8'));
    return lists.join(' ').split(/\s+/).filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
