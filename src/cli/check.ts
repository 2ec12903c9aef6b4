import * as fs from 'node:fs';
import type { DiskPlan } from '../synth';
import { type FleetOptions, prepare } from './prepare';
import { count } from './report';
import { errorStyle, outputStyle } from './style';

/** Lines of a diff shown for one file. */
const MOST_DIFF_LINES = 120;

/** `cdkops check`: fails where the disk does not hold what the fleet gives. */
export async function checkCommand(options: FleetOptions): Promise<number> {
  const prepared = await prepare(options);
  if (!prepared) return 1;
  const { writes, removes, unchanged } = prepared.plan;
  const differing = writes.length + removes.length;
  if (differing === 0) {
    process.stdout.write(`${count(unchanged.length, 'file')} as the code gives them\n`);
    return 0;
  }
  process.stdout.write(diffs(prepared.plan));
  process.stderr.write(
    `${errorStyle.red('error')} ${count(differing, 'file')} not as the code gives: run npx projen synth and commit the result\n`,
  );
  return 1;
}

function diffs({ writes, removes }: DiskPlan): string {
  // Loaded here: a check that finds nothing needs no diff.
  const { createTwoFilesPatch } = require('diff') as typeof import('diff');
  const files = [
    ...writes.map(({ path, text, before }) => ({ path, before: before ?? '', after: text })),
    ...removes.map((path) => ({ path, before: fs.readFileSync(path, 'utf8'), after: '' })),
  ];
  return files
    .map(({ path, before, after }) => {
      const patch = createTwoFilesPatch(
        `${path} (on disk)`,
        `${path} (from the code)`,
        before,
        after,
        '',
        '',
        { context: 3 },
      );
      const lines = patch.split('\n').slice(1);
      const cut = lines.length > MOST_DIFF_LINES ? [`… ${lines.length - MOST_DIFF_LINES} more lines`] : [];
      return [...lines.slice(0, MOST_DIFF_LINES).map(colour), ...cut, ''].join('\n');
    })
    .join('');
}

function colour(line: string): string {
  if (line.startsWith('+')) return outputStyle.green(line);
  if (line.startsWith('-')) return outputStyle.red(line);
  return line.startsWith('@@') ? outputStyle.cyan(line) : line;
}
