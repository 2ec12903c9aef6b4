import * as path from 'node:path';
import { CLUSTERS_FOLDER, PIPELINE_FILE, SCRIPT_FILE } from '../delivery';

/** The name of git's attributes, of which each folder can have some. */
export const ATTRIBUTES_FILE = '.gitattributes';

/**
 * Attributes by which GitLab folds generated files in its diffs: the jobs, which follow from the code, and never a
 * manifest, which is what a reviewer reads. They are in the folders that hold the files: GitLab asks git for attributes
 * (`git check-attr --source`), git looks in the folders on the way, too, and the attributes of the project's own folder
 * belong to somebody else, projen for instance; with them the mark of the pipeline's root file. GitLab wants the
 * attribute bare, without `=true`. The script keeps its line ends wherever it is checked out: a shell stumbles over those
 * of Windows.
 * @see https://docs.gitlab.com/user/project/merge_requests/changes/#collapse-generated-files
 */
export const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  [`${CLUSTERS_FOLDER}/${ATTRIBUTES_FILE}`, `/*/${PIPELINE_FILE} gitlab-generated\n`],
  [
    path.posix.join(path.posix.dirname(SCRIPT_FILE), ATTRIBUTES_FILE),
    `/${path.posix.basename(SCRIPT_FILE)} gitlab-generated text eol=lf\n`,
  ],
]);

/** Whether a file is the same for all fleets of a project. */
export function isShared(file: string): boolean {
  return file === SCRIPT_FILE || isAttributes(file);
}

/** Whether a file holds attributes: people add to such files, and so do other tools. */
export function isAttributes(file: string): boolean {
  return path.posix.basename(file) === ATTRIBUTES_FILE;
}

/** The lines of attributes that a file of somebody else's lacks. */
export function missingLines(theirs: string, wanted: string): string[] {
  const known = new Set(theirs.split(/\r?\n/).map((line) => line.trim()));
  return wanted.split('\n').filter((line) => line !== '' && !line.startsWith('#') && !known.has(line));
}
