/**
 * What begins and ends where in a document.
 */

/** A way into a document, from its last step back: most are never spelled out. */
export interface Way {
  readonly step: string | number;
  readonly parent: Way | undefined;
}

/** A list or map. */
export interface Frame {
  readonly way: Way | undefined;
  /** Where its members begin; undefined between braces and brackets. */
  readonly column: number | undefined;
  readonly parent: Frame | undefined;
}

/** Something that begins or ends at an offset. */
export interface Mark {
  readonly offset: number;
  readonly way: Way | undefined;
  /** `member`: a key, or an item; `value`: text, a number…; `end`: a closing brace or bracket. */
  readonly kind: 'member' | 'value' | 'end';
  /** What it is a member of. */
  readonly frame: Frame | undefined;
  /** A member without a value. */
  readonly isEmpty?: boolean;
}

/** A way, spelled out. */
export function stepsOf(way: Way | undefined): (string | number)[] {
  const steps: (string | number)[] = [];
  for (let at = way; at; at = at.parent) steps.push(at.step);
  return steps.reverse();
}
