import { parse } from 'yaml';
import { type Data, type Event, Project, type ProjectOptions, type RunningPipeline } from '.';

/** A push to the default branch. */
export const PUSH: Event = { source: 'push', branch: 'main', changed: ['a.txt'] };

/** A project of one or several files, written as YAML; a single text is that of the root. */
export function project(
  files: string | Readonly<Record<string, string>>,
  options: ProjectOptions = {},
): Project {
  const texts = typeof files === 'string' ? { '.gitlab-ci.yml': files } : files;
  const data = Object.entries(texts).map(([path, text]) => [path, parse(text) as Data] as const);
  return new Project(new Map(data), options);
}

/** A pipeline of a push. */
export function pipeline(
  files: Parameters<typeof project>[0],
  options: ProjectOptions = {},
): RunningPipeline {
  return project(files, options).start(PUSH);
}

/** The states of all jobs, in one line each: `build: success`. */
export function states({ jobs }: RunningPipeline): Record<string, string> {
  return Object.fromEntries([...jobs.values()].map(({ name, status }) => [name, status]));
}
