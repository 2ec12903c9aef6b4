import { Construct } from 'constructs';
import { merge, onBehalf, type Problem, type shape } from '../core';
import type { ClusterSpec, KopsRelease } from './api';
import { Bastion } from './bastion';
import { provideLayout } from './cluster-layout';
import {
  CLUSTER_MEMBERS,
  type ClusterProps,
  type ClusterSpecFields,
  type DefaultNodesProps,
} from './cluster-props';
import { ControlPlane } from './control-plane';
import { defaultClusterSpec } from './default-cluster-spec';
import { KopsCluster } from './kops-cluster';
import type { KopsObjectOptions } from './kops-object';
import { LazyLayout } from './lazy-layout';
import { NodeGroup } from './node-group';
import { SshCredential } from './ssh-credential';

/**
 * A cluster on AWS, with the defaults of `kops create cluster`:
 * `new Cluster(wave, 'dev.k8s.example.com', { zones: ['eu-central-1a'] })`.
 */
export class Cluster extends KopsCluster {
  readonly #props: ClusterProps;
  readonly #layout: LazyLayout;
  /** Holds the control plane that the props or kOps's defaults give, so that it comes first in the manifest. */
  readonly #defaults: Construct;
  #isPrepared = false;

  constructor(scope: Construct, name: string, props: ClusterProps) {
    super(scope, name, props as never);
    const given = this.givenProps as ClusterProps;
    this.#props = { ...given, zones: given.zones ?? [] };
    this.#layout = new LazyLayout(this, this.#props);
    provideLayout(this, this.#layout);
    this.#defaults = new Construct(this, 'defaults');
  }

  protected override propMembers(): shape.Members<KopsObjectOptions> {
    return CLUSTER_MEMBERS;
  }

  /**
   * The groups that the props ask for, and those that `kops create cluster` would make where the cluster has none for a
   * role. Only now is it known what else was declared.
   */
  protected override prepare(): void {
    if (this.#isPrepared) return;
    this.#isPrepared = true;
    const { controlPlane, nodes, bastion, sshPublicKey } = this.#props;
    const roles = new Set(this.groups.map(({ role }) => role));
    onBehalf(() => {
      if (controlPlane || !roles.has('ControlPlane'))
        new ControlPlane(this.#defaults, undefined, controlPlane);
      if (nodes || (nodes === undefined && !roles.has('Node'))) this.addNodes(nodes ?? {});
      if (bastion) new Bastion(this, undefined, bastion === true ? {} : bastion);
      if (sshPublicKey !== undefined) new SshCredential(this, 'admin', { publicKey: sshPublicKey });
    });
  }

  private addNodes({ count, ...common }: DefaultNodesProps): void {
    const { zones } = this.#props;
    const nodes = count ?? zones.length;
    zones.forEach((zone, index) => {
      const size = sizeInZone(nodes, zones.length, index);
      new NodeGroup(this, zoneGroupName(zone), {
        ...common,
        zones: [zone],
        minSize: size,
        maxSize: size,
      });
    });
  }

  /** What `kops create cluster` refuses or would have to ask for, and kOps does not see in a manifest. */
  private oddities(hasBastion: boolean): Problem[] {
    const { topology, defaults } = this.#layout;
    const { networkID, networkCIDR, spec, subnets } = this.#props;
    const problems: Problem[] = [];
    if (networkID && !networkCIDR && !spec?.networkCIDR) {
      const message = `is missing: kops create cluster would ask AWS for the range of ${networkID}, cdkops works offline`;
      problems.push({ field: 'networkCIDR', message });
    }
    if (this.#layout.controlPlanes.length > 1) {
      const message = 'the cluster has two control planes: give one of them all zones, or all members';
      problems.push({ field: 'controlPlane', message });
    }
    if (hasBastion && defaults === 'secure' && !this.setting('sshAccess') && !spec?.sshAccess) {
      const message = 'nobody can reach the bastion: give the ranges of addresses that may';
      problems.push({ field: 'sshAccess', message, severity: 'warning' });
    }
    if (this.#props.etcdClusters && this.#props.etcdVolume) {
      const message = 'etcdClusters say themselves what the volumes are: give one of the two';
      problems.push({ field: 'etcdVolume', message });
    }
    const [right, wrong] = topology === 'private' ? ['Private', 'Public'] : ['Public', 'Private'];
    const misplaced = subnets?.find(({ type }) => type === wrong);
    // Both kinds together are a choice: groups say which subnets they take.
    if (misplaced && !subnets?.some(({ type }) => type === right)) {
      const message = `is ${wrong}, but the cluster's topology is '${topology}': give the cluster another topology or the subnet another type`;
      problems.push({ field: `subnets[${misplaced.name}].type`, message });
    }
    if (topology === 'public' && hasBastion) {
      const message = "a bastion is for topology: 'private'; in a public one, nodes can be reached without";
      problems.push({ field: 'bastion', message });
    }
    if (topology === 'private' && this.setting('networking') === 'kubenet') {
      problems.push({ field: 'networking', message: 'kubenet does not support a private topology' });
    }
    return problems;
  }

  protected override renderSpec(
    release: KopsRelease,
    problems: Problem[],
  ): Readonly<Record<string, unknown>> {
    const props = this.#props;
    const layout = this.#layout;
    const { groups } = this;
    const controlPlaneGroups = groups.filter(({ role }) => role === 'ControlPlane').map(({ name }) => name);
    const hasBastion = groups.some(({ role }) => role === 'Bastion');
    problems.push(...layout.problems, ...this.oddities(hasBastion));
    const spec = defaultClusterSpec({
      name: this.name,
      release,
      setting: (name) => this.setting(name),
      layout,
      networkCIDR: layout.networkCIDR,
      isDefaultNetwork: props.networkCIDR === undefined,
      networkingOverride: props.spec?.networking,
      controlPlaneGroups,
      hasBastion,
      etcdVolume: props.etcdVolume,
      etcdClusters: props.etcdClusters,
      problems,
    });
    const fields: ClusterSpecFields = {
      additionalNetworkCIDRs: props.additionalNetworkCIDRs,
      additionalPolicies: props.additionalPolicies,
      encryptionConfig: props.encryptionConfig,
      masterPublicName: props.masterPublicName,
      networkID: props.networkID,
      sshKeyName: props.sshKeyName,
      updatePolicy: props.updatePolicy,
    };
    const all = merge({ ...spec, ...this.settingsSpec(release) }, fields);
    return this.complete(merge(all, props.spec) as ClusterSpec, problems);
  }
}

/** The name of a zone's group among the nodes that a cluster gets without a `NodeGroup` of its own. */
export function zoneGroupName(zone: string): string {
  return `nodes-${zone}`;
}

/** How many of these nodes a zone gets: the first zones get one more where they cannot be shared out evenly. */
export function sizeInZone(nodes: number, zones: number, index: number): number {
  return Math.floor(nodes / zones) + (index < nodes % zones ? 1 : 0);
}
