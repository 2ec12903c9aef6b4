import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

// Each run of the command line takes half a second, more where others share the machine.
jest.setTimeout(120_000);

/** The repository. */
export const ROOT = path.resolve(__dirname, '../../..');

/** What a command gave. */
export interface Result {
  /** The exit code; `null` where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a command. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A script that node loads before cdkops: a place for faults. */
  readonly preload?: string;
  /** A command in front of node, for instance `setpriv`. */
  readonly under?: readonly string[];
  readonly stdio?: (child: ReturnType<typeof spawn>) => void;
  readonly cwd?: string;
  /** Another bin than that of the repository. */
  readonly bin?: string;
}

/** The text of a fleet file: by default the smallest fleet, of one cluster. */
export function fleetText(clusters: readonly string[] = ['dev.k8s.local'], props = ''): string {
  return [
    "import { Cluster, Fleet, NodeGroup, StateStore, Wave } from 'cdkops';",
    'export const fleet = new Fleet({',
    "  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),",
    "  kops: '1.36.2',",
    "  kubernetesVersion: '1.35.5',",
    `  ${props}`,
    '});',
    "const dev = new Wave(fleet, 'dev');",
    'void NodeGroup;',
    ...clusters.map((name) => `new Cluster(dev, '${name}', { zones: ['eu-central-1a'] });`),
    '',
  ].join('\n');
}

/** A project in a temporary folder that uses this repository's cdkops. */
export class Project {
  private static readonly all: Project[] = [];

  /** Removes all projects; for afterAll. */
  public static removeAll(): void {
    for (const { root } of Project.all.splice(0)) fs.rmSync(root, { recursive: true, force: true });
  }

  public readonly root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-project-')));

  constructor(fleet = fleetText()) {
    Project.all.push(this);
    fs.symlinkSync(path.join(ROOT, 'node_modules'), this.path('node_modules'));
    const compilerOptions = {
      ...{ target: 'ES2022', module: 'node16', moduleResolution: 'node16', types: ['node'], noEmit: true },
      ...{ strict: true, skipLibCheck: true, esModuleInterop: true, resolveJsonModule: true },
      paths: { cdkops: [path.join(ROOT, 'src/index.ts')] },
    };
    this.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['clusters'] }));
    this.write('clusters/fleet.ts', fleet);
  }

  public path(file: string): string {
    return path.join(this.root, file);
  }

  public write(file: string, text: string): void {
    fs.mkdirSync(path.dirname(this.path(file)), { recursive: true });
    fs.writeFileSync(this.path(file), text);
  }

  public read(file: string): string {
    return fs.readFileSync(this.path(file), 'utf8');
  }

  public exists(file: string): boolean {
    return fs.existsSync(this.path(file));
  }

  /** Texts of all files by path, without what the project itself is made of. */
  public files(): Record<string, string> {
    const own = ['tsconfig.json', 'clusters/fleet.ts'];
    const files = this.names().filter(
      (name) => fs.lstatSync(this.path(name)).isFile() && !own.includes(name),
    );
    return Object.fromEntries(files.map((file) => [file, this.read(file)]));
  }

  /** What must stay as it is where nothing is written: texts and times of all files and folders. */
  public state(): string[] {
    return this.names().map((name) => {
      const stat = fs.lstatSync(this.path(name));
      return `${name} ${stat.mode} ${stat.mtimeMs} ${stat.isFile() ? this.read(name) : ''}`;
    });
  }

  /** All files and folders below a folder; what a link leads to is not in the project. */
  private names(folder = '.'): string[] {
    return fs
      .readdirSync(this.path(folder), { withFileTypes: true })
      .flatMap((entry) => {
        const name = path.posix.join(folder, entry.name);
        return entry.isDirectory() ? [name, ...this.names(name)] : [name];
      })
      .sort();
  }

  /** Runs cdkops without checking types, which takes longer than all else. */
  public run(command: string, ...args: string[]): Promise<Result> {
    return this.cdkops([command, '--no-type-check', ...args]);
  }

  public cdkops(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    const {
      env,
      preload,
      under = [],
      stdio,
      cwd = this.root,
      bin = path.join(ROOT, 'bin/cdkops.js'),
    } = options;
    const node = [process.execPath, ...(preload ? ['--require', preload] : [])];
    const [command = '', ...rest] = [...under, ...node, bin, ...args];
    return new Promise((resolve, reject) => {
      const child = spawn(command, rest, { cwd, env: { ...process.env, NODE_OPTIONS: '', ...env } });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk) => {
        stdout += chunk;
      });
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr }));
      stdio?.(child);
    });
  }
}
