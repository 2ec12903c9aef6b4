import { Command, CommanderError } from 'commander';
import { UserError } from '../core';
import { checkCommand } from './check';
import { CHECK_HELP, PROGRAM_HELP, SYNTH_HELP } from './help';
import { addQuestions, appOption } from './questions';
import { reportError } from './report';
import { errorStyle } from './style';
import { synthCommand } from './synth';

/** Exit codes: 0 done, 1 something is wrong with the fleet or the disk, 2 the command line was not understood. */
const USAGE_ERROR = 2;

/** Runs the command line and returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  const program = new Command('cdkops')
    .description('CD for kOps: clusters in TypeScript become kOps manifests and a GitLab pipeline.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this')
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error:/, errorStyle.red('error'))),
    })
    .showHelpAfterError('Run cdkops --help to see what there is.')
    .addHelpText('after', PROGRAM_HELP);
  fleetOptions(program.command('synth'))
    .summary('write the manifests and the pipeline')
    .description('Write the kOps manifest and the jobs of each cluster, and the pipeline that includes them.')
    .addHelpText('after', SYNTH_HELP)
    .action(async (options) => {
      code = await synthCommand(options);
    });
  fleetOptions(program.command('check'))
    .summary('fail with a diff where files are not what the code gives')
    .description('Synthesise in memory and compare with the files on disk. Writes nothing.')
    .addHelpText('after', CHECK_HELP)
    .action(async (options) => {
      code = await checkCommand(options);
    });
  addQuestions(program, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_ERROR;
    if (!(error instanceof UserError)) throw error;
    reportError(error.message);
    return 1;
  }
}

function fleetOptions(command: Command): Command {
  return appOption(command).option('--no-type-check', 'do not check types (an editor or another job does)');
}

function version(): string {
  return (require('../../package.json') as { version: string }).version;
}
