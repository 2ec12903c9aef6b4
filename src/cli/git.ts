import { spawnSync } from 'node:child_process';
import { UserError } from '../core';

/** More than the manifests of any fleet, in bytes. */
const LARGEST_ANSWER = 1_024 * 1_024 * 1_024;

/** What git said. */
export interface GitAnswer {
  readonly ok: boolean;
  readonly stdout: Buffer;
  /** In English, whatever the user's language is. */
  readonly stderr: string;
}

/**
 * Asks git something about the repository that a folder is in; changes nothing.
 * @throws UserError where git is not installed.
 */
export function git(folder: string, args: readonly string[], input = ''): GitAnswer {
  const { error, status, signal, stdout, stderr } = spawnSync('git', ['--literal-pathspecs', ...args], {
    cwd: folder,
    input,
    env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
    maxBuffer: LARGEST_ANSWER,
  });
  if (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError(isMissing ? 'git is not installed' : `git could not be run: ${error.message}`);
  }
  const said = stderr.toString().trim();
  return { ok: status === 0, stdout, stderr: signal ? `it was ended by ${signal}` : said };
}
