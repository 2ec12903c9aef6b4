import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { transformSync } from '@swc/core';
import type { Fleet } from '../../src';
import { type CodeBlock, ROOT } from './documents';

/** Runs a program from a document, as if it lay in a file, and gives what it exports. */
export function runProgram(code: string): { fleet: Fleet } {
  const { code: script } = transformSync(code, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const module = { exports: {} as { fleet: Fleet } };
  new Function('require', 'module', 'exports', script)(require, module, module.exports);
  return module.exports;
}

/** What the compiler says of programs from documents: nothing where all is well. */
export function typeErrors(programs: readonly CodeBlock[]): string {
  if (programs.length === 0) return '';
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-docs-'));
  try {
    for (const { place, code } of programs) {
      fs.writeFileSync(path.join(folder, `${place.replace(/\W+/g, '-')}.ts`), code);
    }
    const config = {
      extends: path.join(ROOT, 'tsconfig.json'),
      compilerOptions: { typeRoots: [path.join(ROOT, 'node_modules/@types')] },
      include: ['.'],
    };
    fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout, stderr } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', folder], {
      encoding: 'utf8',
    });
    return stdout + stderr;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
