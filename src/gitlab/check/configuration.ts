import { type Extended, resolveExtends } from '../extends';
import { DEFAULT_STAGE, DEFAULT_STAGES, FIRST_STAGE, LAST_STAGE } from '../limits';
import { isTemplate } from '../pipeline';
import type { PipelineFile } from '../pipeline-file';
import { followIncludes, type Included } from './includes';
import { type Extent, noExtent, notPlain } from './plain';
import type { PipelineProblem } from './problem';
import { isObject } from './shape';

type Tree = Readonly<Record<string, unknown>>;

/** A job or template as it is written, and as it is once all that it extends is merged in. */
export interface Entry {
  readonly file: string;
  readonly name: string;
  /** Its place among all. */
  readonly position: number;
  /** What was given, of whatever type. */
  readonly given: unknown;
  /** The same, or an empty object where it is not plain data. */
  readonly own: Tree;
  /** What it comes to. */
  readonly job: Tree;
  readonly template: boolean;
  /** Whether it is not plain data, or extends something unknown: what is missing may be there. */
  readonly incomplete: boolean;
}

/** What the checks may know beside the files. */
export interface CheckOptions {
  /**
   * The paths of all files that the repository will have: what `trigger:include` names has to be among them.
   * @default not known, and so not judged
   */
  readonly files?: ReadonlySet<string>;
  /**
   * How many pipelines are above this one: 0 for one of an event, 1 for its child.
   * @default 0
   */
  readonly depth?: number;
}

/** All files merged, as the checks look at them. */
export interface Configuration {
  readonly files: readonly PipelineFile[];
  readonly options: CheckOptions;
  /** How much data each of the files holds. */
  readonly extents: readonly Extent[];
  /** The path of the first file. */
  readonly root: string;
  /** Jobs and templates in the order of the files; the second of two that have one name is left out. */
  readonly entries: readonly Entry[];
  /** The same by name. */
  readonly byName: ReadonlyMap<string, Entry>;
  readonly extended: Extended;
  readonly included: Included;
  /** The place of each stage, or undefined where a file that is not known may list them. */
  readonly stages: ReadonlyMap<string, number> | undefined;
  /** Reports a problem. */
  readonly report: (problem: Omit<PipelineProblem, 'severity'> & Partial<PipelineProblem>) => void;
}

/** Merges the files and reports what stands in the way of that. */
export function configure(
  files: readonly PipelineFile[],
  options: CheckOptions,
  problems: PipelineProblem[],
): Configuration {
  const report: Configuration['report'] = ({ keyword, ...problem }) =>
    problems.push({ severity: 'error', ...problem, ...(keyword ? { keyword } : {}) });
  const written = new Map<string, Omit<Entry, 'job' | 'template' | 'position'>>();
  const jobs = new Map<string, Tree>();
  const extents: Extent[] = [];
  for (const { path: file, pipeline } of files) {
    const extent = noExtent();
    extents.push(extent);
    for (const [name, given] of pipeline.jobs as ReadonlyMap<string, unknown>) {
      const other = written.get(name);
      if (other) {
        const message = `has the name of a job of ${other.file}; GitLab would merge the two into one. Rename one of them.`;
        report({ file, job: name, message });
        continue;
      }
      extent.characters += String(name).length;
      const wrong = isObject(given) ? notPlain(given, '', extent) : undefined;
      if (wrong) report({ file, job: name, keyword: wrong.at, message: wrong.message });
      const isUsable = isObject(given) && !wrong;
      const own = isUsable ? given : {};
      written.set(name, { file, name, given, own, incomplete: !isUsable });
      jobs.set(name, own);
    }
  }
  const extended = resolveExtends(jobs);
  const byName = new Map<string, Entry>();
  for (const [name, { file, given, own, incomplete }] of written) {
    byName.set(name, {
      file,
      name,
      position: byName.size,
      given,
      own,
      job: extended.jobs.get(name) ?? own,
      template: isTemplate(name),
      incomplete: incomplete || extended.incomplete.has(name),
    });
  }
  const included = followIncludes(files);
  return {
    files,
    options,
    extents,
    root: files[0]?.path ?? '',
    entries: [...byName.values()],
    byName,
    extended,
    included,
    stages: stagesOf(files, included.open),
    report,
  };
}

/** The including file's list of stages wins, so the first file's does; among the others the last one's. */
function stagesOf(files: readonly PipelineFile[], open: boolean): ReadonlyMap<string, number> | undefined {
  const own = files[0]?.pipeline.stages ?? [];
  if (own.length === 0 && open) return undefined;
  const others = files.slice(1).map((file) => file.pipeline.stages);
  const listed = [own, ...others.reverse()].find((stages) => stages.length > 0) ?? DEFAULT_STAGES;
  const middle = listed.filter((stage) => stage !== FIRST_STAGE && stage !== LAST_STAGE);
  return new Map([FIRST_STAGE, ...new Set(middle), LAST_STAGE].map((stage, index) => [stage, index]));
}

/** Reports problems of one job or template. */
export type Say = (keyword: string | undefined, message: string) => void;

/** A way to report problems of one job or template. */
export function sayOf({ report }: Configuration, { file, name: job }: Entry): Say {
  return (keyword, message) => report({ file, job, ...(keyword ? { keyword } : {}), message });
}

/** The stage of a job. */
export function stageOf(entry: Entry): string {
  return typeof entry.job.stage === 'string' ? entry.job.stage : DEFAULT_STAGE;
}
