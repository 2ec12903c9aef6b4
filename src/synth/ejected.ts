import * as path from 'node:path';
import { SCRIPT_FILE } from '../delivery';
import { ATTRIBUTES_FILE } from './attributes';

/** How files of pipelines begin that no code gives any more: whoever opens one may wonder. */
const EJECTED_START = '# Ejected from cdkops: no code gives this file any more, edit it.\n';

/** The text of a file that is left to people: a manifest is plain, the script has words of its own at its top. */
export function ejectedText(file: string, body: string): string {
  return file.endsWith('.yml') ? `${EJECTED_START}${body}` : body;
}

/** Jobs that people write are no longer folded in diffs. The script keeps its line ends. */
export const EJECTED_ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  [
    path.posix.join(path.posix.dirname(SCRIPT_FILE), ATTRIBUTES_FILE),
    `/${path.posix.basename(SCRIPT_FILE)} text eol=lf\n`,
  ],
]);
