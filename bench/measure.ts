/** Runs `work` once and prints what it took, for bench/main.ts to read. */
export function measure(work: () => void): void {
  const start = process.hrtime.bigint();
  work();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(JSON.stringify({ seconds, memory: process.resourceUsage().maxRSS / 1024 }));
}

/** Where to write and how many clusters, from the command line. */
export function input(): { folder: string; clusters: number } {
  const [folder = '', clusters = ''] = process.argv.slice(2);
  return { folder, clusters: Number(clusters) };
}

/** Zones of the bench's clusters: three members of the control plane and three groups of nodes, with the cluster seven objects. */
export const ZONES = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'] as const;
