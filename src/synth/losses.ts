import type { Problem } from '../core';
import { MANIFEST_FILE } from '../delivery';
import type { DiskPlan } from './disk-plan';

/**
 * What a plan would silently cost: control-plane groups that a cluster had and has no more, under that name. Their etcd
 * members go with them, and members of another name begin with empty volumes; kOps accepts that without a word.
 * @see https://kops.sigs.k8s.io/operations/etcd_administration/
 */
export function losses({ writes }: DiskPlan): Problem[] {
  return writes.flatMap(({ path, before, text }) => {
    if (before === undefined || !path.endsWith(`/${MANIFEST_FILE}`)) return [];
    const now = controlPlaneGroups(text);
    const gone = [...controlPlaneGroups(before)].filter((name) => !now.has(name));
    if (gone.length === 0) return [];
    const message = `the control-plane groups ${gone.join(', ')} go, and the etcd members in them: a running cluster can lose its data. Keep their names (count and zones of the control plane), or move the members one at a time as kOps's documentation says`;
    return [{ field: path, message, severity: 'warning' }];
  });
}

/** Names of the control-plane groups in a manifest as cdkops writes it: no YAML reader is loaded for this. */
function controlPlaneGroups(manifest: string): Set<string> {
  const documents = manifest.replaceAll('\r\n', '\n').split('\n---\n');
  const groups = documents.filter(
    (text) => /^kind: InstanceGroup$/m.test(text) && /^ {2}role: Master$/m.test(text),
  );
  return new Set(groups.flatMap((text) => /^ {2}name: (.+)$/m.exec(text)?.[1] ?? []));
}
