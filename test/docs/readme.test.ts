import * as fs from 'node:fs';
import * as path from 'node:path';
import { fleet } from '../../clusters/fleet';
import { fleetTable } from '../../src/cli/fleet-table';
import { synthesise } from '../../src/synth';
import { ROOT } from './documents';

const README = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');

test('shows what synth prints of the example fleet', () => {
  const { overview, files } = synthesise(fleet);
  const lines = fleetTable(overview, () => 'new').split('\n');
  const shown = lines.map((line) => (line === '' ? '' : `   ${line}`)).join('\n');
  expect(README).toContain(`   \`\`\`\n${shown}`);
  const clusters = overview.waves.flatMap((wave) => wave.clusters);
  const groups = clusters.reduce((sum, { instanceGroups = 0 }) => sum + instanceGroups, 0);
  expect(README).toContain(
    `${clusters.length} clusters, ${groups} instance groups, ${files.size} files written, 0 removed, 0 unchanged`,
  );
});

test('has two commands to set up, and both are tasks of the project', () => {
  const commands = [...README.matchAll(/^```sh\n(.*)\n```$/gm)].map(([, command]) => command);
  expect(commands).toEqual(['npm ci && npx projen synth', 'npm ci && npx projen test']);
  const { tasks } = JSON.parse(fs.readFileSync(path.join(ROOT, '.projen/tasks.json'), 'utf8'));
  expect(Object.keys(tasks)).toEqual(expect.arrayContaining(['synth', 'test']));
});
