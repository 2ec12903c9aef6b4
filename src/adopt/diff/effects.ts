import { isMap } from '../../core';
import { type Effect, effectOf } from '../../kops/effects';
import { type ClusterEffects, GRAVEST_FIRST } from './cluster-effects';
import type { Difference, ObjectDifference } from './difference';
import type { FieldChange } from './field-changes';
import type { ManifestDocument } from './manifest';

type Documents = readonly ManifestDocument[];

/** A difference of a cluster, each change of its manifest with what it does; and what all of them do. */
export function withEffects(
  difference: Difference,
  before: Documents | undefined,
  after: Documents | undefined,
): Difference & { readonly effects?: ClusterEffects } {
  if (difference.fate !== 'changed' || !before || !after) return difference;
  const objects = difference.objects.map((object): ObjectDifference => {
    const judge = judgeOf(object, before, after);
    // An object that came or went does that as a whole.
    if (object.fate !== 'changed') return { ...object, ...judge({ field: '' }) };
    return { ...object, changes: object.changes.map((change) => ({ ...change, ...judge(change) })) };
  });
  return { ...difference, objects, effects: effectsOf(objects, before, after) };
}

/** What says what changes of an object do. */
function judgeOf({ kind, name }: ObjectDifference, before: Documents, after: Documents) {
  const documentOf = (documents: Documents) =>
    documents.find((document) => document.kind === kind && document.name === name)?.data;
  const [old, now] = [documentOf(before), documentOf(after)];
  const role = roleOf(now) ?? roleOf(old);
  const cluster = after.find((document) => document.kind === 'Cluster')?.data.spec;
  const cloud =
    isMap(cluster) && typeof cluster.cloudProvider === 'string' ? cluster.cloudProvider : undefined;
  return (change: FieldChange): Pick<FieldChange, 'effect' | 'why'> => {
    if (kind === 'Jobs') return JOB_EFFECTS[change.field] ?? {};
    if (!OF_MANIFEST.has(kind)) return {};
    return effectOf({
      ...{ kind, ...change },
      ...(role !== undefined && { role }),
      ...(cloud !== undefined && { cloud }),
      ...(old && { before: old }),
      ...(now && { after: now }),
    });
  };
}

const OF_MANIFEST: ReadonlySet<string> = new Set(['Cluster', 'InstanceGroup', 'SSHCredential']);

/** Variables of a cluster's jobs that change the cluster itself. */
const JOB_EFFECTS: Readonly<Record<string, { readonly effect: Effect; readonly why: string }>> = {
  'variables.KOPS_VERSION': {
    effect: 'rolls-all',
    why: 'machines are set up by the kOps that made them',
  },
  'variables.CDKOPS_MANIFEST_DIGEST': {
    effect: 'unknown',
    why: 'a job renders the manifest from what has changed: the plan of dryrun tells what comes of it',
  },
};

function roleOf(data: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const role = isMap(data?.spec) ? data.spec.role : undefined;
  return typeof role === 'string' ? role : undefined;
}

/** The machines that serve Kubernetes's API: kOps updates and rolls them together. */
const CONTROL_PLANE: ReadonlySet<string | undefined> = new Set(['Master', 'ControlPlane', 'APIServer']);
/** Machines on which nothing of Kubernetes runs: what a cluster says of that does not reach them. */
const BASTION = 'Bastion';

function effectsOf(
  objects: readonly ObjectDifference[],
  before: Documents,
  after: Documents,
): ClusterEffects | undefined {
  const fields: Partial<Record<Effect, string[]>> = {};
  const rolling = new Set<string>();
  let controlPlane = false;
  // Those that are on both sides have machines now and afterwards.
  const groups = after.filter(({ kind }) => kind === 'InstanceGroup').filter(({ name }) => has(before, name));
  const others = groups.filter(({ data }) => !CONTROL_PLANE.has(roleOf(data)));
  const workers = others.filter(({ data }) => roleOf(data) !== BASTION).map(({ name }) => name);
  for (const { kind, name, fate, changes, effect: whole } of objects) {
    const told = fate === 'changed' ? changes : [{ field: '', effect: whole }];
    for (const { field, effect } of told) {
      if (!effect) continue;
      const place = kind === 'Cluster' || kind === 'Jobs' ? field : `${kind} ${name} ${field}`.trimEnd();
      fields[effect] = [...(fields[effect] ?? []), place];
      if (kind === 'InstanceGroup') {
        if (!ROLLING.has(effect)) continue;
        if (others.some((group) => group.name === name)) rolling.add(name);
        else controlPlane = true;
      } else {
        if (effect === 'rolls-all' || effect === 'rolls-control-plane') controlPlane = true;
        if (effect === 'rolls-all' || effect === 'rolls-nodes') for (const one of workers) rolling.add(one);
      }
    }
  }
  const namesOf = (fate: 'added' | 'removed') =>
    objects
      .filter((object) => object.kind === 'InstanceGroup' && object.fate === fate)
      .map(({ name }) => name);
  const worst = GRAVEST_FIRST.find((effect) => fields[effect]);
  const [newGroups, goneGroups] = [namesOf('added'), namesOf('removed')];
  if (!worst && newGroups.length + goneGroups.length === 0) return undefined;
  return {
    worst: worst ?? 'no-restart',
    controlPlane,
    groups: [...rolling].sort(),
    allGroups: workers.length > 0 && workers.every((name) => rolling.has(name)),
    newGroups,
    goneGroups,
    fields: Object.fromEntries(GRAVEST_FIRST.flatMap((one) => (fields[one] ? [[one, fields[one]]] : []))),
  };
}

const ROLLING: ReadonlySet<Effect> = new Set(['rolls-all', 'rolls-control-plane', 'rolls-nodes']);

function has(documents: Documents, group: string): boolean {
  return documents.some(({ kind, name }) => kind === 'InstanceGroup' && name === group);
}
