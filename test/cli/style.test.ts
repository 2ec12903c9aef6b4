/** Whether errors are coloured, on a terminal or not, in an environment. */
function isColoured(isTTY: boolean, env: NodeJS.ProcessEnv): boolean {
  const before = { tty: process.stderr.isTTY, env: process.env };
  process.stderr.isTTY = isTTY;
  process.env = env;
  try {
    let coloured = false;
    jest.isolateModules(() => {
      coloured = require('../../src/cli/style').errorStyle.isColorSupported;
    });
    return coloured;
  } finally {
    process.stderr.isTTY = before.tty;
    process.env = before.env;
  }
}

test.each([
  [true, { TERM: 'xterm' }, true],
  [true, { TERM: 'dumb' }, false],
  [true, { TERM: 'xterm', NO_COLOR: '1' }, false],
  [true, { TERM: 'xterm', NO_COLOR: '' }, true],
  [false, { TERM: 'xterm' }, false],
  [false, { TERM: 'xterm', CI: 'true' }, false],
  [false, { TERM: 'xterm', FORCE_COLOR: '1' }, false],
])('terminal %s, %j: coloured %s', (isTTY, env, coloured) => expect(isColoured(isTTY, env)).toBe(coloured));
