import { type Command, InvalidArgumentError, Option } from 'commander';
import { KOPS_RELEASES_URL } from '../delivery/kops-lock';
import { isDay } from '../kops/upgrades/day';
import { DEFAULT_APP } from '../synth';
import { EJECT_HELP } from './eject-help';
import type { GraphFormat } from './graph';
import { DIFF_HELP, GRAPH_HELP, LOCK_HELP, OUTDATED_HELP, ROLES_HELP } from './help';
import { IMPORT_HELP } from './import-help';

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
    .description(
      'Compare the manifests on disk with those of a commit, or with what is live, field by field.',
    )
    .option(
      '--against <what>',
      'committed (HEAD), live (the state stores), or a commit, a branch, a tag',
      reference,
      'committed',
    )
    .option('--timeout <seconds>', 'how long each question to a state store may take', seconds, 60)
    .addOption(new Option('--markdown', 'for a merge request').conflicts('json'))
    .option('--json', 'for programs')
    .option('--fail', 'end with exit code 100 where something differs')
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
  appOption(program.command('import <sources...>'))
    .summary('turn manifests into code')
    .description('Write the code of clusters that exist, and add them to the fleet.')
    .option('--wave <name>', 'the wave that the clusters go to (default: imported, a new one at the end)')
    .option('--kops <version>', "the kOps version of the clusters (default: the fleet's where it fits)")
    .option('--state <url>', 'the state store of clusters whose manifests do not say it', storeUrl)
    .option('--l1', 'write every object field by field')
    .option('--factor', 'lift what most of the clusters have in common into a class')
    .option('--force', 'overwrite files that are there')
    .option('--timeout <seconds>', 'how long kops may take for each question to a state store', seconds, 60)
    .addHelpText('after', IMPORT_HELP)
    .action(async (sources, options) => {
      const { importCommand } = require('./import') as typeof import('./import');
      done(await importCommand(sources, options));
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
    .option('--fail', 'end with exit code 100 or 101 where there is something to do')
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
  addEject(program, done);
}

/** Adds the command that leaves the files to people. */
function addEject(program: Command, done: (code: number) => void): void {
  appOption(program.command('eject'))
    .summary('leave the files to people, without cdkops')
    .description('Leave plain manifests and a pipeline that need no cdkops any more.')
    .option('--dry-run', 'tell what would change; write nothing')
    .addHelpText('after', EJECT_HELP)
    .action(async (options) => {
      const { ejectCommand } = require('./eject') as typeof import('./eject');
      done(await ejectCommand(options));
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
  if (value === '') throw new InvalidArgumentError('expected committed, live, a commit, a branch or a tag');
  return value;
}

function storeUrl(value: string): string {
  if (/^[a-z0-9]+:\/\/[^\s/][^\s]*$/.test(value)) return value;
  throw new InvalidArgumentError('expected a URL such as s3://acme-kops-state');
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
