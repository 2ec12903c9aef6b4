import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Effect } from '../../../src/kops/effects';
import type { DeliveryGround } from './delivery-ground';
import { machines } from './machines';
import { ProcessRun, runProcess } from './process-run';

/** A document of a manifest. */
export type Document = Record<string, unknown> & { readonly kind: string };

/** What kOps did with a change. */
export interface Outcome {
  readonly effect: Effect;
  /** What kOps printed. */
  readonly output: string;
}

/**
 * What kops prints of a task that AWS's rules or its own keep from ever succeeding: it tries again for ten
 * minutes.
 */
const NEVER = /error running task .*(?:immutable|cannot be changed|do not support)/;

/** A cluster that the real kops has made in the emulator, to be changed as a user would. */
export class LiveCluster {
  /** What has been rolled out. */
  public manifest: readonly Document[] = [];

  constructor(
    private readonly ground: DeliveryGround,
    private readonly name: string,
  ) {}

  public async make(manifest: readonly Document[]): Promise<void> {
    await this.run(`kops replace --force -f ${this.write(manifest)}`);
    await this.run(UPDATE);
    this.manifest = manifest;
  }

  /** Rolls out what has changed, says which machines kOps wants to replace for that, and replaces them. */
  public async change(manifest: readonly Document[]): Promise<Outcome> {
    const marked = await this.addOnsThatMark();
    const replaced = await this.tryRun(`kops replace --force -f ${this.write(manifest)}`);
    if (replaced.code !== 0) return { effect: 'immutable', output: replaced.output };
    const output = await this.run(UPDATE);
    this.manifest = manifest;
    const groups = await this.groupsThatNeedUpdate();
    await this.roll(groups);
    const roles = groups.map((group) => this.roleOf(group));
    const marks = await this.addOnsThatMark();
    const all = [...marks].some(([addOn, digest]) => marked.has(addOn) && marked.get(addOn) !== digest);
    const controlPlane = all || roles.includes('ControlPlane');
    const nodes = all || roles.includes('Node') || roles.includes('Bastion');
    const part = controlPlane ? 'rolls-control-plane' : nodes ? 'rolls-nodes' : 'no-restart';
    return { effect: controlPlane && nodes ? 'rolls-all' : part, output };
  }

  /** Has kOps plan a change, and takes it back: whether it refuses, and what it would make. */
  public async plan(manifest: readonly Document[]): Promise<Outcome> {
    const replaced = await this.tryRun(`kops replace --force -f ${this.write(manifest)}`);
    if (replaced.code !== 0) return { effect: 'immutable', output: replaced.output };
    try {
      return await this.planned();
    } finally {
      await this.run(`kops replace --force -f ${this.write(this.manifest)}`);
    }
  }

  private async planned(): Promise<Outcome> {
    const planning = new ProcessRun(['sh', '-c', 'kops update cluster'], this.options);
    const isRefused = planning.hasPrinted(NEVER).then(
      () => true,
      () => false,
    );
    if (await isRefused) planning.kill();
    const { code, output } = await planning.finished;
    return { effect: code === 0 ? 'replaces' : 'immutable', output };
  }

  private roleOf(group: string): unknown {
    const document = this.manifest.find(({ metadata }) => (metadata as { name: string }).name === group);
    return (document?.spec as { role?: unknown } | undefined)?.role;
  }

  /** The groups of which `kops rolling-update` says that machines are not up to date. */
  private async groupsThatNeedUpdate(): Promise<string[]> {
    const table = await this.run('kops rolling-update cluster --cloudonly');
    return [...table.matchAll(/^(\S+)\s+NeedsUpdate\s/gm)].map(([, group]) => group ?? '');
  }

  /** Has machines of these groups replaced, as a rolling update would, but with nothing drained. */
  private async roll(groups: readonly string[]): Promise<void> {
    for (const { id, tags } of await machines(this.ground.cloud, this.name)) {
      if (!groups.includes(tags['kops.k8s.io/instancegroup'] ?? '')) continue;
      const body = new URLSearchParams({
        Action: 'TerminateInstanceInAutoScalingGroup',
        Version: '2011-01-01',
        InstanceId: id,
        ShouldDecrementDesiredCapacity: 'false',
      });
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      await this.ground.cloud.ask('autoscaling', '/', { method: 'POST', headers, body: body.toString() });
    }
  }

  /**
   * The digests of add-ons for which the control plane marks all nodes as needing an update when they change.
   */
  private async addOnsThatMark(): Promise<Map<string, string>> {
    const text = await this.ground.storeObject(`${this.name}/addons/bootstrap-channel.yaml`);
    const addOns = text.split(/^ {2}- /m).filter((part) => part.includes('needsRollingUpdate: all'));
    return new Map(addOns.map((addOn) => [member(addOn, 'name'), member(addOn, 'manifestHash')]));
  }

  private write(manifest: readonly Document[]): string {
    const file = path.join(this.ground.home, 'manifest.yaml');
    fs.writeFileSync(file, manifest.map((document) => JSON.stringify(document)).join('\n---\n'));
    return file;
  }

  private async run(line: string): Promise<string> {
    const { code, output } = await this.tryRun(line);
    if (code !== 0) throw new Error(`${line} ended with ${code}:\n${output}`);
    return output;
  }

  private tryRun(line: string) {
    return runProcess(['sh', '-c', line], this.options);
  }

  private get options() {
    const { env, store, home: cwd } = this.ground;
    return {
      cwd,
      env: { ...env, KOPS_STATE_STORE: store, KOPS_CLUSTER_NAME: this.name },
      timeoutSeconds: 90,
    };
  }
}

const UPDATE = 'kops update cluster --yes --create-kube-config=false';

function member(text: string, name: string): string {
  return new RegExp(`^ *${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
}
