import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  Cluster,
  type ClusterProps,
  Fleet,
  type FleetProps,
  NodeGroup,
  StateStore,
  Wave,
  type WaveProps,
} from '../../../src';
import { synthesise } from '../../../src/synth';
import { IMAGE, MACHINE_TYPE } from './create-matrix';
import { REGION } from './delivery-ground';
import { E2E } from './folders';

/** kops would look for its own for eight seconds in each run. */
const CHANNEL = pathToFileURL(path.join(E2E, 'channel.yaml')).href;

/** The group of nodes that the clusters of a small fleet have. */
export type NodesProps = ConstructorParameters<typeof NodeGroup>[2];

/** Waves by name, and the names of the clusters in each. */
export type Waves = Readonly<Record<string, WaveProps & { readonly clusters: readonly string[] }>>;

export interface SmallFleetOptions {
  /** The bucket of the state store. */
  readonly bucket: string;
  /**
   * The cluster, or several.
   * @default 'c1.k8s.local'
   */
  readonly clusters?: string | readonly string[];
  /**
   * Waves in place of one, with the names of their clusters.
   * @default - one wave, `dev`, with all clusters
   */
  readonly waves?: Waves;
  /** Props of single clusters, by name. */
  readonly each?: Readonly<Record<string, Partial<ClusterProps>>>;
  /** Props of all groups of nodes of single clusters, by the cluster's name. */
  readonly nodesOf?: Readonly<Record<string, NodesProps>>;
  /** @default {@link KUBERNETES} */
  readonly kubernetesVersion?: string;
  /**
   * Groups of nodes, by name, each laid over one node of the emulator's machine type.
   * @default - one group, `nodes`
   */
  readonly nodes?: Readonly<Record<string, NodesProps>>;
  /** Further props of every cluster. */
  readonly cluster?: Partial<ClusterProps>;
  /** Further props of the fleet. */
  readonly fleet?: FleetProps;
  /** Has its way with a cluster before it is synthesised. */
  readonly edit?: (cluster: Cluster) => void;
}

/** A version of Kubernetes that kops 1.36.2 knows the digests of, and the minor before it, to upgrade from. */
export const KUBERNETES = '1.35.5';
export const KUBERNETES_BEFORE = '1.34.8';

/**
 * The files that synth gives for a fleet as small as kops takes one: a control plane of one machine and one node a
 * cluster, with what the emulator knows.
 *
 * @throws Error where synth finds an error.
 */
export function smallFleet(options: SmallFleetOptions): Record<string, string> {
  const fleet = new Fleet({
    stateStore: StateStore.s3(options.bucket, { region: REGION }),
    kops: '1.36.2',
    kubernetesVersion: options.kubernetesVersion ?? KUBERNETES,
    ...options.fleet,
  });
  const one: Waves = { dev: { clusters: [options.clusters ?? 'c1.k8s.local'].flat() } };
  const places = Object.entries(options.waves ?? one).flatMap(([name, { clusters, ...props }]) => {
    const wave = new Wave(fleet, name, props);
    return clusters.map((cluster) => ({ wave, name: cluster }));
  });
  for (const { wave, name } of places) {
    const cluster = new Cluster(wave, name, {
      zones: [`${REGION}a`],
      channel: CHANNEL,
      image: IMAGE,
      controlPlane: { machineType: MACHINE_TYPE },
      nodes: false,
      ...options.cluster,
      ...options.each?.[name],
    });
    for (const [group, props] of Object.entries(options.nodes ?? { nodes: {} })) {
      new NodeGroup(cluster, group, {
        machineType: MACHINE_TYPE,
        minSize: 1,
        maxSize: 2,
        ...props,
        ...options.nodesOf?.[name],
      });
    }
    options.edit?.(cluster);
  }
  const { files, findings } = synthesise(fleet);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return Object.fromEntries(files);
}

/** A public SSH key, another one for each letter. */
export function sshPublicKey(letter: string): string {
  const field = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  const blob = Buffer.concat([field(Buffer.from('ssh-ed25519')), field(Buffer.alloc(32, letter))]);
  return `ssh-ed25519 ${blob.toString('base64')} admin@example.com`;
}
