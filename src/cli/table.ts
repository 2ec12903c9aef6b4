import type { TableConstructorOptions } from 'cli-table3';

/** Rows below a line of heads, in columns, each line with its end. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly number[] = [],
): string {
  const Table = require('cli-table3') as typeof import('cli-table3');
  const options: TableConstructorOptions = {
    head: [...head],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 2 },
    // No lines: what is printed can be cut and grepped.
    chars: Object.fromEntries(BORDERS.map((name) => [name, ''])),
    colAligns: head.map((_, index) => (numbers.includes(index) ? 'right' : 'left')),
  };
  const result = new Table(options);
  result.push(...rows.map((row) => [...row]));
  return result
    .toString()
    .split('\n')
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

const BORDERS = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
];
