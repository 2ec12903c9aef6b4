/** What a sorted graph is: names after what they point at, and the circles that cannot be sorted. */
export interface Sorted {
  /** The names that take part in no circle and point at none, those pointed at first. */
  readonly order: readonly string[];
  /** Circles, each as the names along it; those that touch another circle may be left out. */
  readonly circles: readonly (readonly string[])[];
}

/** Sorts a graph of names; edges to names that are not keys are left out. Takes linear time, no recursion. */
export function sortGraph(edges: ReadonlyMap<string, readonly string[]>): Sorted {
  const waiting = new Map<string, number>();
  const pointedFrom = new Map<string, string[]>();
  for (const [name, targets] of edges) {
    const known = targets.filter((target) => edges.has(target));
    waiting.set(name, known.length);
    for (const target of known) {
      const from = pointedFrom.get(target);
      if (from) from.push(name);
      else pointedFrom.set(target, [name]);
    }
  }
  const order = [...edges.keys()].filter((name) => waiting.get(name) === 0);
  for (const name of order) {
    for (const from of pointedFrom.get(name) ?? []) {
      const left = (waiting.get(from) ?? 0) - 1;
      waiting.set(from, left);
      if (left === 0) order.push(from);
    }
  }
  const left = new Set([...edges.keys()].filter((name) => (waiting.get(name) ?? 0) > 0));
  return { order, circles: circlesAmong(left, edges) };
}

/** Each of the names points at another one of them, so that every walk ends in a circle. */
function circlesAmong(names: ReadonlySet<string>, edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const seen = new Set<string>();
  for (const start of names) {
    const walk = new Map<string, number>();
    let at: string | undefined = start;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      walk.set(at, walk.size);
      at = (edges.get(at) ?? []).find((target) => names.has(target));
    }
    const begin = at === undefined ? undefined : walk.get(at);
    if (begin !== undefined) circles.push([...walk.keys()].slice(begin));
  }
  return circles;
}
