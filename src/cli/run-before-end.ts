/** Signals by which people and machines end a program. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const pending = new Set<() => void>();

/**
 * Does something before the process ends, whether by itself or by a signal; one set of listeners serves all.
 * @returns a function that takes it back
 */
export function beforeEnd(work: () => void): () => void {
  if (pending.size === 0) listen('on');
  pending.add(work);
  return () => {
    if (pending.delete(work) && pending.size === 0) listen('removeListener');
  };
}

function listen(way: 'on' | 'removeListener'): void {
  process[way]('exit', doAll);
  for (const signal of SIGNALS) process[way](signal, endBy);
}

/** The last first: a program goes before the folder that it writes to. */
function doAll(): void {
  const all = [...pending].reverse();
  pending.clear();
  listen('removeListener');
  for (const work of all) work();
}

/** Whoever sent the signal sees that it was heeded. */
function endBy(signal: NodeJS.Signals): void {
  doAll();
  process.kill(process.pid, signal);
}
