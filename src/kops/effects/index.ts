import { ADD_ON_RULES } from './add-on-rules';
import { API_RULES } from './api-rules';
import type { ChangeOfField } from './change';
import { CLOUD_RULES } from './cloud-rules';
import type { FieldEffect } from './effect';
import { ETCD_RULES } from './etcd-rules';
import { GROUP_RULES } from './group-rules';
import { MACHINE_RULES } from './machine-rules';
import { NETWORK_RULES } from './network-rules';
import { comesOrGoes, METADATA_RULES, SSH_KEY } from './object-rules';
import { networkPlugin } from './plugin-rules';
import { judge, type Rule, type Rules, says } from './rule';

export type { ChangeOfField, Role } from './change';
export { EFFECTS, type Effect, type FieldEffect } from './effect';

/** Rules by kind of object, then by field. */
const RULES: ReadonlyMap<string, ReadonlyMap<string, Rule>> = new Map(
  Object.entries({
    Cluster: asMap(
      METADATA_RULES,
      MACHINE_RULES,
      API_RULES,
      NETWORK_RULES,
      { 'spec.networking': networkPlugin },
      ETCD_RULES,
      ADD_ON_RULES,
      CLOUD_RULES,
    ),
    InstanceGroup: asMap(METADATA_RULES, GROUP_RULES),
    SSHCredential: asMap(METADATA_RULES, { spec: SSH_KEY }),
  }),
);

function asMap(...rules: readonly Rules[]): ReadonlyMap<string, Rule> {
  return new Map(rules.flatMap((some) => Object.entries(some)));
}

/**
 * What a change of a field does to a running cluster, as far as kOps's rules say: those of kOps 1.36, on AWS
 * where the cloud matters. It is the most that it can do: a value that means what was there already does
 * nothing.
 */
export function effectOf(change: ChangeOfField): FieldEffect {
  if (change.field === '') return comesOrGoes(change);
  const rules = RULES.get(change.kind);
  return (
    (rules && judge(rules, change)) ?? says('unknown', 'kOps has no such field, or none that is known here')
  );
}
