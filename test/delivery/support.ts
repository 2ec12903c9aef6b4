import {
  Cluster,
  type ClusterProps,
  Fleet,
  type FleetProps,
  formatFinding,
  StateStore,
  Wave,
  type WaveProps,
} from '../../src';
import { fleetPipeline } from '../../src/delivery';
import { deliver } from '../../src/delivery/deliverable';
import type { KopsLock } from '../../src/delivery/kops-lock';
import { resolveExtends } from '../../src/gitlab/extends';
import { isTrue } from './pipeline-model/expression';

export const BASE: FleetProps = {
  stateStore: StateStore.s3('state'),
  kops: '1.36.2',
  kubernetesVersion: '1.35.1',
};

// biome-ignore lint/suspicious/noExplicitAny: data of any form, looked into by the tests.
export type Rendered = Record<string, any>;

/** A pipeline as GitLab sees it. */
export interface RenderedPipeline {
  readonly paths: readonly string[];
  /** One file as it is written. */
  file(path: string): Rendered;
  /** All jobs, what they extend merged in. */
  readonly jobs: Rendered;
  readonly workflow: Rendered;
  /** One line each. */
  readonly findings: readonly string[];
}

export function render(fleet: Fleet, lock?: KopsLock): RenderedPipeline {
  const clusters = fleet.waves.flatMap((wave) => wave.clusters);
  const deliveries = clusters.flatMap((cluster) => deliver(cluster, __dirname).delivery ?? []);
  const { files, findings } = fleetPipeline(fleet, deliveries, { lock });
  const rendered = new Map(files.map(({ path, pipeline }) => [path, pipeline.render() as Rendered]));
  const {
    workflow,
    stages: _stages,
    include: _include,
    variables: _form,
    ...root
  } = files.length > 0 ? last(rendered) : {};
  const own = [...rendered.values()].slice(0, -1).map((file) => Object.entries(file));
  const { jobs } = resolveExtends(new Map([...Object.entries(root), ...own.flat()]) as never);
  const visible = [...jobs].filter(([name]) => !name.startsWith('.'));
  return {
    paths: [...rendered.keys()],
    file: (path) => rendered.get(path) ?? {},
    jobs: JSON.parse(JSON.stringify(Object.fromEntries(visible))),
    workflow,
    findings: findings.map(formatFinding),
  };
}

function last(rendered: ReadonlyMap<string, Rendered>): Rendered {
  return [...rendered.values()].at(-1) ?? {};
}

/** The pipeline of one cluster, a.example.com in the wave dev. */
export function pipelineOf(
  cluster: Partial<ClusterProps> = {},
  fleetProps: FleetProps = {},
  waveProps: WaveProps = {},
  lock?: KopsLock,
): RenderedPipeline {
  const fleet = new Fleet({ ...BASE, ...fleetProps });
  new Cluster(new Wave(fleet, 'dev', waveProps), 'a.example.com', { zones: ['eu-central-1a'], ...cluster });
  return render(fleet, lock);
}

/** What a pipeline is made for. */
export interface Event {
  readonly variables: Readonly<Record<string, string>>;
  /** What changed, where GitLab has something to compare with. */
  readonly changed?: readonly string[];
}

/** The jobs that GitLab would put into a pipeline, and how each starts; none where there is no pipeline. */
export function jobsFor({ workflow, jobs }: RenderedPipeline, event: Event): Record<string, string> {
  if (matching(workflow.rules, event) === undefined) return {};
  const result: Record<string, string> = {};
  for (const [name, job] of Object.entries(jobs)) {
    const rule = matching(job.rules, event);
    const when = rule && (rule.when ?? job.when ?? 'on_success');
    if (when !== undefined && when !== 'never') result[name] = when;
  }
  return result;
}

function matching(rules: readonly Rendered[], { variables, changed }: Event): Rendered | undefined {
  return rules.find(
    (rule) =>
      isTrue(rule.if, { CDKOPS_ACTION: 'rollout', CDKOPS_CLUSTER: '', ...variables }) &&
      (changed === undefined || !rule.changes || rule.changes.some((path: string) => changed.includes(path))),
  );
}
