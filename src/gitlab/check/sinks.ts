import type { Sink } from './shape';

type Report = (at: string, message: string) => void;

/** Takes everything: for what is written in one place. */
export function strict(report: Report): Sink {
  const sink: Sink = {
    wrong: report,
    missing: report,
    get items() {
      return sink;
    },
  };
  return sink;
}

/** For what others extend or what extends others: what is missing may come from there, but not into lists. */
export function partial(report: Report): Sink {
  return { wrong: report, missing: () => {}, items: strict(report) };
}

/** For what is merged: only what is still missing; the rest has been seen where it is written. */
export function merged(report: Report): Sink {
  return { wrong: () => {}, missing: report, items: undefined };
}
