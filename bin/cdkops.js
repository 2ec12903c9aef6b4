#!/usr/bin/env node
// In a clone the TypeScript itself runs, so that nothing has to be built; in the package what was compiled from it.
const fs = require('node:fs');
const path = require('node:path');

const source = path.join(__dirname, '..', 'src', 'cli', 'main.ts');
if (fs.existsSync(source)) require('tsx/cjs');
const { main } = require(fs.existsSync(source) ? source : '../lib/cli/main.js');

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(
      'This is a mistake in cdkops, not in your fleet. Please report it with what follows.\n',
      error,
    );
    process.exitCode = 70;
  },
);
