import { setOwn } from '../core';
import type { Default } from './default';
import type { Include } from './include';
import type { Job } from './job';
import { FILE_ORDER, inOrder, JOB_ORDER } from './order';
import type { Spec } from './spec';
import type { GlobalVariables } from './variables';
import type { Workflow } from './workflow';

/** What a file of GitLab configuration begins with; jobs are added later. */
export interface PipelineProps {
  /** What holds for the pipeline as a whole. @default a pipeline for every event */
  readonly workflow?: Workflow;
  /** The stages in their order. @default build, test, deploy, unless another file says otherwise */
  readonly stages?: readonly string[];
  /** What jobs get that do not say it themselves. @default nothing */
  readonly default?: Default;
  /** Variables of every job. @default none */
  readonly variables?: GlobalVariables;
  /** Files that become part of the configuration. @default none */
  readonly include?: Include | readonly Include[];
  /** The header of the file. @default none */
  readonly spec?: Spec;
}

/** A tree of plain objects, lists, texts, numbers and booleans, ready to be written as YAML or JSON. */
export type PlainObject = { readonly [key: string]: unknown };

/**
 * One file of GitLab configuration, such as `.gitlab-ci.yml`: data with GitLab's own keywords, rendered in a
 * fixed order. It writes no text and judges nothing; see `checkPipeline`.
 *
 * @see https://docs.gitlab.com/ci/yaml/
 */
export class Pipeline {
  /** What holds for the pipeline as a whole. */
  readonly workflow: Workflow | undefined;
  /** What jobs get that do not say it themselves. */
  readonly default: Default | undefined;
  /** Variables of every job. */
  readonly variables: GlobalVariables | undefined;
  /** The header of the file. */
  readonly spec: Spec | undefined;
  readonly #stages: string[];
  readonly #includes: Include[];
  readonly #jobs = new Map<string, Job>();

  constructor(props: PipelineProps = {}) {
    this.workflow = props.workflow;
    this.default = props.default;
    this.variables = props.variables;
    this.spec = props.spec;
    this.#stages = list(props.stages);
    this.#includes = list(props.include);
  }

  /** The stages, in their order. */
  get stages(): readonly string[] {
    return this.#stages;
  }

  /** The files that become part of the configuration, in the order added. */
  get includes(): readonly Include[] {
    return this.#includes;
  }

  /** Jobs and templates by name, in the order added. */
  get jobs(): ReadonlyMap<string, Job> {
    return this.#jobs;
  }

  /** Adds a stage after the others; one that is there already stays where it is. */
  addStage(name: string): this {
    if (!this.#stages.includes(name)) this.#stages.push(name);
    return this;
  }

  /**
   * Adds a job, or a template when the name begins with a dot. The job is kept as it is given.
   *
   * @throws when the file has a job of that name
   */
  addJob(name: string, job: Job): this {
    if (this.#jobs.has(name)) {
      throw new Error(`There is a job '${name}' in this file already. Give the second one another name.`);
    }
    this.#jobs.set(name, job);
    return this;
  }

  /** Adds a file that becomes part of the configuration; a bare string is a path in this repository. */
  addInclude(include: Include): this {
    this.#includes.push(include);
    return this;
  }

  /**
   * The file as plain data: workflow, stages, default, variables, include, then templates, then jobs, both in
   * the order added. Members that are undefined and empty lists of stages and includes are left out; the
   * header is not part of it.
   */
  render(): PlainObject {
    const blocks = {
      workflow: this.workflow,
      stages: this.#stages.length > 0 ? this.#stages : undefined,
      default: this.default,
      variables: this.variables,
      include: this.#includes.length > 0 ? this.#includes : undefined,
    };
    const rendered = inOrder(blocks, FILE_ORDER) as Record<string, unknown>;
    for (const template of [true, false]) {
      for (const [name, job] of this.#jobs) {
        if (isTemplate(name) === template) setOwn(rendered, name, inOrder(job, JOB_ORDER));
      }
    }
    return rendered;
  }

  /** The header as plain data: a YAML document of its own, to be written before the other. */
  renderHeader(): PlainObject | undefined {
    return this.spec === undefined ? undefined : { spec: inOrder(this.spec) };
  }

  /** The same as `render()`, for `JSON.stringify`. */
  toJSON(): PlainObject {
    return this.render();
  }
}

/** Whether a name is that of a template (GitLab: a hidden job). */
export function isTemplate(name: string): boolean {
  return String(name).startsWith('.');
}

/** A copy as a list; a single value is a list of one, so that a wrong one is still there to be judged. */
function list<T>(value: T | readonly T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? [...value] : [value as T];
}
