import * as fs from 'node:fs';
import * as path from 'node:path';

/** Where the script's parts are, here and in the compiled package. */
const PARTS = path.join(__dirname, 'shell');

/** How a part, which is checked by itself, tells its dialect; the whole says it once. */
const DIRECTIVE = '# shellcheck shell=sh';

/** Parts that stand in the place of those of their names where no code gives the files any more. */
const EJECTED_PARTS = path.join(PARTS, 'ejected');

/**
 * The script that the jobs call: its parts in the order of their names.
 * @param isEjected - whether it is to say how things are changed without code
 */
export function script(isEjected = false): string {
  const names = fs.readdirSync(PARTS).filter((name) => name.endsWith('.sh'));
  const others = new Set(isEjected ? fs.readdirSync(EJECTED_PARTS) : []);
  const parts = names.sort().map((name) => {
    const text = fs.readFileSync(path.join(others.has(name) ? EJECTED_PARTS : PARTS, name), 'utf8');
    return text.startsWith(`${DIRECTIVE}\n`) ? text.slice(DIRECTIVE.length + 1).trimStart() : text;
  });
  return [`${DIRECTIVE}\n`, ...parts].join('\n');
}
