import { type Command, InvalidArgumentError, Option } from 'commander';
import { KOPS_RELEASES_URL } from '../delivery/kops-lock';
import { isDay } from '../kops/upgrades/day';
import { DEFAULT_APP } from '../synth';
import type { GraphFormat } from './graph';
import { DIFF_HELP, GRAPH_HELP, LOCK_HELP, OUTDATED_HELP, ROLES_HELP } from './help';

/** What `graph` draws; here, so that the command need not be loaded for it. */
const GRAPH_FORMATS: readonly GraphFormat[] = ['mermaid', 'dot', 'svg'];

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
  appOption(program.command('graph'))
    .summary('draw the fleet on one page')
    .description('Draw waves, what opens them, their clusters and versions.')
    .addOption(new Option('--format <format>', 'what to draw (default: mermaid)').choices(GRAPH_FORMATS))
    .option('--output <file>', 'write to a file (default: standard output)', fileName)
    .option('--wave <name>', 'draw this wave alone')
    .option('--all', 'draw each cluster, also of large waves')
    .addHelpText('after', GRAPH_HELP)
    .action(async (options) => {
      const { graphCommand } = require('./graph') as typeof import('./graph');
      done(await graphCommand(options));
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
  appOption(program.command('outdated [clusters...]'))
    .summary('tell which versions are old')
    .description('Tell of each cluster what is newer, what is required and what nears its end of life.')
    .option('--online', "ask kOps's channel stable")
    .option('--channel <channel>', 'ask this channel: stable, alpha, an address or a file', channel)
    .option('--timeout <seconds>', 'how long to wait for an answer', seconds, 30)
    .option('--within <days>', 'an end of life in so many days is near', days, 90)
    .option('--today <day>', 'the day to judge from (default: that of the clock, UTC)', day)
    .option('--json', 'for programs')
    .option('--exit-code', 'end with exit code 100 or 101 where there is something to do')
    .addHelpText('after', OUTDATED_HELP)
    .action(async (clusters, options) => {
      const { outdatedCommand } = require('./outdated') as typeof import('./outdated');
      done(await outdatedCommand(clusters, options));
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
  return command.option('--app <file>', 'the file that exports the fleet', fileName, DEFAULT_APP);
}

function fileName(value: string): string {
  if (value === '') throw new InvalidArgumentError('expected a file');
  return value;
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

function channel(value: string): string {
  if (value !== '') return value;
  throw new InvalidArgumentError('expected stable, alpha, an address or a file');
}

function days(value: string): number {
  if (/^\d{1,4}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('expected a number of days, up to 9999');
}

function day(value: string): string {
  if (isDay(value)) return value;
  throw new InvalidArgumentError('expected a day such as 2026-11-23');
}
