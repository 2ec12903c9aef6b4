import { type Command, InvalidArgumentError, Option } from 'commander';
import { KOPS_RELEASES_URL } from '../delivery/kops-lock';
import { DEFAULT_APP } from '../synth';
import { DIFF_HELP, LOCK_HELP, ROLES_HELP } from './help';

/**
 * Adds the commands that write no manifest: each is loaded where it is asked for, so that synth starts without them.
 * @param done - takes the exit code
 */
export function addQuestions(program: Command, done: (code: number) => void): void {
  program
    .command('diff [clusters...]')
    .summary('tell what changed by what it means')
    .description('Compare the manifests on disk with those of a commit, field by field.')
    .option('--against <ref>', 'the commit, branch or tag to compare with', reference, 'HEAD')
    .addOption(new Option('--markdown', 'for a merge request').conflicts('json'))
    .option('--json', 'for programs')
    .option('--exit-code', 'end with exit code 100 where something differs')
    .addHelpText('after', DIFF_HELP)
    .action(async (clusters, options) => {
      const { diffCommand } = require('./diff') as typeof import('./diff');
      done(await diffCommand(clusters, options));
    });
  appOption(program.command('lock [versions...]'))
    .summary('pin the kOps binaries that jobs download')
    .description('Write the digests of the kOps binaries that jobs download into clusters/kops.lock.json.')
    .option('--url <url>', "where kOps's releases are", url, KOPS_RELEASES_URL)
    .option('--timeout <seconds>', 'how long to wait for an answer', seconds, 30)
    .addHelpText('after', LOCK_HELP)
    .action(async (versions, options) => {
      const { lockCommand } = require('./lock') as typeof import('./lock');
      done(await lockCommand(versions, options));
    });
  appOption(program.command('roles [clusters...]'))
    .summary('print the policies of the roles that jobs take')
    .description('Print for each role of AWS that the fleet names who may take it and what it may do.')
    .option('--gitlab-url <url>', 'address of GitLab (default: that of the remote origin)')
    .option('--project <path>', 'path of the project in GitLab (default: that of the remote origin)')
    .option('--branch <name>', 'the default branch (default: that of the remote origin, else main)')
    .option('--json', 'for programs')
    .addHelpText('after', ROLES_HELP)
    .action(async (clusters, options) => {
      const { rolesCommand } = require('./roles') as typeof import('./roles');
      done(await rolesCommand(clusters, options));
    });
}

/** Adds the option that names the fleet's file. */
export function appOption(command: Command): Command {
  const fileName = (value: string) => {
    if (value === '') throw new InvalidArgumentError('expected a file');
    return value;
  };
  return command.option('--app <file>', 'the file that exports the fleet', fileName, DEFAULT_APP);
}

function reference(value: string): string {
  if (value === '') throw new InvalidArgumentError('expected a commit, a branch or a tag');
  return value;
}

function url(value: string): string {
  if (/^https?:\/\/[^\s/?#]+(?:\/[^\s?#]*)?$/.test(value)) return value;
  throw new InvalidArgumentError('expected a URL such as https://mirror.example.com/kops');
}

function seconds(value: string): number {
  const number = Number(value);
  if (number > 0 && number <= 3_600) return number;
  throw new InvalidArgumentError('expected a number of seconds, up to 3600');
}
