import { spawnSync } from 'node:child_process';

export interface RunToolOptions {
  readonly cwd?: string;
  /** Laid over the environment of the caller. */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

/** Runs a tool that must succeed and returns what it printed; it has no standard input to wait for. */
export function runTool(command: string, args: readonly string[], options: RunToolOptions): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
    timeout: options.timeoutSeconds * 1000,
    killSignal: 'SIGKILL',
  });
  if (status === 0) return stdout;
  const reason = error?.message ?? `it ended with ${status}`;
  throw new Error(`${command} ${args.join(' ')} failed: ${reason}\n${stdout}\n${stderr}`);
}
