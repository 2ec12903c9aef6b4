import type { DeliveryGround } from './delivery-ground';
import { ProcessRun } from './process-run';

/** The shells that a job's image may have as sh. */
export const SHELLS = {
  dash: ['dash'],
  busybox: ['busybox', 'sh'],
  bash: ['bash', '--posix'],
} as const;

export type Shell = keyof typeof SHELLS;

/** What the jobs call. */
export const SCRIPT = '.gitlab/cdkops.sh';

export interface ScriptOptions {
  /** A working tree of the project. */
  readonly folder: string;
  /** The command and its arguments. */
  readonly command: readonly string[];
  /** What the job would have: laid over the ground's environment; `undefined` takes a variable away. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** @default 'dash' */
  readonly shell?: Shell;
  /** @default 120 */
  readonly timeoutSeconds?: number;
}

/** Starts a command of the script as a job would, without the job: faster than through gitlab-ci-local. */
export function startScript(ground: DeliveryGround, options: ScriptOptions): ProcessRun {
  const env = { ...ground.env, ...options.variables };
  const given = Object.entries(env).filter(([, value]) => value !== undefined);
  return new ProcessRun([...SHELLS[options.shell ?? 'dash'], SCRIPT, ...options.command], {
    cwd: options.folder,
    env: Object.fromEntries(given) as Record<string, string>,
    timeoutSeconds: options.timeoutSeconds ?? 120,
  });
}

/** Runs a command of the script to its end. */
export function runScript(ground: DeliveryGround, options: ScriptOptions) {
  return startScript(ground, options).finished;
}
