/**
 * Writes src/kops/upgrades/known.json: `node --require tsx/cjs tools/kops-versions/main.ts KOPS WEBSITE`.
 *
 * KOPS is a clone of kubernetes/kops with its tags, WEBSITE one of kubernetes/website; what they have at HEAD counts.
 * docs/kops-releases.md says when to run it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReleases } from './read-releases';

const TARGET = join(__dirname, '..', '..', 'src', 'kops', 'upgrades', 'known.json');

try {
  // projen hands the `--` on as well.
  const [kops, website, ...rest] = process.argv.slice(2).filter((arg) => arg !== '--');
  if (website === undefined || kops === undefined || rest.length > 0) {
    throw new Error('expected two folders: a clone of kubernetes/kops and one of kubernetes/website');
  }
  const found = readReleases(kops, website);
  writeFileSync(TARGET, `${JSON.stringify(found, undefined, 2)}\n`);
  console.log(`kOps as of ${found.kops.asOf}, Kubernetes as of ${found.kubernetes.asOf}`);
} catch (error) {
  console.error(`kops-versions: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
