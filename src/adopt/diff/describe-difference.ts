import { EFFECTS, type Effect } from '../../kops/effects';
import type { ClusterDifference, Difference, FileDifference, ObjectDifference } from './difference';
import { effectOn } from './effect-words';
import type { FieldChange } from './field-changes';
import { isOfManifest } from './manifest';
import { show } from './show-value';
import { type ShownChange, shownChanges } from './shown-changes';

/** What has a heading of its own. */
export type Section = ClusterDifference | FileDifference;

/** Changes of an object that do the same to the cluster, for the same reason. */
export interface ChangesOfEffect {
  /** Absent where they do nothing to it that could be told. */
  readonly effect?: Effect;
  /** What they do, and why, in words; empty without an effect. */
  readonly words: string;
  readonly changes: readonly ShownChange[];
}

const WORDS: Readonly<Record<Difference['fate'], string>> = {
  added: 'new',
  removed: 'gone',
  changed: 'changed',
  incomparable: 'cannot be compared',
};

/** The cluster or file that a section is about. */
export function nameOf(section: Section): string {
  return 'cluster' in section ? section.cluster : section.file;
}

/** What became of it, as it stands behind a heading; nothing where it changed. */
export function suffix({ fate }: { readonly fate: Difference['fate'] }): string {
  return fate === 'changed' ? '' : ` (${WORDS[fate]})`;
}

/** The changes of an object by what they do, gravest first. */
export function changesByEffect(section: Section, object: ObjectDifference): ChangesOfEffect[] {
  const groups = new Map<string, FieldChange[]>();
  for (const change of detailsOf(section, object)) {
    const key = JSON.stringify([change.effect, change.why]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  // What a manifest says a reviewer reads to the last item; in pipelines hundreds of paths mean one thing.
  const isFolded = !isOfManifest(object.kind);
  const found = [...groups.values()].map((same): ChangesOfEffect => {
    const [{ effect, why } = {}] = same;
    const words = effect ? `${effectOn(effect, object.kind)}${why ? `: ${why}` : ''}` : '';
    return { ...(effect && { effect }), words, changes: shownChanges(same, isFolded) };
  });
  const rank = ({ effect }: ChangesOfEffect) => (effect ? EFFECTS.indexOf(effect) : EFFECTS.length);
  return found.sort((one, other) => rank(one) - rank(other));
}

/** What it does that an object came to a cluster, or left it; nothing for all else. */
export function fateWords({ kind, effect, why }: ObjectDifference): string {
  if (!effect) return '';
  return why ?? effectOn(effect, kind);
}

/** Of a cluster that came or went the objects say enough, of an object that went its name, of a script that it changed. */
function detailsOf(section: Section, { kind, fate, changes }: ObjectDifference): readonly FieldChange[] {
  return section.fate === 'changed' && fate !== 'removed' && kind !== 'Script' ? changes : [];
}

/** An object as it stands in a heading: of the cluster itself the name stands above. */
export function title({ kind, name }: ObjectDifference): string {
  return kind === 'Cluster' || name === '' ? show(kind) : `${show(kind)} ${show(name)}`;
}
