import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { errorStyle } from './style';

/** What the TypeScript compiler said. */
export interface TypeCheck {
  readonly ok: boolean;
  /** Its messages, as it prints them; maybe a warning of ours. */
  readonly output: string;
}

/** Options of {@link typeCheck}. */
export interface TypeCheckOptions {
  /** Whether the compiler may keep its build info, where the project's tsconfig.json asks for it. */
  readonly remember: boolean;
}

/** Turns off what makes the compiler write files. */
const FORGET = ['--incremental', 'false', '--composite', 'false', '--tsBuildInfoFile', 'null'];
/** "Could not write file": the build info. */
const CANNOT_WRITE = /\bTS5033: /;

/**
 * Checks the types of the fleet's project with the project's own compiler, in a process beside this one: the fleet is
 * loaded without types meanwhile. The project is the nearest tsconfig.json above the file.
 */
export async function typeCheck(app: string, { remember }: TypeCheckOptions): Promise<TypeCheck> {
  if (!/\.[cm]?tsx?$/.test(app)) return { ok: true, output: '' };
  const config = findUp(path.dirname(path.resolve(app)), 'tsconfig.json');
  if (!config) return { ok: true, output: warning(`there is no tsconfig.json above ${app}`) };
  const compiler = compilerOf(config);
  if (!compiler) {
    const shown = path.relative('.', config);
    return failed(
      `no TypeScript compiler for ${shown}: npm install --save-dev typescript, or --no-type-check`,
    );
  }
  const args = ['--noEmit', '--listFiles', '--pretty', String(errorStyle.isColorSupported), '-p', config];
  let said = await run(compiler, remember ? args : [...args, ...FORGET]);
  if (remember && CANNOT_WRITE.test(said.output)) said = await run(compiler, [...args, ...FORGET]);
  const { messages, files } = withoutFileList(said.output);
  if (!said.ok || isAmong(app, files)) return { ok: said.ok, output: messages };
  return { ok: true, output: warning(`${app} is not among the files of ${path.relative('.', config)}`) };
}

/** The command that starts the compiler which the project has. */
function compilerOf(config: string): readonly [command: string, ...first: string[]] | undefined {
  const require = createRequire(config);
  const manifest = tryResolve(require, 'typescript/package.json');
  if (!manifest) return undefined;
  // TypeScript 7 is a native program behind a script; starting it ourselves saves the script's start.
  const native = tryResolve(
    createRequire(manifest),
    `@typescript/typescript-${process.platform}-${process.arch}/package.json`,
  );
  const program =
    native && path.join(path.dirname(native), 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc');
  if (program && fs.existsSync(program)) return [program];
  return [process.execPath, path.join(path.dirname(manifest), 'bin', 'tsc')];
}

function run(
  [command, ...first]: readonly [string, ...string[]],
  args: readonly string[],
): Promise<TypeCheck> {
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const stop = () => child.kill();
    process.once('exit', stop);
    const done = (result: TypeCheck) => {
      process.removeListener('exit', stop);
      resolve(result);
    };
    child.once('error', (error) => done(failed(`cannot start the TypeScript compiler: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (signal) done(failed(`the TypeScript compiler was ended by ${signal}: is there enough memory?`));
      else done({ ok: code === 0, output: Buffer.concat(chunks).toString() });
    });
  });
}

/** The compiler prints the files that it read, one a line and absolute; its messages name files relative to here. */
function withoutFileList(output: string): { messages: string; files: string[] } {
  const lines = output.split(/\r?\n/);
  const isFile = (line: string) => path.isAbsolute(line) && /\.(?:[cm]?[jt]sx?|json)$/.test(line);
  return { messages: lines.filter((line) => !isFile(line)).join('\n'), files: lines.filter(isFile) };
}

/** A project whose files do not have the fleet among them says nothing about the fleet. */
function isAmong(app: string, files: readonly string[]): boolean {
  const real = fs.realpathSync(app);
  return files.some((file) => path.basename(file) === path.basename(real) && fs.realpathSync(file) === real);
}

function failed(message: string): TypeCheck {
  return { ok: false, output: `${errorStyle.red('error')} ${message}\n` };
}

function warning(message: string): string {
  return `${errorStyle.yellow('warning')} types are not checked: ${message}\n`;
}

function findUp(folder: string, name: string): string | undefined {
  const file = path.join(folder, name);
  if (fs.existsSync(file)) return file;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : findUp(parent, name);
}

function tryResolve(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
