import type { DiskPlan } from '../synth';
import { type FleetOptions, prepare } from './prepare';
import { count, reportError } from './report';
import { outputStyle } from './style';

/** Lines of a diff shown for one file, and for all together: a job's log has an end. */
const MOST_LINES_OF_A_FILE = 120;
const MOST_LINES = 1_500;

/** `cdkops check`: fails where the disk does not hold what the fleet gives. */
export async function checkCommand(options: FleetOptions): Promise<number> {
  const prepared = await prepare(options, { remember: false });
  if (!prepared) return 1;
  const { plan, possible } = prepared;
  const differing = plan.writes.length + plan.removes.length;
  if (differing > 0) {
    process.stdout.write(diffs(plan));
    const are = differing === 1 ? 'is' : 'are';
    reportError(
      `${count(differing, 'file')} ${are} not as the code gives: run npx projen synth and commit the result`,
    );
    return 1;
  }
  if (possible) process.stdout.write(`${count(plan.unchanged.length, 'file')} as the code gives them\n`);
  return possible ? 0 : 1;
}

function diffs({ writes, removes }: DiskPlan): string {
  const files = [
    ...writes.map(({ path, text, before = '' }) => ({ path, before, after: text })),
    ...removes.map(({ path, before }) => ({ path, before, after: '' })),
  ];
  const lines: string[] = [];
  for (const { path, before, after } of files) {
    if (lines.length < MOST_LINES) lines.push(...diff(path, before, after).map(colour));
    else lines.push(`${path} differs, too`);
  }
  return `${lines.join('\n')}\n`;
}

/** What synth would change in one file, as a unified diff. */
function diff(path: string, before: string, after: string): string[] {
  // Loaded here: a check that finds nothing needs no diff.
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = require('diff') as typeof import('diff');
  const patch = createTwoFilesPatch(
    `${path} (on disk)`,
    `${path} (from the code)`,
    before,
    after,
    undefined,
    undefined,
    {
      context: 3,
      headerOptions: FILE_HEADERS_ONLY,
    },
  );
  const lines = patch.trimEnd().split('\n');
  const more = lines.length - MOST_LINES_OF_A_FILE;
  return more > 0 ? [...lines.slice(0, MOST_LINES_OF_A_FILE), `… ${count(more, 'more line')}`] : lines;
}

function colour(line: string): string {
  if (line.startsWith('+')) return outputStyle.green(line);
  if (line.startsWith('-')) return outputStyle.red(line);
  return line.startsWith('@@') ? outputStyle.cyan(line) : line;
}
