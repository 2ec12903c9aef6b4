/** Runs `work` once and prints what it took, for bench/main.ts to read. */
export function measure(work: () => void): void {
  const start = process.hrtime.bigint();
  work();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(JSON.stringify({ seconds, memory: process.resourceUsage().maxRSS / 1024 }));
}

/** Where to write, how many clusters and which variant of the contender, from the command line. */
export function input(): { folder: string; clusters: number; variant: string } {
  const [folder = '', clusters = '', variant = ''] = process.argv.slice(2);
  return { folder, clusters: Number(clusters), variant };
}
