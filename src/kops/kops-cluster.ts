import type { Construct, IConstruct } from 'constructs';
import { type Finding, findingAt, merge, type Problem, UserError } from '../core';
import { type ClusterSpec, KOPS_RELEASES, type KopsRelease, releaseOf } from './api';
import type { Kind, RenderedObject } from './document';
import { KopsInstanceGroup } from './kops-instance-group';
import { KopsObject, type KopsObjectOptions } from './kops-object';
import { checkCluster } from './rules';
import { type ClusterSettings, clusterSettings, pickClusterSettings } from './settings';

/** Props of a cluster that is written down field by field. */
export interface KopsClusterProps
  extends KopsObjectOptions,
    Pick<ClusterSettings, 'stateStore' | 'kops' | 'kubernetesVersion'> {
  /** The cluster's spec; `configBase` and `kubernetesVersion` are filled in from the settings where they are missing. */
  readonly spec: ClusterSpec;
}

/** The documents of a cluster's manifest, and what is wrong with them. */
export interface RenderedCluster {
  /** The Cluster first, then its instance groups as declared, then its SSH keys. */
  readonly objects: readonly RenderedObject[];
  readonly findings: readonly Finding[];
}

/**
 * A cluster written down field by field (L1): one kOps `Cluster` object, and the root of the objects that belong to it.
 * For clouds and cases that `Cluster` has no defaults for.
 */
export class KopsCluster extends KopsObject {
  /** The cluster that `construct` is, or belongs to. */
  public static of(construct: IConstruct): KopsCluster | undefined {
    for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
      if (KopsCluster.isKopsCluster(at)) return at;
    }
    return undefined;
  }

  /** Whether `construct` is a cluster. */
  public static isKopsCluster(construct: unknown): construct is KopsCluster {
    return KopsObject.isKopsObject(construct) && construct.kind === 'Cluster';
  }

  public readonly kind: Kind = 'Cluster';

  private readonly spec: ClusterSpec;

  constructor(scope: Construct, name: string, props: KopsClusterProps) {
    super(scope, name, props ?? {});
    if (!props)
      throw new UserError(`the cluster "${name}" needs props: new KopsCluster(wave, '${name}', { spec: … })`);
    clusterSettings.set(this, pickClusterSettings(props));
    this.spec = props.spec;
  }

  /** The setting that holds for this cluster: its own, else that of its wave, else that of the fleet. */
  public setting<K extends keyof ClusterSettings>(name: K): ClusterSettings[K] {
    return clusterSettings.get(this, name);
  }

  /** The kOps version that changes the cluster, for instance `1.36.2`. */
  public get kopsVersion(): string | undefined {
    return this.setting('kops');
  }

  /** The release of that version, for instance `1.36`; `undefined` where cdkops does not know it. */
  public get release(): KopsRelease | undefined {
    const version = this.kopsVersion;
    return typeof version === 'string' ? releaseOf(version) : undefined;
  }

  /** The instance groups that the cluster has so far, in declared order. */
  protected get groups(): KopsInstanceGroup[] {
    return this.node.findAll().filter(KopsInstanceGroup.isKopsInstanceGroup);
  }

  /** Renders the whole manifest and judges it. */
  public manifest(): RenderedCluster {
    const findings: Finding[] = [];
    const objects: RenderedObject[] = [];
    const { release } = this;
    if (!release) return { objects, findings: [findingAt(this, this.unknownRelease())] };
    const attempt = (construct: IConstruct, work: () => readonly Problem[]) => {
      try {
        for (const problem of work()) findings.push(findingAt(construct, problem));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        findings.push(findingAt(construct, { message: error.message }));
      }
    };
    attempt(this, () => {
      this.prepare();
      return [];
    });
    for (const construct of this.objects()) {
      attempt(construct, () => {
        const { document, problems } = construct.render(release);
        objects.push({ construct, document });
        return problems;
      });
    }
    // What does not have the right structure cannot be judged any further.
    if (!findings.some(({ severity }) => severity === 'error')) findings.push(...checkCluster(objects));
    return { objects, findings };
  }

  /** The manifest's objects: this one, then groups, then keys. */
  private objects(): KopsObject[] {
    const order: readonly Kind[] = ['Cluster', 'InstanceGroup', 'SSHCredential'];
    const all = this.node.findAll().filter(KopsObject.isKopsObject);
    return order.flatMap((kind) => all.filter((object) => object.kind === kind));
  }

  /** Called before the manifest is put together: the last moment to add objects. */
  protected prepare(): void {}

  protected renderSpec(release: KopsRelease, problems: Problem[]): Readonly<Record<string, unknown>> {
    return merge(this.settingsSpec(release, this.spec, problems), this.spec) as ClusterSpec &
      Record<string, unknown>;
  }

  /** The fields of the spec that come from settings. */
  protected settingsSpec(release: KopsRelease, given: ClusterSpec, problems: Problem[]): ClusterSpec {
    const stateStore = this.setting('stateStore');
    const kubernetesVersion = this.setting('kubernetesVersion');
    if (!stateStore && !given.configBase) {
      problems.push({ field: 'stateStore', message: missing('stateStore', "StateStore.s3('bucket')") });
    }
    if (!kubernetesVersion && !given.kubernetesVersion) {
      problems.push({ field: 'kubernetesVersion', message: missing('kubernetesVersion', "'1.35.1'") });
    }
    return { configBase: stateStore?.configBase(this.name, release), kubernetesVersion };
  }

  private unknownRelease(): Problem {
    const version = this.kopsVersion;
    if (version === undefined) return { field: 'kops', message: missing('kops', "'1.36.2'") };
    const range = `kOps ${KOPS_RELEASES[0]} to ${KOPS_RELEASES.at(-1)}`;
    return {
      field: 'kops',
      message: `cdkops knows ${range}, got ${JSON.stringify(version)}; expected a version such as 1.36.2`,
    };
  }
}

function missing(name: string, example: string): string {
  return `${name} is not set: give it to the cluster, its wave or the fleet, for instance ${name}: ${example}`;
}
