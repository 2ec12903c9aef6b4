import { resolveExtends } from '../../../src/gitlab/extends';
import { type Data, dataOf, type Files, listOf, refuse, textOf, unknown } from './data';
import { checkJobs } from './job-check';
import { knownStages } from './stages';

/** What GitLab makes of a file and all that it includes. */
export interface Configuration {
  readonly path: string;
  readonly stages: readonly string[];
  /** Variables of all jobs. */
  readonly variables: unknown;
  readonly workflow: Data;
  /** Jobs without templates, what they extend merged in, in the order of the files. */
  readonly jobs: ReadonlyMap<string, Data>;
}

/** Keywords of a file beside its jobs. */
const GLOBAL: readonly string[] = ['stages', 'variables', 'workflow', 'include', 'default', 'spec'];

/** Keywords of old that would hold for all jobs. */
const OLD: readonly string[] = [
  'image',
  'services',
  'cache',
  'before_script',
  'after_script',
  'types',
  'pages',
];

/** Files of one configuration. doc: https://docs.gitlab.com/ci/yaml/#include */
const INCLUDES_MAX = 150;

/** Reads a configuration. Throws where GitLab would not take it, whatever makes the pipeline. */
export function configurationOf(files: Files, path: string): Configuration {
  const included: string[] = [];
  const merged = withIncludes(files, path, included);
  if (included.length > INCLUDES_MAX)
    refuse(path, `it includes ${included.length} files, GitLab takes ${INCLUDES_MAX}`);
  for (const keyword of OLD) if (merged[keyword] !== undefined) unknown(path, `${keyword} for all jobs`);
  const named = Object.entries(merged).filter(([name]) => !GLOBAL.includes(name));
  const all = new Map(named.map(([name, job]) => [name, dataOf(job, name)]));
  const { jobs, unknown: missing, circles, tooDeep } = resolveExtends(all);
  for (const { job, base } of missing) refuse(job, `it extends ${base}, which is not there`);
  for (const circle of circles) refuse(path, `these extend each other: ${circle.join(', ')}`);
  for (const { job, levels } of tooDeep) refuse(job, `it has ${levels} levels of extends`);
  const visible = new Map([...jobs].filter(([name]) => !name.startsWith('.')));
  const stages = knownStages(merged.stages, path);
  checkJobs(visible, stages);
  const workflow = merged.workflow === undefined ? {} : dataOf(merged.workflow, 'workflow');
  return { path, stages, variables: merged.variables, workflow, jobs: visible };
}

/** Included files first, each over those before it, then the file itself over all. */
function withIncludes(files: Files, path: string, included: string[]): Data {
  const { include, ...own } = files.get(path) ?? refuse(path, 'there is no such file');
  let merged: Data = {};
  for (const one of listOf(include)) {
    const local = localPath(one, path);
    included.push(local);
    if (included.length > 10 * INCLUDES_MAX) refuse(path, 'files include each other without end');
    merged = mergeDeep(merged, withIncludes(files, local, included));
  }
  return mergeDeep(merged, own);
}

/** The path of an included file. */
export function localPath(include: unknown, place: string): string {
  if (typeof include === 'string') return include.replace(/^\//, '');
  const { local, ...rest } = dataOf(include, `${place}:include`);
  if (Object.keys(rest).length > 0) unknown(`${place}:include`, Object.keys(rest).join(', '));
  return textOf(local, `${place}:include`).replace(/^\//, '');
}

function mergeDeep(base: Data, over: Data): Data {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const before = merged[key];
    merged[key] = isData(before) && isData(value) ? mergeDeep(before, value) : value;
  }
  return merged;
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
