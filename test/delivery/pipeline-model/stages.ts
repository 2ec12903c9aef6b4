import { type Data, listOf, textOf } from './data';

const FIRST = '.pre';
const LAST = '.post';

/** Those of a configuration that names none. */
const DEFAULT_STAGES = ['build', 'test', 'deploy'];

/** The stages of a configuration in their order, with those that every pipeline has at its ends. */
export function knownStages(stages: unknown, path: string): readonly string[] {
  const named = listOf(stages).map((stage) => textOf(stage, `${path}:stages`));
  const inner = (named.length > 0 ? named : DEFAULT_STAGES).filter(
    (stage) => stage !== FIRST && stage !== LAST,
  );
  return [FIRST, ...new Set(inner), LAST];
}

/** The stage of a job. */
export function stageOf(job: Data, name: string): string {
  return job.stage === undefined ? 'test' : textOf(job.stage, `${name}:stage`);
}

/** Whether a stage alone does not make a pipeline. */
export function isEdge(stage: string): boolean {
  return stage === FIRST || stage === LAST;
}
