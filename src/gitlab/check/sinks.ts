import type { Place, Shape, Sink } from './shape';

type Report = (at: Place, message: string) => void;

/** How much of a value is to be seen. */
export type View =
  /** Everything: for what is written in one place. */
  | 'strict'
  /** For what others extend or what extends others: what is missing may come from there, but not into lists. */
  | 'partial'
  /** For what is merged: only what is still missing; the rest has been seen where it is written. */
  | 'merged';

const VIEWS: Readonly<Record<View, (report: Report) => Sink>> = {
  strict: everything,
  partial: (report) => ({ wrong: report, missing: ignore, items: everything(report) }),
  merged: (report) => ({ wrong: ignore, missing: report, items: undefined }),
};

function everything(report: Report): Sink {
  const sink: Sink = {
    wrong: report,
    missing: report,
    get items() {
      return sink;
    },
  };
  return sink;
}

function ignore(): void {}

/** Set by the probes, which are made once. */
let isAnythingFound = false;
const note = () => {
  isAnythingFound = true;
};
const PROBES: Readonly<Record<View, Sink>> = {
  strict: VIEWS.strict(note),
  partial: VIEWS.partial(note),
  merged: VIEWS.merged(note),
};

/**
 * Judges a value. First without places, which is all that most values need; where something is found, once more
 * with them.
 */
export function judge(
  shape: Shape,
  value: unknown,
  at: string,
  view: View,
  report: (at: string, message: string) => void,
): void {
  isAnythingFound = false;
  shape(value, undefined, PROBES[view]);
  if (isAnythingFound)
    shape(
      value,
      at,
      VIEWS[view]((place, message) => report(place ?? '', message)),
    );
}
