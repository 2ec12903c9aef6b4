import { shape } from '../core';
import type { Artifacts, Cache, Job } from '../gitlab';
import { BY_HAND, MERGE_REQUEST, MERGED } from './events';
import { CLUSTERS_FOLDER, SCRIPT_FILE } from './files';
import { CACHE, cacheList } from './job-settings';

/** The job that says whether the synthesised files are what the code gives. It needs no credentials, and gets none. */
export interface VerifyOptions {
  /**
   * The container image; it has Node.
   * @default 'node:22'
   */
  readonly image?: string;

  /**
   * Tags of the runners that may take the job; better none that has rights in the cloud.
   * @default - any runner
   */
  readonly tags?: readonly string[];

  /**
   * Shell commands in place of cdkops's own.
   * @default - installs the dependencies, runs `npx projen check`, and shows what a merge request changes
   */
  readonly script?: readonly string[];

  /**
   * Variables of the job.
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;

  /**
   * What the job keeps to save time, in GitLab's own words.
   * @default - nothing
   */
  readonly cache?: Cache | readonly Cache[];
}

/** What those look like. */
export const VERIFY_MEMBERS: shape.Members<VerifyOptions> = {
  image: shape.text,
  tags: shape.list(shape.text),
  script: shape.list(shape.text),
  variables: shape.map(shape.text),
  cache: CACHE,
};

/** The job's name. */
export const VERIFY_JOB = 'verify';

/** A pipeline that is started by hand for a cluster that is not there, or off the default branch, would do nothing. */
const ASKED = `sh ${SCRIPT_FILE} asked`;

/** What a merge request changes, as Markdown: a reviewer finds it on the page of the request. */
const DIFFERENCE = 'difference.md';
/** The link to it there. */
const DIFFERENCE_LINK = 'What changes in the clusters';
/** Where the files are put that the code gives, where others were committed. */
const RIGHT_FILES = 'right-files';

/** Where others have merged meanwhile, what they changed is no change of this request. */
const DIFF = `npx cdkops diff --against "\${CI_MERGE_REQUEST_TARGET_BRANCH_SHA:-$CI_MERGE_REQUEST_DIFF_BASE_SHA}"`;

/** To show it decides nothing. */
const SORRY = `echo "Some of the changes cannot be shown: see the job's log."`;

/** In the log, and as a file; GitLab's runner calls it an error where there is none to keep. */
const SHOW_CHANGES = [
  `if [ -n "$CI_MERGE_REQUEST_IID" ]; then ${DIFF} || ${SORRY}; fi`,
  `if [ -n "$CI_MERGE_REQUEST_IID" ]; then ${DIFF} --markdown >${DIFFERENCE} 2>/dev/null || ${SORRY} >>${DIFFERENCE}; else echo "This is no merge request: there is nothing to compare with." >${DIFFERENCE}; fi`,
];

/** A text for a shell, whatever stands in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A word for a shell, which people can read. */
function word(text: string): string {
  return /^[\w./@-]+$/.test(text) ? text : `"${text.replaceAll(/[\\"$\x60]/g, '\\$&')}"`;
}

function defaultScript(file: string, app: string | undefined): readonly string[] {
  const options = app === undefined ? '' : ` --app ${word(app)}`;
  const mend = `npx projen synth${options}`;
  const keep = `mkdir -p ${RIGHT_FILES} && tar cf - ${generatedPaths(file).map(word).join(' ')} | tar xf - -C ${RIGHT_FILES}`;
  const said = `The files are not what the code gives. Run this and commit the result: ${mend}`;
  return [
    ASKED,
    'npm ci',
    // The right files are an artifact then, though a person still has to look at them and commit them.
    `npx projen check${options} || { is_stale=yes; ${mend} && ${keep} && is_mended=yes; }`,
    // Reviewers see what the code changes, whether or not its files are there.
    ...SHOW_CHANGES,
    `if [ -n "\${is_stale:-}" ]; then if [ -n "\${is_mended:-}" ]; then echo ${quoted(said)}; fi; exit 1; fi`,
  ];
}

/**
 * The job `verify`: also after a merge, since two requests that are both right can come to files that neither has.
 * @param file - the file of the pipeline
 * @param app - the file that defines the fleet, where it is not the usual one
 */
export function verifyJob(options: VerifyOptions, file: string, app?: string): Job {
  const { image = 'node:22', tags, script = defaultScript(file, app), variables, cache } = options;
  return {
    stage: 'verify',
    image,
    tags,
    // The commit that a merge request is compared with has to be there.
    variables: { GIT_DEPTH: '0', ...variables },
    rules: [{ if: MERGE_REQUEST }, { if: MERGED }, { if: BY_HAND }],
    interruptible: true,
    timeout: '30m',
    retry: { max: 1, when: 'runner_system_failure' },
    cache: cacheList(cache),
    script,
    artifacts: options.script ? filesInTheirPlaces(file) : DIFFERENCE_AND_RIGHT_FILES,
  };
}

/** Where the files are that synth writes. */
function generatedPaths(file: string): readonly string[] {
  return [file, '.gitlab/', `${CLUSTERS_FOLDER}/`];
}

const DIFFERENCE_AND_RIGHT_FILES: Artifacts = {
  name: 'verify',
  expose_as: DIFFERENCE_LINK,
  // GitLab links to the file itself where it is the only one; where the right files are there, too, to the list of both.
  paths: [DIFFERENCE, `${RIGHT_FILES}/`],
  when: 'always',
  expire_in: '1 week',
};

/** Commands of somebody's own may have written the right files, too. */
function filesInTheirPlaces(file: string): Artifacts {
  return { name: 'right-files', paths: generatedPaths(file), when: 'on_failure', expire_in: '1 week' };
}
