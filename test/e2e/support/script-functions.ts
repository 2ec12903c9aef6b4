import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from './folders';
import { provided } from './provided';
import { SHELLS, type Shell } from './script-run';

/** Where the script's parts are. */
const PARTS = path.join(ROOT, 'src/delivery/shell');

/** The part that reads the command: without it the script only has functions. */
const MAIN = '90-main.sh';

export interface FunctionsOptions {
  /** @default - none */
  readonly input?: string;
  /** @default 'dash' */
  readonly shell?: Shell;
  /** Laid over the caller's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** @default - an empty folder of its own */
  readonly folder?: string;
}

export interface FunctionsResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A shell in which the script's functions are known and `$work` is a folder: `functions.run('version_order 1.2 1.3')`. */
export class ScriptFunctions {
  /** The folder that `$work` is. */
  public readonly work = fs.mkdtempSync(path.join(provided('home'), 'functions-'));
  private readonly file = path.join(this.work, 'functions.sh');

  constructor() {
    const parts = fs.readdirSync(PARTS).filter((name) => name.endsWith('.sh') && name !== MAIN);
    const texts = parts.sort().map((name) => fs.readFileSync(path.join(PARTS, name), 'utf8'));
    fs.writeFileSync(this.file, texts.join('\n'));
  }

  /** Runs lines that call functions, to their end. */
  public run(lines: string, options: FunctionsOptions = {}): FunctionsResult {
    const [command, ...args] = [...SHELLS[options.shell ?? 'dash'], '-c', `. "$FUNCTIONS"\n${lines}`];
    const { status, stdout, stderr, error } = spawnSync(command ?? '', args, {
      cwd: options.folder ?? this.work,
      env: { ...process.env, ...options.env, FUNCTIONS: this.file, work: this.work },
      input: options.input ?? '',
      encoding: 'utf8',
      timeout: 90_000,
      killSignal: 'SIGKILL',
    });
    if (error) throw error;
    return { code: status ?? -1, stdout, stderr };
  }
}
