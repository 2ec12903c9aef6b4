import { parse } from 'yaml';

interface Job {
  readonly extends?: string | readonly string[];
  readonly variables?: Readonly<Record<string, string | number | { readonly value: string }>>;
}

type Configuration = Readonly<Record<string, Job>> & {
  readonly include?: readonly { readonly local: string }[];
  readonly variables?: Job['variables'];
};

/**
 * The variables that a synthesised pipeline gives a job, for running what it runs without GitLab.
 * @throws Error where the pipeline has no such job.
 */
export function jobVariables(
  files: Readonly<Record<string, string>>,
  job: string,
  pipeline = '.gitlab-ci.yml',
): Record<string, string> {
  const root = parse(files[pipeline] ?? '') as Configuration;
  const included = (root.include ?? []).map(({ local }) => parse(files[local.replace(/^\//, '')] ?? ''));
  const all = Object.assign({}, root, ...included) as Configuration;
  if (!(job in all)) throw new Error(`the pipeline has no job ${job}`);
  const variables = { ...root.variables, ...inherited(all, job) };
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      const text = String(typeof value === 'object' ? value.value : value);
      // GitLab's way to write a dollar that is one.
      return [name, text.replaceAll('$$', '$')];
    }),
  );
}

function inherited(all: Configuration, name: string): NonNullable<Job['variables']> {
  const { extends: parents = [], variables } = all[name] ?? {};
  return Object.assign({}, ...[parents].flat().map((parent) => inherited(all, parent)), variables);
}
