import { isMap, UserError } from '../../core';
import { commonJobName } from '../../delivery/files';
import type { ManifestDocument } from './manifest';

/** What holds for a whole pipeline: no job has such a name. */
const GLOBAL: ReadonlySet<string> = new Set([
  'default',
  'include',
  'spec',
  'stages',
  'variables',
  'workflow',
]);

/**
 * A file of jobs as documents: one of kind `Job` for each job or template, and one of kind `Pipeline` for the rest, without
 * what it includes: that is compared by itself.
 * @throws UserError where it is no YAML.
 */
export function pipelineDocuments(text: string, file: string): ManifestDocument[] {
  const { include: _include, ...blocks } = parsePipeline(text, file);
  const names = Object.keys(blocks);
  const jobs = names.filter((name) => !GLOBAL.has(name) && isMap(blocks[name]));
  const rest = names.filter((name) => !jobs.includes(name));
  return [
    ...(rest.length > 0
      ? [document('Pipeline', '', Object.fromEntries(rest.map((name) => [name, blocks[name]])))]
      : []),
    ...jobs.map((name) => document('Job', name, blocks[name])),
  ];
}

/**
 * The jobs of a cluster as documents, by their steps (`roll`); what all of them have in common is of kind `Jobs`.
 * @throws UserError where it is no YAML.
 */
export function clusterJobs(text: string, file: string, cluster: string): ManifestDocument[] {
  const documents = pipelineDocuments(text, file);
  const taken = new Set(documents.map(({ name }) => name));
  return documents.map(({ kind, name, data }) => {
    if (name === commonJobName(cluster)) return document('Jobs', '', data);
    const step = name.endsWith(`:${cluster}`) ? name.slice(0, -cluster.length - 1) : name;
    // Two of one name would hide each other.
    return document(kind, taken.has(step) ? name : step, data);
  });
}

/** The variables that all jobs of a cluster have; none where the file cannot be read. */
export function clusterVariables(text: string, cluster: string): Readonly<Record<string, unknown>> {
  try {
    const job = parsePipeline(text, '')[commonJobName(cluster)];
    return isMap(job) && isMap(job.variables) ? job.variables : {};
  } catch (error) {
    if (error instanceof UserError) return {};
    throw error;
  }
}

function document(kind: string, name: string, data: unknown): ManifestDocument {
  return { kind, name, data: isMap(data) ? data : {} };
}

function parsePipeline(text: string, file: string): Readonly<Record<string, unknown>> {
  // Loaded here: most differences are about few clusters, and often about manifests alone.
  const { parse } = require('yaml') as typeof import('yaml');
  let data: unknown;
  try {
    data = parse(text, { logLevel: 'error' });
  } catch (error) {
    const [message] = (error as Error).message.split('\n', 1);
    throw new UserError(`${file} is no YAML: ${message?.replace(/:$/, '')}`);
  }
  if (isMap(data)) return data;
  throw new UserError(`${file} is no pipeline: expected jobs by their names`);
}
