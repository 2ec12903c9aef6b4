import { type ChangeOfField, effectOf } from '../../../src/kops/effects';

type Data = Readonly<Record<string, unknown>>;

/** A cluster as its rules see it. */
export function clusterWith(spec: Data): Data {
  return { kind: 'Cluster', metadata: { name: 'c.example.com' }, spec: { cloudProvider: 'aws', ...spec } };
}

/** What the change of a field of a cluster does, between two specs where some are given. */
export function ofCluster(field: string, before?: Data, after?: Data, values: Partial<ChangeOfField> = {}) {
  const sides = before && after && { before: clusterWith(before), after: clusterWith(after) };
  return effectOf({ kind: 'Cluster', field, from: 1, to: 2, ...sides, ...values }).effect;
}

/** What the change of a field of a group with a role does. */
export function ofGroup(role: string, field: string, values: Partial<ChangeOfField> = {}) {
  return effectOf({ kind: 'InstanceGroup', role, field, from: 1, to: 2, ...values }).effect;
}
