/**
 * Writes source text the way the formatter would, so that what is generated passes `biome check` as it is.
 */

/** Line width in biome.json. */
const WIDTH = 110;

/** A doc comment, wrapped; nothing for no paragraphs. */
export function docComment(paragraphs: readonly string[], indent = ''): string {
  if (paragraphs.length === 0) return '';
  const single = `${indent}/** ${paragraphs[0]} */`;
  if (paragraphs.length === 1 && single.length <= WIDTH) return `${single}\n`;
  const body = paragraphs.map((text) => wrap(text, `${indent} * `)).join(`${indent} *\n`);
  return `${indent}/**\n${body}${indent} */\n`;
}

function wrap(text: string, prefix: string): string {
  let lines = '';
  let line = prefix;
  for (const word of text.split(' ')) {
    if (line !== prefix && line.length + word.length >= WIDTH) {
      lines += `${line.trimEnd()}\n`;
      line = prefix;
    }
    line += `${word} `;
  }
  return `${lines}${line.trimEnd()}\n`;
}

/** A string literal. */
export function quote(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

/** The key of an object literal or an interface: quoted only where it must be. */
export function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

/** `export type NAME = 'a' | 'b';`, on one line if it fits. */
export function union(name: string, members: readonly string[]): string {
  const line = `export type ${name} = ${members.join(' | ')};`;
  if (line.length <= WIDTH) return `${line}\n`;
  return `export type ${name} =\n${members.map((member) => `  | ${member}`).join('\n')};\n`;
}

/** Consecutive indexes as ranges: `[0, 1, 3]` → `[[0, 1], [3, 3]]`. */
export function ranges(indexes: readonly number[]): [first: number, last: number][] {
  const found: [number, number][] = [];
  for (const index of indexes) {
    const last = found.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else found.push([index, index]);
  }
  return found;
}
