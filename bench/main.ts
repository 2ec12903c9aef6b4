/**
 * Times synth beside its peers, in one run on one machine: `npx projen bench`. Prints ratios and asserts nothing.
 *
 * Each round is a process of its own, so that none profits from what another has warmed up.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Scripts of this folder; what follows a plus is a variant of one. */
const CONTENDERS = ['cdkops', 'cdkops+pipeline', 'cdk8s', 'yaml'] as const;
type Contender = (typeof CONTENDERS)[number];

/** What one process reports of itself. */
interface Measurement {
  readonly seconds: number;
  /** Largest resident memory, in MiB. */
  readonly memory: number;
}

const rounds = numberOption('--rounds', 5);
const clusters = numberOption('--clusters', 1000);

/** Folders of all rounds: removing them between rounds would make the disk busy while the next one is timed. */
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-bench-'));
const results = new Map<Contender, Measurement[]>(CONTENDERS.map((contender) => [contender, []]));
try {
  for (let round = 0; round < rounds; round++) {
    for (const contender of CONTENDERS) results.get(contender)?.push(run(contender));
  }
} finally {
  fs.rmSync(scratch, { recursive: true });
}

console.log(`${clusters} clusters of 7 objects, medians of ${rounds} rounds (min to max)`);
for (const contender of CONTENDERS) {
  const own = results.get(contender) ?? [];
  const seconds = own.map((measurement) => measurement.seconds);
  const memory = median(own.map((measurement) => measurement.memory));
  const spread = `${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)}`;
  const time = `${median(seconds).toFixed(2)} s (${spread})`;
  console.log(
    `${contender.padEnd(17)}${time.padEnd(24)}${ratio(contender, 'yaml')} × yaml   ${memory.toFixed(0)} MiB`,
  );
}
console.log(`with the pipelines ${ratio('cdkops+pipeline', 'cdkops')} × the manifests alone`);

function ratio(contender: Contender, other: Contender): string {
  const [own, base] = [contender, other].map((one) =>
    median((results.get(one) ?? []).map(({ seconds }) => seconds)),
  );
  return ((own ?? Number.NaN) / (base ?? Number.NaN)).toFixed(2);
}

function run(contender: Contender): Measurement {
  const folder = fs.mkdtempSync(path.join(scratch, contender));
  const [name, variant] = contender.split('+');
  const script = path.join(__dirname, `${name}.ts`);
  const args = [
    '--require',
    'tsx/cjs',
    script,
    folder,
    String(clusters),
    ...(variant ? [`+${variant}`] : []),
  ];
  const output = execFileSync(process.execPath, args, { encoding: 'utf8' });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Measurement;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function numberOption(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}
