import { Construct } from 'constructs';
import valid from 'semver/functions/valid';
import {
  captureSource,
  childId,
  type Finding,
  findingAt,
  given,
  misuseOf,
  type Problem,
  readProps,
  reportMisuse,
  type shape,
} from '../core';
import { KOPS_RELEASES } from '../kops';
import { type KopsRelease, releaseOf } from '../kops/api';
import { CLUSTER_SETTING_MEMBERS, type ClusterSettings, clusterSettings } from '../kops/settings';
import type { StateStore } from '../kops/state-store';
import { isClusterName } from './cluster-name';
import { type DeliverableConstruct, type Delivered, isDeliverable, markDeliverable } from './deliverable';
import { CLUSTER_DELIVERY_MEMBERS, type ClusterDeliverySettings, giveDeliverySettings } from './settings';

/** What a cluster that brings its own manifest can be given beside that: where it is, and how it gets there. */
export interface ExternalClusterSettings
  extends Pick<ClusterSettings, 'stateStore' | 'kops'>,
    ClusterDeliverySettings {}

/** What those look like. */
export const EXTERNAL_CLUSTER_MEMBERS: shape.Members<ExternalClusterSettings> = {
  stateStore: CLUSTER_SETTING_MEMBERS.stateStore,
  kops: CLUSTER_SETTING_MEMBERS.kops,
  ...CLUSTER_DELIVERY_MEMBERS,
};

/** What is known of such a cluster without a look at its files. */
export interface Known {
  readonly kopsVersion: string;
  readonly release: KopsRelease;
  readonly stateStore: StateStore;
}

/** A cluster whose manifest is not made of constructs; files are read at synth, not before. */
export abstract class ExternalCluster<P extends ExternalClusterSettings>
  extends Construct
  implements DeliverableConstruct
{
  /** The cluster's name in kOps. */
  public readonly name: string;

  /** The props, of the right types: what was not is left out, and a finding. */
  protected readonly givenProps: P;

  constructor(scope: Construct, name: string, props: P, members: shape.Members<P>) {
    super(scope, childId(scope, name));
    markDeliverable(this);
    captureSource(this);
    this.name = typeof name === 'string' ? name : '';
    if (!isClusterName(name)) {
      reportMisuse(
        this,
        `expected a DNS name of small letters, such as dev.k8s.example.com, got ${given(name)}`,
      );
    }
    if (scope.node.scopes.some(isDeliverable)) {
      reportMisuse(this, 'a cluster cannot be inside a cluster: give it the wave as its scope');
    }
    this.givenProps = readProps(this, props, members);
    const { stateStore, kops } = this.givenProps;
    clusterSettings.set(this, { stateStore, kops });
    giveDeliverySettings(this, this.givenProps);
  }

  /** The cluster for its jobs, out of files of the project in the folder `root`. */
  public deliver(root: string): Delivered {
    const nothing = { delivery: undefined, documents: [], isGenerated: false };
    const misuse = misuseOf(this);
    // Nothing can be built on that, so nothing more can be said.
    if (misuse.length > 0 || this.node.scopes.some((scope) => misuseOf(scope).length > 0)) {
      return { ...nothing, findings: misuse.map((problem) => findingAt(this, problem)) };
    }
    const known = this.known();
    if (Array.isArray(known)) return { ...nothing, findings: known };
    return this.deliverKnown(root, known);
  }

  /** The same where store and kOps version are known. */
  protected abstract deliverKnown(root: string, known: Known): Delivered;

  private known(): Known | Finding[] {
    const stateStore = clusterSettings.get(this, 'stateStore');
    const version = clusterSettings.get(this, 'kops');
    const release = version !== undefined && valid(version) === version ? releaseOf(version) : undefined;
    if (stateStore && version !== undefined && release) return { stateStore, release, kopsVersion: version };
    const problems: Problem[] = [];
    if (!stateStore)
      problems.push({ field: 'stateStore', message: missing('stateStore', "StateStore.s3('bucket')") });
    if (version === undefined) problems.push({ field: 'kops', message: missing('kops', "'1.36.2'") });
    else if (!release) {
      const range = `kOps ${KOPS_RELEASES[0]} to ${KOPS_RELEASES.at(-1)}`;
      const message = `cdkops knows ${range}, got ${JSON.stringify(version)}; expected a version such as 1.36.2`;
      problems.push({ field: 'kops', message });
    }
    return problems.map((problem) => findingAt(this, problem));
  }
}

function missing(name: string, example: string): string {
  return `${name} is not set: give it to the cluster, its wave or the fleet, for instance ${name}: ${example}`;
}
