import { importStatement } from '../code/cluster-file';
import type { Code } from '../code/model';
import { printCode } from '../code/print';
import { FLEET_MARKER } from './fleet-marker';

/** What a fleet needs from the start. */
export interface NewFleet {
  /** The store's code, for instance `StateStore.s3('bucket')`. */
  readonly stateStore: Code | undefined;
  readonly kops: string;
  readonly kubernetesVersion?: string;
}

/** The file of a fleet that has no clusters yet, with the place where they go. */
export function newFleetFile({ stateStore, kops, kubernetesVersion }: NewFleet): string {
  const literal = (value: string): Code => ({ kind: 'literal', value });
  const isStore = stateStore?.kind === 'call' && stateStore.callee.startsWith('StateStore.');
  const member = (key: string, value: Code | undefined) =>
    value === undefined ? [] : [`  ${key}: ${printCode(value, 2, key.length + 4)},`];
  return [
    importStatement(['Fleet', ...(isStore ? ['StateStore'] : [])], 'cdkops'),
    '',
    '/** All clusters, in waves. */',
    // A line each, however short they are: there will be more.
    'export const fleet = new Fleet({',
    ...member('stateStore', stateStore),
    ...member('kops', literal(kops)),
    ...member('kubernetesVersion', kubernetesVersion === undefined ? undefined : literal(kubernetesVersion)),
    '});',
    '',
    FLEET_MARKER,
    '',
  ].join('\n');
}
