import { clusterName, clustersOf, type FleetSpec, retiredOf } from './fleets';
import type { Step } from './project';
import type { RunningPipeline } from './running-pipeline';
import type { Status } from './status';

/** Steps that change a cluster. */
const CHANGES: readonly string[] = ['update', 'roll', 'prune', 'delete'];

/** Looks at each job that begins whether it may, by what cdkops promises; collects what it may not. */
export class GateWatch {
  /** One line each. */
  readonly violations: string[] = [];
  readonly #waves: readonly string[];
  readonly #waveOf: ReadonlyMap<string, string>;

  constructor(private readonly spec: FleetSpec) {
    this.#waves = Object.keys(spec);
    this.#waveOf = new Map(
      this.#waves.flatMap((wave) =>
        [...clustersOf(spec, wave), ...retiredOf(spec, wave)].map((cluster) => [cluster, wave] as const),
      ),
    );
  }

  /** To be called for every step of the project, in their order. */
  readonly look = ({ pipeline, job, status }: Step): void => {
    if (status !== 'pending' && status !== 'running') return;
    const [step = '', subject = ''] = job.split(/:(.*)/s);
    const expect = (isRight: boolean, what: string) => {
      if (!isRight) this.violations.push(`${pipeline.path}: ${job} runs, and ${what}`);
    };
    const wave = this.#waveOf.get(subject);
    if (CHANGES.includes(step) && wave !== undefined) {
      this.#lookAtLocks(pipeline, wave, subject, expect);
      expect(is(pipeline.root, 'verify', 'success') ?? true, 'the files are not verified');
    }
    if (step === 'update' && wave !== undefined) this.#lookAtUpdate(pipeline, wave, subject, expect);
    if (step === 'roll') expect(pipeline.state(`update:${subject}`) === 'success', 'there was no update');
    if (step === 'prune') expect(pipeline.state(`roll:${subject}`) === 'success', 'there was no roll');
    if (step === 'delete') expect(pipeline.state(`retire:${subject}`) === 'success', 'there is no list');
    if (step === 'open') this.#lookAtOpen(pipeline, subject, expect);
    if (step === 'rolled') this.#lookAtRolled(pipeline, subject.split('.')[0] ?? '', expect);
    if (step === 'rollout' && this.#waves.some((one) => subject === one || subject.startsWith(`${one}.`))) {
      this.#expectOpen(pipeline, subject.split('.')[0] ?? '', expect);
    }
  };

  #lookAtUpdate(pipeline: RunningPipeline, wave: string, cluster: string, expect: Expect): void {
    expect(pipeline.state(`dryrun:${cluster}`) === 'success', 'there is no plan');
    this.#expectOpen(pipeline, wave, expect);
    const canary = clusterName(wave, 1);
    if (!this.spec[wave]?.hasCanary || cluster === canary || !asksWavesBefore(pipeline)) return;
    expect(is(pipeline.root, `roll:${canary}`, 'success') === true, `${canary} has not gone first`);
  }

  #expectOpen(pipeline: RunningPipeline, wave: string, expect: Expect): void {
    const hasOpen = wave !== this.#waves[0] || this.spec[wave]?.approval === 'wave';
    // The parent's: a child's of the same name hands on what that has left.
    const open = pipeline.root.jobs.get(`open:${wave}`);
    if (hasOpen) expect(open?.status === 'success', `open:${wave} has not`);
  }

  #lookAtOpen(pipeline: RunningPipeline, wave: string, expect: Expect): void {
    if (pipeline.depth > 0 || !asksWavesBefore(pipeline)) return;
    const before = this.#waves.slice(0, this.#waves.indexOf(wave));
    // It reads their papers, so it must get them; and it comes after each of them.
    const papers = pipeline.fetches(`open:${wave}`);
    for (const earlier of before.filter((one) => clustersOf(this.spec, one).length > 0)) {
      expect(
        papers.some((gate) => gateOf(gate) === earlier),
        `nobody asks for ${earlier}`,
      );
    }
    for (const gate of papers)
      expect(pipeline.state(gate) === 'success', `${gate} is ${pipeline.state(gate)}`);
    if (before.length > 0 && this.spec[wave]?.soak) {
      expect(is(pipeline, `soak:${wave}`, 'success') === true, 'nothing has soaked');
    }
  }

  /** All that this pipeline does in the waves up to there is done. */
  #lookAtRolled(pipeline: RunningPipeline, wave: string, expect: Expect): void {
    const done = new Set(this.#waves.slice(0, this.#waves.indexOf(wave) + 1));
    for (const one of pipeline.root.all) {
      for (const { name, status } of one.jobs.values()) {
        const [step = '', cluster = ''] = name.split(/:(.*)/s);
        if (!['dryrun', 'update', 'roll'].includes(step) || !done.has(this.#waveOf.get(cluster) ?? ''))
          continue;
        expect(status === 'success', `${one.path} ${name} is ${status}`);
      }
    }
  }

  #lookAtLocks(pipeline: RunningPipeline, wave: string, cluster: string, expect: Expect): void {
    const active = pipeline.project.ready().flatMap(({ job }) => {
      const [step = '', other = ''] = job.split(/:(.*)/s);
      return CHANGES.includes(step) && this.#waveOf.get(other) === wave ? [other] : [];
    });
    expect(active.filter((other) => other === cluster).length <= 1, 'another job changes the cluster');
    const live = active.filter((other) => clustersOf(this.spec, wave).includes(other));
    const most = this.spec[wave]?.maxParallel ?? Number.POSITIVE_INFINITY;
    expect(live.length <= most, `${live.length} clusters change at once: ${live.join(', ')}`);
  }
}

type Expect = (isRight: boolean, what: string) => void;

/** Whether a job of a pipeline, or of one that it has started, is in a state; `undefined` where there is none. */
function is(root: RunningPipeline, name: string, status: Status): boolean | undefined {
  const found = root.all.flatMap(({ jobs }) => jobs.get(name) ?? []);
  return found.length === 0 ? undefined : found.every((job) => job.status === status);
}

/** The wave that a gate is of: `rolled:dev.2` of `dev`. */
function gateOf(job: string): string | undefined {
  return /^rolled:([a-z0-9-]+)/.exec(job)?.[1];
}

/** A person who passes the gate, or goes back, does not. */
function asksWavesBefore({ root: { event } }: RunningPipeline): boolean {
  const { CDKOPS_PASS_GATE = '', CDKOPS_ACTION = 'rollout' } = event.variables ?? {};
  return CDKOPS_PASS_GATE === '' && CDKOPS_ACTION === 'rollout';
}
