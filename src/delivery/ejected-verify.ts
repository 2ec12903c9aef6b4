import type { Job } from '../gitlab';
import { SCRIPT_FILE } from './files';
import { type VerifyOptions, verifyJob } from './verify';

/** It runs a shell with its usual tools, and nothing else. */
const IMAGE = 'alpine:3';

/**
 * The job `verify` of a project without cdkops: whether what a person asked for makes sense, and whether the files fit
 * together. It has nothing to install, so it keeps nothing; and no right files could be its artifact. An image that somebody
 * has named is one that their runners can get: it stays. Commands of their own replaced cdkops's, and may need them.
 * @param file - the file of the pipeline
 */
export function ejectedVerifyJob({ image = IMAGE, tags, variables }: VerifyOptions, file: string): Job {
  const { artifacts: _rightFiles, cache: _packages, ...job } = verifyJob({ image, tags }, file);
  return {
    ...job,
    variables: { ...variables, CDKOPS_PIPELINE_FILES: file },
    script: [`sh ${SCRIPT_FILE} asked`, `sh ${SCRIPT_FILE} files`],
  };
}
