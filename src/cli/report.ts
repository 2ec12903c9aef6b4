import { type Finding, formatFinding, type Problem } from '../core';
import { errorStyle } from './style';

/** More than this is no help: the first ones are mended first. */
const MOST_LINES = 200;

/** Prints findings, one a line, errors last: they are what stands above the prompt. Returns whether there are errors. */
export function reportFindings(findings: readonly Finding[]): boolean {
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const errors = findings.filter(({ severity }) => severity === 'error');
  printLines(warnings.map((finding) => `${errorStyle.yellow('warning')} ${formatFinding(finding)}`));
  printLines(errors.map((finding) => `${errorStyle.red('error')} ${formatFinding(finding)}`));
  return errors.length > 0;
}

/** The same for what is wrong on disk. */
export function reportProblems(problems: readonly Problem[]): boolean {
  return reportFindings(
    problems.map((problem) => ({
      ...problem,
      field: undefined,
      severity: problem.severity ?? 'error',
      path: problem.field ?? 'disk',
    })),
  );
}

/** `1 cluster`, `2 clusters`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function printLines(lines: readonly string[]): void {
  for (const line of lines.slice(0, MOST_LINES)) process.stderr.write(`${line}\n`);
  if (lines.length > MOST_LINES) process.stderr.write(`… and ${lines.length - MOST_LINES} more like these\n`);
}
