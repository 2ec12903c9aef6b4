import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { E2E } from './folders';

/** What GitLab's own schema says against each configuration; nothing where it is fine. */
export function schemaErrors(configurations: readonly unknown[]): string[][] {
  const { status, stdout, stderr } = spawnSync('node', [path.join(E2E, 'support/schema-verdicts.mjs')], {
    input: JSON.stringify(configurations),
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`the schema check ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as string[][];
}
