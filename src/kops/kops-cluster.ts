import type { Construct, IConstruct } from 'constructs';
import valid from 'semver/functions/valid';
import {
  Annotations,
  type Finding,
  findingAt,
  merge,
  misuseOf,
  type Problem,
  reportMisuse,
  shape,
} from '../core';
import { type ClusterSpec, KOPS_RELEASES, type KopsRelease, releaseOf } from './api';
import type { Kind, RenderedObject } from './document';
import { KopsInstanceGroup } from './kops-instance-group';
import { KOPS_OBJECT_MEMBERS, KopsObject, type KopsObjectOptions } from './kops-object';
import { checkCluster } from './rules';
import {
  CLUSTER_SETTING_MEMBERS,
  type ClusterSettings,
  clusterSettings,
  pickClusterSettings,
} from './settings';

/** Props of a cluster that is written down field by field. */
export interface KopsClusterProps
  extends KopsObjectOptions,
    Pick<ClusterSettings, 'stateStore' | 'kops' | 'kubernetesVersion'> {
  /** The cluster's spec; `configBase` and `kubernetesVersion` are filled in from the settings where they are missing. */
  readonly spec: ClusterSpec;
}

const MEMBERS: shape.Members<KopsClusterProps> = {
  ...KOPS_OBJECT_MEMBERS,
  stateStore: CLUSTER_SETTING_MEMBERS.stateStore,
  kops: CLUSTER_SETTING_MEMBERS.kops,
  kubernetesVersion: CLUSTER_SETTING_MEMBERS.kubernetesVersion,
  spec: shape.required(shape.dataMap),
};

/** The documents of a cluster's manifest, and what is wrong with them. */
export interface RenderedCluster {
  /**
   * The Cluster first, then its instance groups as declared (a control plane that defaults add comes before them, nodes
   * and bastions that defaults add after them), then its SSH keys. None where the constructs, or the fleet or wave around
   * them, were given what cannot be used.
   */
  readonly objects: readonly RenderedObject[];
  /** What is wrong with the cluster; what annotations say is not among it. */
  readonly findings: readonly Finding[];
}

/**
 * A cluster written down field by field (L1): one kOps `Cluster` object, and the root of the objects that belong to it.
 * For clouds and cases that `Cluster` has no defaults for.
 */
export class KopsCluster extends KopsObject {
  /** The cluster that `construct` is, or belongs to. */
  public static of(construct: IConstruct): KopsCluster | undefined {
    const cluster = KopsObject.clusterOf(construct);
    return KopsCluster.isKopsCluster(cluster) ? cluster : undefined;
  }

  /** Whether `construct` is a cluster. */
  public static isKopsCluster(construct: unknown): construct is KopsCluster {
    return KopsObject.isKopsObject(construct) && construct.kind === 'Cluster';
  }

  public readonly kind: Kind = 'Cluster';

  constructor(scope: Construct, name: string, props: KopsClusterProps) {
    super(scope, name, props);
    const other = scope.node.tryFindChild(this.name);
    if (other !== this && KopsCluster.isKopsCluster(other)) {
      const message = `the cluster "${this.name}" is declared twice in ${scope.node.path || 'the fleet'}: names must differ`;
      Annotations.of(this).addError(message);
    }
    if (scope.node.scopes.some(KopsCluster.isKopsCluster)) {
      reportMisuse(this, 'a cluster cannot be inside a cluster: give it the wave as its scope');
    }
    clusterSettings.set(this, pickClusterSettings(this.givenProps as ClusterSettings));
  }

  protected propMembers(): shape.Members<KopsObjectOptions> {
    return MEMBERS;
  }

  /**
   * The setting that holds for this cluster: its own, else that of its wave, else that of the fleet. Of labels each may
   * add some.
   */
  public setting<K extends keyof ClusterSettings>(name: K): ClusterSettings[K] {
    const nearest = clusterSettings.get(this, name);
    if (name !== 'cloudLabels' || nearest === undefined) return nearest;
    return clusterSettings.merged(this, name) as ClusterSettings[K];
  }

  /** The kOps version that changes the cluster, for instance `1.36.2`. */
  public get kopsVersion(): string | undefined {
    return this.setting('kops');
  }

  /** The release of that version, for instance `1.36`; `undefined` where cdkops does not know it. */
  public get release(): KopsRelease | undefined {
    const version = this.kopsVersion;
    // A release alone would not say which kOps to run.
    return typeof version === 'string' && valid(version) === version ? releaseOf(version) : undefined;
  }

  /** The instance groups that the cluster has so far, in declared order. */
  protected get groups(): KopsInstanceGroup[] {
    return this.node.findAll().filter(KopsInstanceGroup.isKopsInstanceGroup);
  }

  /** Renders the whole manifest and judges it. */
  public manifest(): RenderedCluster {
    this.prepare();
    const misuse = this.node
      .findAll()
      .flatMap((construct) => misuseOf(construct).map((problem) => findingAt(construct, problem)));
    // Nothing can be built on that, so nothing more can be said.
    if (misuse.length > 0 || this.node.scopes.some((scope) => misuseOf(scope).length > 0)) {
      return { objects: [], findings: misuse };
    }
    const findings: Finding[] = [];
    const objects: RenderedObject[] = [];
    let isWellTyped = true;
    if (!this.release) findings.push(findingAt(this, this.unknownRelease()));
    // Without a release the rest is judged all the same, so that one run tells all.
    const release = this.release ?? NEWEST_RELEASE;
    for (const construct of this.objects()) {
      const rendering = construct.render(release);
      objects.push({ construct, document: rendering.document });
      findings.push(...rendering.problems.map((problem) => findingAt(construct, problem)));
      isWellTyped &&= rendering.isWellTyped;
    }
    if (isWellTyped) findings.push(...checkCluster(objects, this.release && this.kopsVersion));
    return { objects, findings };
  }

  /** The manifest's objects: this one, then its groups, then its keys, each as declared. */
  private objects(): KopsObject[] {
    const all = this.node.findAll().filter(KopsObject.isKopsObject);
    return ORDER.flatMap((kind) => all.filter((object) => object.kind === kind));
  }

  /** Called before the manifest is put together: the last moment to add objects. */
  protected prepare(): void {}

  protected renderSpec(release: KopsRelease, problems: Problem[]): Readonly<Record<string, unknown>> {
    const { spec } = this.givenProps as KopsClusterProps;
    return this.complete(merge(this.settingsSpec(release), spec) as ClusterSpec, problems);
  }

  /** The fields of the spec that come from settings. */
  protected settingsSpec(release: KopsRelease): ClusterSpec {
    return {
      configBase: this.setting('stateStore')?.configBase(this.name, release),
      kubernetesVersion: this.setting('kubernetesVersion'),
    };
  }

  /** Says what is missing in a spec that has all that there is to know. */
  protected complete(spec: ClusterSpec, problems: Problem[]): Readonly<Record<string, unknown>> {
    if (!spec.configBase) {
      problems.push({ field: 'stateStore', message: missing('stateStore', "StateStore.s3('bucket')") });
    }
    if (!spec.kubernetesVersion) {
      problems.push({ field: 'kubernetesVersion', message: missing('kubernetesVersion', "'1.35.1'") });
    }
    return { ...spec };
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

/** Kinds as they follow each other in a manifest. */
const ORDER: readonly Kind[] = ['Cluster', 'InstanceGroup', 'SSHCredential'];

/** What a manifest is judged by where its own release is not known. */
const NEWEST_RELEASE = KOPS_RELEASES.at(-1) as KopsRelease;

function missing(name: string, example: string): string {
  return `${name} is not set: give it to the cluster, its wave or the fleet, for instance ${name}: ${example}`;
}
