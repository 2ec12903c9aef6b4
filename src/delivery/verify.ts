import { shape } from '../core';
import type { Cache, Job } from '../gitlab';
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

/** Where others have merged meanwhile, what they changed is no change of this request; and to show it decides nothing. */
const SHOW_CHANGES = `if [ -n "$CI_MERGE_REQUEST_IID" ]; then npx cdkops diff --against "\${CI_MERGE_REQUEST_TARGET_BRANCH_SHA:-$CI_MERGE_REQUEST_DIFF_BASE_SHA}" || echo "The changes cannot be shown."; fi`;

/** A word for a shell, inside single quotes, too. */
function word(text: string): string {
  return /^[\w./@-]+$/.test(text) ? text : `"${text.replaceAll(/[\\"$\x60]/g, '\\$&')}"`;
}

function defaultScript(app: string | undefined): readonly string[] {
  const options = app === undefined ? '' : ` --app ${word(app)}`;
  const mend = `npx projen synth${options}`;
  return [
    ASKED,
    'npm ci',
    // The right files are an artifact then, though a person still has to look at them and commit them.
    `npx projen check${options} || { ${mend} && echo 'The files are not what the code gives. Run this and commit the result: ${mend}'; exit 1; }`,
    SHOW_CHANGES,
  ];
}

/**
 * The job `verify`: also after a merge, since two requests that are both right can come to files that neither has.
 * @param file - the file of the pipeline
 * @param app - the file that defines the fleet, where it is not the usual one
 */
export function verifyJob(options: VerifyOptions, file: string, app?: string): Job {
  const { image = 'node:22', tags, script = defaultScript(app), variables, cache } = options;
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
    artifacts: {
      name: 'right-files',
      paths: [file, '.gitlab/', `${CLUSTERS_FOLDER}/`],
      when: 'on_failure',
      expire_in: '1 week',
    },
  };
}
