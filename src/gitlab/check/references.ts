import { type Configuration, type Entry, type Say, stageOf } from './configuration';

/** The job of a name, also under the names that instances of a parallel job get. */
export function findJob(name: string, { byName }: Configuration): Entry | undefined {
  const entry = byName.get(name) ?? byName.get(name.replace(/ \d+\/\d+$|: \[.*\]$/s, ''));
  return entry?.template ? undefined : entry;
}

/**
 * Why a name is none of a job, and what to do.
 *
 * @param otherwise what there is to do beside naming another job
 */
export function unknownJob(
  name: string,
  { byName }: Configuration,
  otherwise = 'say optional: true',
): string {
  return byName.has(name)
    ? `names the template '${name}', which is no job. Name a job.`
    : `names '${name}', but no file has such a job. Add it, correct the name, or ${otherwise}.`;
}

/** How the stage of another job lies to that of a job; undefined where the stages are not known. */
export function stageDistance(entry: Entry, other: Entry, { stages }: Configuration): number | undefined {
  const here = stages?.get(stageOf(entry));
  const there = stages?.get(stageOf(other));
  return here === undefined || there === undefined ? undefined : there - here;
}

/** Reports a job that is named, though it comes later. */
export function checkOrder(
  entry: Entry,
  keyword: string,
  name: string,
  other: Entry,
  configuration: Configuration,
  say: Say,
): void {
  if ((stageDistance(entry, other, configuration) ?? 0) <= 0) return;
  const message = `names '${name}' of stage '${stageOf(other)}', which comes after '${stageOf(entry)}'. Name a job of the same stage or an earlier one, or move this job.`;
  say(keyword, message);
}
