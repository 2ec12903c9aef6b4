import lt from 'semver/functions/lt';
import valid from 'semver/functions/valid';
import { isMap } from '../../core';
import { EFFECTS, type Effect, effectOf, type FieldEffect } from '../../kops/effects';
import { type Role, roleNamed } from '../../kops/effects/change';
import type { ClusterEffects } from './cluster-effects';
import type { Difference, ObjectDifference } from './difference';
import type { FieldChange } from './field-changes';
import { isOfManifest, type ManifestDocument } from './manifest';

type Documents = readonly ManifestDocument[];

/** A difference of a cluster, each change of its manifest with what it does; and what all of them do. */
export function withEffects(
  difference: Difference,
  before: Documents | undefined,
  after: Documents | undefined,
): Difference & { readonly effects?: ClusterEffects } {
  if (difference.fate === 'removed' && before) return withWordsOfCluster(difference, before);
  if (difference.fate !== 'changed' || !before || !after) return difference;
  const objects = difference.objects.map((object): ObjectDifference => {
    const judge = judgeOf(object, before, after);
    // An object that came or went does that as a whole.
    if (object.fate !== 'changed') return { ...object, ...judge({ field: '' }) };
    return { ...object, changes: object.changes.map((change) => ({ ...change, ...judge(change) })) };
  });
  return { ...difference, objects, effects: effectsOf(objects, before, after) };
}

/** A cluster that is gone from the code is not gone: that is said once, where its name stands. */
function withWordsOfCluster(difference: Difference, before: Documents): Difference {
  const objects = difference.objects.map((object) =>
    object.kind === 'Cluster' ? { ...object, ...judgeOf(object, before, [])({ field: '' }) } : object,
  );
  return { ...difference, objects };
}

/** What says what changes of an object do. */
function judgeOf({ kind, name }: ObjectDifference, before: Documents, after: Documents) {
  // Of two of one name the last counts.
  const documentOf = (documents: Documents) =>
    documents.filter((document) => document.kind === kind && document.name === name).at(-1)?.data;
  const clusterOf = (documents: Documents) => documents.find((one) => one.kind === 'Cluster')?.data;
  const [old, now] = [documentOf(before), documentOf(after)];
  const clusters = { before: clusterOf(before), after: clusterOf(after) };
  const cloud = isMap(clusters.after?.spec) ? clusters.after.spec.cloudProvider : undefined;
  return (change: FieldChange): Partial<FieldEffect> => {
    if (kind === 'Jobs') return JOB_EFFECTS[change.field]?.(change) ?? {};
    if (!isOfManifest(kind)) return {};
    return effectOf({
      ...{ kind, ...change, before: old, after: now, clusters },
      ...(typeof cloud === 'string' && { cloud }),
    });
  };
}

/** Variables of a cluster's jobs that change the cluster itself. */
const JOB_EFFECTS: Readonly<Record<string, (change: FieldChange) => FieldEffect>> = {
  'variables.KOPS_VERSION': ({ from, to }) => ({
    effect: 'rolls-all',
    why: isOlder(to, from)
      ? `kOps refuses to go back where a newer one has changed the cluster, but with acknowledge: ['kops-downgrade']`
      : 'machines are set up by the kOps that made them',
  }),
  'variables.CDKOPS_MANIFEST_DIGEST': ({ from, to }) => ({
    effect: 'unknown',
    why:
      from === undefined || to === undefined
        ? 'a job renders the manifest of one side from a template: the plan of dryrun tells what comes of it'
        : 'a job renders the manifest from what has changed: the plan of dryrun tells what comes of it',
  }),
};

/** Whether a version is older than another; what is no version is not. */
function isOlder(one: unknown, other: unknown): boolean {
  const areVersions = typeof one === 'string' && typeof other === 'string' && valid(one) && valid(other);
  return areVersions ? lt(one, other) : false;
}

/** The role of an instance group, in the words of today. */
function roleIn(data: ManifestDocument['data']): Role | undefined {
  return isMap(data.spec) ? roleNamed(data.spec.role) : undefined;
}

/** The machines that serve Kubernetes's API: kOps updates and rolls them together. */
function isOfControlPlane({ data }: ManifestDocument): boolean {
  const role = roleIn(data);
  return role === 'ControlPlane' || role === 'APIServer';
}

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
  const others = groups.filter((group) => !isOfControlPlane(group));
  // On bastions nothing of Kubernetes runs: most of what a cluster says does not reach them.
  const isBastion = ({ data }: ManifestDocument) => roleIn(data) === 'Bastion';
  const bastions = others.filter(isBastion).map(({ name }) => name);
  const workers = others.filter((group) => !isBastion(group)).map(({ name }) => name);
  for (const { kind, name, fate, changes, ...whole } of objects) {
    const told: readonly FieldChange[] = fate === 'changed' ? changes : [{ ...whole, field: '' }];
    for (const { field, effect, alsoRolls } of told) {
      if (!effect) continue;
      const isOfCluster = kind === 'Cluster' || kind === 'Jobs';
      const place = isOfCluster ? field || kind : `${kind} ${name} ${field}`.trimEnd();
      const places = fields[effect] ?? [];
      // Of a list several items may have changed.
      if (!places.includes(place)) fields[effect] = [...places, place];
      if (alsoRolls === 'control-plane') controlPlane = true;
      if (alsoRolls === 'bastions') for (const one of bastions) rolling.add(one);
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
  const worst = EFFECTS.find((effect) => fields[effect]);
  // Without a cluster there is no manifest, such as for one that is to be deleted: then no single group comes or goes.
  const areWhole = [before, after].every((documents) => documents.some(({ kind }) => kind === 'Cluster'));
  const [newGroups, goneGroups] = areWhole ? [namesOf('added'), namesOf('removed')] : [[], []];
  if (!worst && newGroups.length + goneGroups.length === 0) return undefined;
  return {
    worst: worst ?? 'no-restart',
    controlPlane,
    groups: [...rolling].sort(),
    allGroups: workers.length > 0 && workers.every((name) => rolling.has(name)),
    newGroups,
    goneGroups,
    fields: Object.fromEntries(EFFECTS.flatMap((one) => (fields[one] ? [[one, fields[one]]] : []))),
  };
}

const ROLLING: ReadonlySet<Effect> = new Set(['rolls-all', 'rolls-control-plane', 'rolls-nodes']);

function has(documents: Documents, group: string): boolean {
  return documents.some(({ kind, name }) => kind === 'InstanceGroup' && name === group);
}
