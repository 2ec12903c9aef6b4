import type { Configuration } from './configuration';
import { type Event, predefined } from './event';
import type { Values } from './expression';
import { NEEDS_MAX } from './needs';
import { type PlannedJob, plannedJob } from './planned-job';
import { matchingRule } from './rules';
import { isEdge } from './stages';
import { valuesOf } from './variables';

/** The jobs of a pipeline, or why GitLab makes none. */
export type Creation =
  | { readonly jobs: readonly PlannedJob[]; readonly refused?: undefined }
  | { readonly refused: string; readonly jobs?: undefined };

/** What the project is, as far as it matters. */
export interface ProjectSettings {
  readonly defaultBranch: string;
  /** CI/CD variables in the project's settings. */
  readonly variables: Values;
}

/** Looks at all rules, once. */
export function create(configuration: Configuration, event: Event, project: ProjectSettings): Creation {
  const given = predefined(event, project.defaultBranch);
  let global: Values = valuesOf(configuration.variables, 'variables');
  const { rules } = configuration.workflow;
  if (rules !== undefined) {
    const rule = matchingRule(
      rules,
      event,
      { ...given, ...global, ...project.variables, ...event.variables },
      'workflow',
    );
    if (rule === undefined || rule.when === 'never') return { refused: 'filtered out by workflow rules' };
    global = { ...global, ...valuesOf(rule.variables, 'workflow:rules:variables') };
  }
  const around = { event, predefined: given, global, project: project.variables };
  const jobs = [...configuration.jobs].flatMap(([name, data]) => plannedJob(name, data, around) ?? []);
  if (jobs.every(({ stage }) => isEdge(stage))) return { refused: 'the rules let no job in' };
  const problems = jobs.flatMap((job) => problemsOf(job, jobs));
  return problems.length > 0 ? { refused: problems.join('; ') } : { jobs };
}

/** code: lib/gitlab/ci/pipeline/seed/build.rb, needs_errors */
function problemsOf({ name, needs = [] }: PlannedJob, jobs: readonly PlannedJob[]): string[] {
  if (needs.length > NEEDS_MAX) return [`${name} needs ${needs.length} jobs, GitLab takes ${NEEDS_MAX}`];
  return needs
    .filter(({ job, optional }) => !optional && jobs.every((other) => other.name !== job))
    .map(({ job }) => `${name} needs ${job}, which is not in the pipeline`);
}
