import { UserError } from '../core';
import { lastWords } from './last-words';
import { type ProgramOptions, type ProgramResult, runProgram } from './run-program';

/** A program is not there: another one may do. */
export class MissingProgram extends UserError {}

/** A program gave no answer in its time. */
export class LateProgram extends UserError {}

/** A program said that it failed. */
export class FailedProgram extends UserError {
  constructor(
    message: string,
    /** The end of what it said on standard error, secrets included: to look into, never to print. */
    public readonly said: string,
    /** Its last words, without secrets. */
    public readonly words: string,
  ) {
    super(message);
  }
}

/**
 * Runs the kops that PATH finds, and gives what it printed.
 * @throws MissingProgram where it is not installed, FailedProgram where it says that it failed, LateProgram where it
 * takes too long: the message has its last words, without secrets.
 */
export async function runKops(
  words: readonly string[],
  options: ProgramOptions,
): Promise<{ readonly stdout: string }> {
  const instead = 'put the kops of the fleet on PATH (https://kops.sigs.k8s.io has it)';
  return { stdout: printed('kops', await runProgram('kops', words, options), options, instead) };
}

/** The same for the client of S3. */
export async function runAws(
  words: readonly string[],
  options: ProgramOptions,
): Promise<{ readonly stdout: string }> {
  const environment = { AWS_PAGER: '', ...options.environment };
  const instead = 'put kops or the aws client on PATH';
  const result = await runProgram('aws', words, { ...options, environment });
  return { stdout: printed('aws', result, { ...options, environment }, instead) };
}

function printed(
  program: string,
  { outcome, stdout, stderr }: ProgramResult,
  { environment, timeout }: ProgramOptions,
  instead: string,
): string {
  if (outcome === 'done') return stdout;
  const words = lastWords(stderr, environment);
  const reason = words || 'it did not say why';
  switch (outcome) {
    case 'missing':
      throw new MissingProgram(`${program} is not installed: ${instead}`);
    case 'late': {
      const last = words === '' ? '' : `; its last words: ${words}`;
      throw new LateProgram(`${program} gave no answer within ${timeout / 1_000} seconds (--timeout)${last}`);
    }
    case 'large':
      throw new UserError(`${program} answered more than any cluster's state is`);
    case 'failed':
      throw new FailedProgram(`${program} failed: ${reason}`, stderr, reason);
  }
}
