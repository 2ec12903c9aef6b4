import { refuse } from './data';
import type { Values } from './expression';

/** What makes a pipeline. */
export interface Event {
  /** GitLab's word for it: CI_PIPELINE_SOURCE. */
  readonly source: string;
  /** The branch, of a merge request the one that it comes from; none for a tag. */
  readonly branch?: string;
  readonly tag?: string;
  /** What a person, a schedule or a trigger job gives: it wins over all that the files say. */
  readonly variables?: Values;
  /** The files that changed. Only pushes and merge requests have something to compare with, and a branch's first push has not. */
  readonly changed?: readonly string[] | 'nothing to compare with';
  /** Whether it is for a merge request; of a child pipeline, its parent. */
  readonly isMergeRequest?: boolean;
}

/** Where GitLab compares with what was there before. */
const COMPARES: readonly string[] = ['push', 'merge_request_event', 'parent_pipeline'];

/** The files that changed; `undefined` where every file counts as changed. */
export function changedFiles({ source, changed }: Event): readonly string[] | undefined {
  if (!COMPARES.includes(source)) {
    if (Array.isArray(changed))
      refuse(source, 'such a pipeline has nothing to compare with: leave "changed" out');
    return undefined;
  }
  if (changed === undefined)
    return refuse(source, 'say what changed, or that there is nothing to compare with');
  return changed === 'nothing to compare with' ? undefined : changed;
}

/** Whether a pipeline is one of a merge request: such a one has no branch in its variables. */
export function isOfMergeRequest({
  source,
  isMergeRequest = source === 'merge_request_event',
}: Event): boolean {
  return isMergeRequest;
}

/** Those of GitLab's own variables that rules look at. */
export function predefined(event: Event, defaultBranch: string): Record<string, string> {
  const { source, branch, tag } = event;
  if ((branch === undefined) === (tag === undefined)) refuse(source, 'expected a branch or a tag');
  return {
    CI_PIPELINE_SOURCE: source,
    CI_DEFAULT_BRANCH: defaultBranch,
    CI_COMMIT_REF_NAME: branch ?? tag ?? '',
    ...(tag !== undefined && { CI_COMMIT_TAG: tag }),
    ...(branch !== undefined && !isOfMergeRequest(event) && { CI_COMMIT_BRANCH: branch }),
    ...(isOfMergeRequest(event) && { CI_MERGE_REQUEST_ID: '700', CI_MERGE_REQUEST_IID: '7' }),
  };
}
