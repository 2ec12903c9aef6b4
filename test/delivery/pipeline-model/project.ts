import { type Configuration, configurationOf, localPath } from './configuration';
import { create, type ProjectSettings } from './creation';
import { type Data, type Files, listOf, refuse } from './data';
import { type Event, isOfMergeRequest } from './event';
import type { Values } from './expression';
import type { Job } from './job';
import { RunningPipeline } from './running-pipeline';
import type { Status } from './status';
import { expand, formOf } from './variables';

/** What a project is beside its files. */
export interface ProjectOptions extends Partial<ProjectSettings> {
  /** The file of its pipelines. @default .gitlab-ci.yml */
  readonly root?: string;
  /**
   * Whether a trigger job goes back to "pending", and what was skipped after it is looked at again, as soon as a job of its
   * child pipeline is run again. GitLab does so for `strategy: depend`; of `mirror` it is not known, so both must do.
   * @default true
   */
  readonly resetsTriggerJobs?: boolean;
}

/** A change of a job's state. */
export interface Step {
  readonly pipeline: RunningPipeline;
  readonly job: string;
  readonly status: Status;
}

/** Generations of child pipelines. code: app/services/ci/create_downstream_pipeline_service.rb */
const DEPTH_MAX = 2;

/** What has been read of files, which do not change: to read a thousand clusters takes its time. */
const CONFIGURATIONS = new WeakMap<Files, Map<string, Configuration>>();

/** A project on GitLab: its files, its pipelines, its locks, and a clock. */
export class Project {
  readonly settings: Required<ProjectOptions>;
  /** All that has happened, in its order. */
  readonly steps: Step[] = [];
  /** Seconds since the beginning. */
  now = 0;
  /** Why trigger jobs could not make their pipelines. */
  readonly faults: string[] = [];
  readonly #files: Files;
  readonly #configurations: Map<string, Configuration>;
  readonly #users = new Map<string, { readonly pipeline: RunningPipeline; readonly job: Job }[]>();
  readonly #pipelines: RunningPipeline[] = [];

  constructor(files: Files | Readonly<Record<string, Data>>, options: ProjectOptions = {}) {
    this.#files = files instanceof Map ? files : new Map(Object.entries(files));
    this.#configurations = CONFIGURATIONS.get(this.#files) ?? new Map();
    CONFIGURATIONS.set(this.#files, this.#configurations);
    const defaults = {
      root: '.gitlab-ci.yml',
      defaultBranch: 'main',
      variables: {},
      resetsTriggerJobs: true,
    };
    this.settings = { ...defaults, ...options };
  }

  /** Makes a pipeline. Throws where GitLab makes none. */
  start(event: Event): RunningPipeline {
    const pipeline = this.tryToStart(event);
    return typeof pipeline === 'string'
      ? refuse(event.source, `there is no pipeline: ${pipeline}`)
      : pipeline;
  }

  /** Makes a pipeline, or says why GitLab makes none. */
  tryToStart(event: Event): RunningPipeline | string {
    const configuration = this.#configuration(this.settings.root);
    const { jobs, refused } = create(configuration, event, this.settings);
    if (jobs === undefined) return refused;
    const pipeline = new RunningPipeline(this, event, configuration.stages, jobs);
    this.#pipelines.push(pipeline);
    pipeline.start();
    return pipeline;
  }

  /** A pipeline from the form for new ones, which hands in all that it shows, also what nobody has changed. */
  startByForm(branch: string, given: Values = {}): RunningPipeline | string {
    const { variables } = this.#configuration(this.settings.root);
    return this.tryToStart({
      source: 'web',
      branch,
      variables: { ...formOf(variables, 'variables'), ...given },
    });
  }

  /** All pipelines, with those that they have started. */
  get pipelines(): RunningPipeline[] {
    return this.#pipelines.flatMap((pipeline) => pipeline.all);
  }

  /** What runners have or would take now, in all pipelines. */
  ready(): { readonly pipeline: RunningPipeline; readonly job: string }[] {
    return this.pipelines.flatMap((pipeline) => pipeline.ready().map((job) => ({ pipeline, job })));
  }

  /** Time passes. */
  elapse(seconds: number): void {
    this.now += seconds;
    for (const pipeline of this.pipelines) pipeline.wake(this.now);
  }

  /** For pipelines: a step has been made. */
  note(pipeline: RunningPipeline, { name, status }: Job): void {
    this.steps.push({ pipeline, job: name, status });
  }

  /** For pipelines: the number of one that was not started by a trigger job. */
  numberOf(pipeline: RunningPipeline): string {
    return String(this.#pipelines.indexOf(pipeline) + 1);
  }

  /** For pipelines: gives a lock to one that waits for it, if it is free. Process mode "unordered": to anyone. */
  assign(resourceGroup: string): void {
    const users = this.#users.get(resourceGroup) ?? [];
    const isTaken = users.some(({ job }) => job.isActive);
    const next = users.find(({ job }) => job.status === 'waiting_for_resource');
    if (!isTaken && next) next.pipeline.takeLock(next.job);
  }

  /** For pipelines: a job that may ask for a lock. */
  register(pipeline: RunningPipeline, job: Job): void {
    const { resourceGroup } = job.plan;
    if (resourceGroup === undefined) return;
    this.#users.set(resourceGroup, [...(this.#users.get(resourceGroup) ?? []), { pipeline, job }]);
  }

  /** For pipelines: makes that of a trigger job; `undefined` where GitLab makes none. */
  startChild(parent: RunningPipeline, job: Job): RunningPipeline | undefined {
    const paths = listOf(job.plan.trigger?.include).map((include) => localPath(include, job.name));
    const [path = ''] = paths;
    if (paths.length !== 1)
      refuse(job.name, `the model takes one file for a child pipeline, got ${paths.length}`);
    const event: Event = {
      ...parent.event,
      source: 'parent_pipeline',
      changed: parent.event.changed ?? 'nothing to compare with',
      isMergeRequest: isOfMergeRequest(parent.event),
      variables: this.#handedDown(parent, job),
    };
    const configuration = this.#configuration(path);
    const { jobs, refused } = create(configuration, event, this.settings);
    const problem = parent.depth >= DEPTH_MAX ? 'it has too many ancestors' : refused;
    if (jobs === undefined || problem !== undefined) {
      this.faults.push(`${job.name}: ${problem}`);
      return undefined;
    }
    return new RunningPipeline(this, event, configuration.stages, jobs, { pipeline: parent, job });
  }

  #configuration(path: string): Configuration {
    const known = this.#configurations.get(path) ?? configurationOf(this.#files, path);
    this.#configurations.set(path, known);
    return known;
  }

  /** What a person gave wins over what the files say. code: lib/gitlab/ci/variables/downstream/generator.rb */
  #handedDown(
    { event, path }: RunningPipeline,
    { plan: { name, trigger, variables, yamlVariables } }: Job,
  ): Values {
    const forward = (trigger?.forward ?? {}) as { yaml_variables?: boolean; pipeline_variables?: boolean };
    const known = { ...variables, CI_PIPELINE_ID: path };
    const expanded = (values: Values) =>
      Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, expand(value, known, `${name}:${key}`)]),
      );
    return {
      ...(forward.yaml_variables !== false && expanded(yamlVariables)),
      ...(forward.pipeline_variables === true && expanded(event.variables ?? {})),
    };
  }
}
