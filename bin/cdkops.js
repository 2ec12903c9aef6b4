#!/usr/bin/env node
// In a clone the TypeScript itself runs, so that nothing has to be built; in the package what was compiled from it.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** Longer than what strips types needs to write its cache, and not long to wait for. */
const LAST_WORDS_MS = 300;

let code = 0;

/** Ends the process, even if the fleet's code has left timers behind, and with our exit code, whatever those do. */
function end(result) {
  code ||= result;
  process.exitCode = code;
  process.once('exit', () => {
    process.exitCode = code;
  });
  process.once('uncaughtException', () => process.exit());
  setTimeout(() => process.exit(), LAST_WORDS_MS).unref();
}

function fail(message) {
  fs.writeSync(2, `error ${message}\n`);
  process.exit(1);
}

// A reader that has seen enough (`| head`) is no error; a full disk behind `>` is one.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') return;
  code = 1;
  fail(`cannot print the result: ${error.message}`);
});
process.stderr.on('error', () => {});

try {
  process.cwd();
} catch {
  fail('the current folder is no more: change into the project and run cdkops again');
}
try {
  fs.rmdirSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-')));
} catch {
  // What strips types has its cache there, and would stop without it.
  process.env.TSX_DISABLE_CACHE = '1';
}

const source = path.join(__dirname, '..', 'src', 'cli', 'main.ts');
try {
  require.resolve('tsx/cjs');
} catch {
  fail('its dependencies are not installed: run npm ci');
}
if (fs.existsSync(source)) require('tsx/cjs');
const { main } = require(fs.existsSync(source) ? source : '../lib/cli/main.js');

main(process.argv.slice(2)).then(end, (error) => {
  console.error(
    'This is a mistake in cdkops, not in your fleet. Please report it with what follows.\n',
    error,
  );
  end(70);
});
