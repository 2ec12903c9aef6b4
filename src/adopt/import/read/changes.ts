/**
 * What reading leaves out or spells anew, told once a cluster.
 */

/** One such thing, of one object. */
export interface Change {
  /** `left out metadata.generation`. */
  readonly what: string;
  /** What was written instead: `as Master, not ControlPlane`. */
  readonly instead?: string;
  /** To be read after a colon. */
  readonly why: string;
}

/** What was done to one object. */
export interface ObjectChanges {
  /** `InstanceGroup nodes`. */
  readonly object: string;
  readonly changes: readonly Change[];
  /** Fields that were null, and left out: `spec.nodeLabels`. */
  readonly nulls: readonly string[];
}

/** More than these are counted, not named. */
const MOST_NAMED = 3;

/** Sentences about all of that, in the order in which it was met. */
export function changeNotes(all: readonly ObjectChanges[]): string[] {
  const notes = new Map<string, { readonly change: Change; readonly objects: string[] }>();
  for (const { object, changes } of all) {
    for (const change of changes) {
      const key = JSON.stringify(change);
      const note = notes.get(key) ?? { change, objects: [] };
      note.objects.push(object);
      notes.set(key, note);
    }
  }
  const nulls = all.flatMap(({ object, nulls }) => nulls.map((field) => `${field} of ${object}`));
  return [
    ...[...notes.values()].map(({ change: { what, instead, why }, objects }) => {
      const of = objects.length === 1 ? objects[0] : `${objects.length} objects`;
      return `${what} of ${of}${instead === undefined ? '' : ` ${instead}`}: ${why}`;
    }),
    ...(nulls.length === 0
      ? []
      : [`left out what is null, which kOps takes for not set: ${namedSome(nulls)}`]),
  ];
}

/** A few of them by name, the others as a number. */
export function namedSome(names: readonly string[]): string {
  if (names.length <= MOST_NAMED + 1) return names.join(', ');
  return `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`;
}
