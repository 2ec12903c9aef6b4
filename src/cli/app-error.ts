import * as path from 'node:path';
import { formatLocation, sourceOfError, UserError } from '../core';
import { errorStyle } from './style';

/** What the fleet's file threw, in words, with the place in the administrator's code and without a stack. */
export function describeAppError(error: unknown, file: string): string {
  const app = path.relative('.', file);
  if (!(error instanceof Error)) return `${app} threw ${String(error)}`;
  const syntax = syntaxError(error);
  if (syntax !== undefined) return syntax;
  // Node lists the files that led to a missing module; the place says which one it was.
  const message = error.message.replace(/\nRequire stack:[\s\S]*$/, '');
  const kind = error.name === 'Error' || error instanceof UserError ? '' : `${error.name}: `;
  return `${kind}${message} (${placeOf(error) ?? `while loading ${app}`})`;
}

/** The message of the compiler that strips types: `file:line:column: ERROR: …` after a line of its own. */
function syntaxError(error: Error): string | undefined {
  const found = /^(?<file>.+):(?<line>\d+):(?<column>\d+): ERROR: (?<message>.+)$/m.exec(
    error.message,
  )?.groups;
  if (error.name !== 'TransformError' || !found?.file) return undefined;
  const place = formatLocation({ file: found.file, line: Number(found.line), column: Number(found.column) });
  const hint = found.message?.startsWith('Top-level await')
    ? 'a fleet cannot await: read data with fs.readFileSync'
    : found.message;
  return `${hint} (${place})`;
}

/** The administrator's own line, not that of a library which it called. */
function placeOf(error: Error): string | undefined {
  const own = (error.stack ?? '').split('\n').filter((line) => !/[\\/]node_modules[\\/]/.test(line));
  const location = sourceOfError({ name: error.name, message: error.message, stack: own.join('\n') });
  return location && formatLocation(location);
}

/**
 * Stands guard while the fleet's code may run: neither `process.exit()` in it, which would look like success, nor an
 * error in one of its timers or promises ends cdkops without a word. Returns a function that ends the guard.
 */
export function guardAgainst(file: string): () => void {
  const app = path.relative('.', file);
  const say = (message: string) => process.stderr.write(`${errorStyle.red('error')} ${message}\n`);
  const exited = () => {
    process.exitCode = 1;
    say(`${app} ended the process (process.exit?) before cdkops was done: nothing was written`);
  };
  const threw = (error: unknown) => {
    process.removeListener('exit', exited);
    say(`${describeAppError(error, file)}\nNothing was written.`);
    process.exit(1);
  };
  process.once('exit', exited);
  process.once('uncaughtException', threw);
  return () => {
    process.removeListener('exit', exited);
    process.removeListener('uncaughtException', threw);
  };
}
