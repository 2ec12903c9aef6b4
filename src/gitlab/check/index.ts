import { Pipeline } from '../pipeline';
import type { PipelineFile } from '../pipeline-file';
import { type CheckOptions, configure } from './configuration';
import { checkFiles } from './files';
import { checkJobs } from './jobs';
import { checkNames } from './names';
import { checkNeeds } from './needs';
import type { PipelineProblem } from './problem';
import { isObject } from './shape';
import { checkSizes } from './size';
import { checkTotals } from './totals';
import { checkTriggers } from './triggers';

export type { CheckOptions } from './configuration';
export { formatProblem, type PipelineProblem } from './problem';

/**
 * Finds what GitLab would refuse in a configuration, and what surely is a mistake: everything at once, in the
 * order of the files. What depends on names in files that are not given (another project's, a template) is not
 * judged. Takes linear time.
 *
 * One pipeline at a time: child pipelines have files and a call of their own.
 *
 * @param files the file that GitLab reads first, then those that it includes by `local`, in that order
 * @param options what is known beside the files
 */
export function checkPipeline(
  files: readonly PipelineFile[],
  options: CheckOptions = {},
): readonly PipelineProblem[] {
  const problems: PipelineProblem[] = [];
  const usable = files.filter((file: unknown): file is PipelineFile => {
    if (isObject(file) && typeof file.path === 'string' && file.pipeline instanceof Pipeline) return true;
    const path = isObject(file) ? String(file.path) : String(file);
    problems.push({ file: path, message: 'is no file; expected { path, pipeline }.', severity: 'error' });
    return false;
  });
  const configuration = configure(usable, options, problems);
  checkFiles(configuration);
  checkNames(configuration);
  checkJobs(configuration);
  checkNeeds(configuration);
  checkTriggers(configuration);
  checkTotals(configuration);
  checkSizes(configuration);
  const places = new Map(usable.map(({ path }, index) => [path, index]));
  return problems.sort((a, b) => (places.get(a.file) ?? -1) - (places.get(b.file) ?? -1));
}
