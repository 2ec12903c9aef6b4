import { unknown } from './data';

/**
 * Whether a path fits a pattern of `rules:changes`, as Ruby's `File.fnmatch` with the flags PATHNAME, DOTMATCH and EXTGLOB.
 * `**` counts for several folders only as a whole part of the path that is followed by another.
 */
export function fits(pattern: string, path: string): boolean {
  const known = KNOWN.get(pattern) ?? alternatives(pattern).map(regularExpression);
  KNOWN.set(pattern, known);
  return known.some((one) => one.test(path));
}

/** The same patterns stand in several rules. */
const KNOWN = new Map<string, readonly RegExp[]>();

/** `a{b,c}d` as `abd` and `acd`. */
function alternatives(pattern: string): string[] {
  const open = pattern.indexOf('{');
  if (open < 0) return [pattern];
  const parts: string[] = [];
  let depth = 0;
  let begin = open + 1;
  for (let at = open; at < pattern.length; at += 1) {
    const letter = pattern[at];
    if (letter === '\\') at += 1;
    else if (letter === '{') depth += 1;
    else if (letter === ',' && depth === 1) {
      parts.push(pattern.slice(begin, at));
      begin = at + 1;
    } else if (letter === '}') {
      depth -= 1;
      if (depth > 0) continue;
      parts.push(pattern.slice(begin, at));
      const [before, after] = [pattern.slice(0, open), pattern.slice(at + 1)];
      return parts.flatMap((part) => alternatives(before + part + after));
    }
  }
  return unknown(pattern, 'a brace that is never closed');
}

function regularExpression(pattern: string): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern[at] ?? '';
    if (letter === '\\') unknown(pattern, 'escapes');
    if (letter === '[') unknown(pattern, 'sets of letters');
    if (letter === '*' && isFolders(pattern, at)) {
      source += '(?:[^/]+/)*';
      at += 2;
    } else if (letter === '*') {
      while (pattern[at + 1] === '*') at += 1;
      source += '[^/]*';
    } else if (letter === '?') source += '[^/]';
    else source += letter.replace(/[.+^$()|{}\]]/, '\\$&');
  }
  return new RegExp(`^${source}$`);
}

/** The two stars of a part of the path that is nothing else, with a slash behind. */
function isFolders(pattern: string, at: number): boolean {
  return pattern.startsWith('**/', at) && (at === 0 || pattern[at - 1] === '/');
}
