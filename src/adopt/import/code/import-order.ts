/*
 * The order that linters want imports in: names and files as people sort them, `a2` before `a10` and `A` before `a` before
 * `B`; packages before files, and files from far to near.
 */

/** Characters in their order; all others come after them. */
const ORDER = '/._-$0123456789AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz';

/** Negative where the first name comes first. */
export function compareNames(one: string, other: string): number {
  let index = 0;
  while (index < one.length && index < other.length) {
    const [left, right] = [one.slice(index), other.slice(index)];
    const [number, otherNumber] = [/^\d*/.exec(left)?.[0] ?? '', /^\d*/.exec(right)?.[0] ?? ''];
    if (number === '' || otherNumber === '') {
      const difference = weightOf(left) - weightOf(right);
      if (difference !== 0) return difference;
      index += 1;
    } else if (number === otherNumber) index += number.length;
    else return number.length - otherNumber.length || (number < otherNumber ? -1 : 1);
  }
  return one.length - other.length;
}

/** Negative where the import from the first comes first. */
export function compareSources(one: string, other: string): number {
  return distanceOf(other) - distanceOf(one) || compareNames(one, other);
}

/** How many folders up a file is; a package is farther away than any. */
function distanceOf(from: string): number {
  if (!from.startsWith('.')) return Number.MAX_SAFE_INTEGER;
  return from.split('/').filter((step) => step === '..').length;
}

function weightOf(text: string): number {
  const at = ORDER.indexOf(text.charAt(0));
  return at < 0 ? ORDER.length + text.charCodeAt(0) : at;
}
