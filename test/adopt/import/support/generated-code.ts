import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type ClusterSettings, Fleet, type KopsCluster, type KopsDocument, Wave } from '../../../../src';

const ROOT = path.resolve(__dirname, '../../../..');

/** A folder for code that import gave; the code is looked at as a user's project would: by files. */
export class GeneratedCode {
  public readonly folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-imported-')));
  private count = 0;

  constructor() {
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(this.folder, 'node_modules'));
    const { compilerOptions } = parseCommented(path.join(ROOT, 'tsconfig.json')) as {
      compilerOptions: object;
    };
    const paths = { cdkops: [path.join(ROOT, 'src/index.ts')] };
    this.write('tsconfig.json', JSON.stringify({ compilerOptions: { ...compilerOptions, paths } }));
    const {
      vcs: _vcs,
      files: _files,
      ...biome
    } = parseCommented(path.join(ROOT, 'biome.json')) as Record<string, unknown>;
    const settings = { ...biome, files: { includes: ['**/*.ts'] } };
    this.write('biome.json', `${JSON.stringify(settings, null, 2)}\n`);
  }

  public remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Writes a file, and returns its path. */
  public write(file: string, text: string): string {
    const target = path.join(this.folder, file);
    fs.writeFileSync(target, text);
    return target;
  }

  /** Removes a file, if it is there. */
  public delete(file: string): void {
    fs.rmSync(path.join(this.folder, file), { force: true });
  }

  /** The names of the files with code. */
  public files(): string[] {
    return fs.readdirSync(this.folder).filter((file) => file.endsWith('.ts'));
  }

  /** What the file's function adds to a wave with these settings, rendered; no rule has judged it. */
  public render(text: string, functionName: string, settings: ClusterSettings): KopsDocument[] {
    this.count += 1;
    const file = this.write(`evaluated-${this.count}.ts`, text);
    try {
      // By jest's own transform; types are another test's.
      const module = require(file) as Record<string, (wave: Wave) => KopsCluster>;
      const wave = new Wave(new Fleet({ pipeline: false, ...settings }), 'wave');
      const cluster = module[functionName]?.(wave);
      return cluster?.manifest().objects.map(({ document }) => document) ?? [];
    } finally {
      fs.rmSync(file);
    }
  }

  /** What the compiler has against the files. */
  public typeProblems(): string {
    const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    return said(() => execFileSync(process.execPath, [compiler, '-p', this.folder], OUTPUT));
  }

  /** What Biome has against the files: their format, their imports, and what it calls a mistake. */
  public styleProblems(): string {
    const biome = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
    const args = [biome, 'check', '--max-diagnostics=20', '--colors=off', this.folder];
    return said(() => execFileSync(process.execPath, args, { ...OUTPUT, cwd: this.folder }));
  }
}

const OUTPUT = { encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 26 } as const;

/** What a program says before it fails; nothing where it does not. */
function said(run: () => string): string {
  try {
    run();
    return '';
  } catch (error) {
    const { stdout, stderr, message } = error as { stdout?: string; stderr?: string; message: string };
    return `${stdout ?? ''}${stderr ?? ''}` || message;
  }
}

function parseCommented(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\s*\/\/.*$/gm, ''));
}
