import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { UserError } from '../core';

/** What the TypeScript compiler said. */
export interface TypeCheck {
  readonly ok: boolean;
  /** Its messages, as it prints them. */
  readonly output: string;
}

/**
 * Checks the types of the fleet's project with the project's own compiler, in a process beside this one: the fleet is
 * loaded without types meanwhile.
 */
export async function typeCheck(app: string): Promise<TypeCheck> {
  if (!/\.[cm]?tsx?$/.test(app)) return { ok: true, output: '' };
  const config = findUp(path.dirname(path.resolve(app)), 'tsconfig.json');
  if (!config) return { ok: true, output: '' };
  return run(compilerOf(config), [
    '--noEmit',
    '--pretty',
    String(process.stderr.isTTY === true),
    '-p',
    config,
  ]);
}

/** The command that starts the compiler which the project has. */
function compilerOf(config: string): readonly [command: string, ...first: string[]] {
  const require = createRequire(config);
  const manifest = tryResolve(require, 'typescript/package.json');
  if (!manifest) {
    throw new UserError(
      `no TypeScript compiler to check the types of ${path.relative('.', config)}: npm install --save-dev typescript, or --no-type-check`,
    );
  }
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
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const stop = () => child.kill();
    process.once('exit', stop);
    child.once('error', (error) =>
      reject(new UserError(`cannot start the TypeScript compiler: ${error.message}`)),
    );
    child.once('close', (code) => {
      process.removeListener('exit', stop);
      resolve({ ok: code === 0, output: Buffer.concat(chunks).toString() });
    });
  });
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
