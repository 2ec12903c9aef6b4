import { booleanOf, type Data, dataOf, knowsAllOf, refuse, textOf } from './data';

/** What a job needs. */
export interface Need {
  readonly job: string;
  /** Whether there is a pipeline without it. */
  readonly optional: boolean;
  /** Whether its artifacts are fetched. */
  readonly artifacts: boolean;
}

/** Jobs of the parent whose artifacts a job fetches: it fails where one has not succeeded. doc: /ci/yaml/#needspipelinejob */
export function neededOfParent(job: Data, place: string): readonly string[] {
  const needs = Array.isArray(job.needs) ? job.needs.filter((need) => typeof need !== 'string') : [];
  return needs
    .map((need) => dataOf(need, place))
    .flatMap((need) => (need.pipeline === undefined ? [] : [textOf(need.job, place)]));
}

/** GitLab's limit. doc: https://docs.gitlab.com/ci/yaml/#needs */
export const NEEDS_MAX = 50;

/** What stands in `needs`; `undefined` where there is none: then stages count. */
export function needsOf(job: Data, place: string): readonly Need[] | undefined {
  if (job.needs === undefined) return undefined;
  if (!Array.isArray(job.needs))
    return refuse(place, `expected a list of needs, got ${JSON.stringify(job.needs)}`);
  const needs = job.needs.flatMap((need): Need[] => {
    if (typeof need === 'string') return [{ job: need, optional: false, artifacts: true }];
    const data = dataOf(need, place);
    knowsAllOf(data, place, ['project', 'ref', 'parallel']);
    // It is not waited for.
    if (data.pipeline !== undefined) return [];
    const optional = booleanOf(data.optional, place) ?? false;
    return [{ job: textOf(data.job, place), optional, artifacts: booleanOf(data.artifacts, place) ?? true }];
  });
  const names = needs.map(({ job: name }) => name);
  if (new Set(names).size < names.length) refuse(place, `it needs a job twice: ${names.join(', ')}`);
  return needs;
}
