import { type Finding, formatFinding, type Problem } from '../core';
import { withoutControls } from '../core/findings';
import { errorStyle } from './style';

/** More than this is no help: the first ones are mended first. */
const MOST_LINES = 200;

/** Prints findings, one a line, errors last: they are what stands above the prompt. Returns whether there are errors. */
export function reportFindings(findings: readonly Finding[]): boolean {
  const ofSeverity = (wanted: Finding['severity']) =>
    findings.filter(({ severity }) => severity === wanted).map(formatFinding);
  const errors = ofSeverity('error');
  printLines(ofSeverity('warning').map((finding) => `${errorStyle.yellow('warning')} ${finding}`));
  printLines(errors.map((finding) => `${errorStyle.red('error')} ${finding}`));
  return errors.length > 0;
}

/** The same for what is wrong on disk: there the field is a path. */
export function reportProblems(problems: readonly Problem[]): boolean {
  return reportFindings(
    problems.map(({ field, message, severity = 'error' }) => ({ path: field ?? 'disk', message, severity })),
  );
}

/** Prints one error: on one line, but for line ends of our own. */
export function reportError(message: string): void {
  printLines([`${errorStyle.red('error')} ${withoutControls(message, '\n\t')}`]);
}

/** Prints one warning. */
export function reportWarning(message: string): void {
  printLines([`${errorStyle.yellow('warning')} ${withoutControls(message, '\n\t')}`]);
}

/** `1 cluster`, `2 clusters`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function printLines(lines: readonly string[]): void {
  for (const line of lines.slice(0, MOST_LINES)) process.stderr.write(`${line}\n`);
  if (lines.length > MOST_LINES) process.stderr.write(`… and ${lines.length - MOST_LINES} more like these\n`);
}
