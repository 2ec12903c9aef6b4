import * as fs from 'node:fs';
import * as path from 'node:path';
import { busyboxFolder } from '../support/busybox';
import {
  type Command,
  type DeliveryPipeline,
  DeliveryProject,
  type Variables,
} from '../support/delivery-project';
import type { Shell } from '../support/script-run';

// The images of jobs have different shells, and different tools by the same names: busybox's are those of Alpine.

let project: DeliveryProject;
let busybox: Variables;
beforeAll(async () => {
  project = await DeliveryProject.start();
  busybox = { PATH: [project.ground.bin, busyboxFolder(), process.env.PATH].join(path.delimiter) };
});
afterAll(() => project?.stop());

async function succeeds(pipeline: DeliveryPipeline, command: Command, shell: Shell): Promise<string> {
  const { code, output } = await pipeline.run(command, shell === 'busybox' ? busybox : {}, { shell });
  if (code !== 0) throw new Error(`${command} in ${shell} ended with ${code}:\n${output}`);
  return output;
}

/** What dryrun leaves, by file. */
const plans = (pipeline: DeliveryPipeline) =>
  Object.fromEntries(
    fs
      .readdirSync(pipeline.plans)
      .map((name) => [name, fs.readFileSync(path.join(pipeline.plans, name), 'utf8')]),
  );

const SHELLS: readonly Shell[] = ['dash', 'busybox', 'bash'];

test.each(SHELLS)(
  'the way from a commit to a cluster, with the shell and the tools of %s',
  async (shell) => {
    const first = shell === 'dash';
    const pipeline = first
      ? project.pipeline()
      : project.push({ nodes: { nodes: { nodeLabels: { shell }, maxSize: 3 } } });
    await succeeds(pipeline, 'dryrun', shell);
    if (shell === 'busybox') {
      // All plan the same, to the byte: what one has planned another may carry out.
      const found = plans(pipeline);
      expect(Object.keys(found)).toEqual(['counts.json', 'plan.json', 'plan.txt']);
      await succeeds(pipeline, 'dryrun', 'dash');
      expect(plans(pipeline)).toEqual(found);
      await succeeds(pipeline, 'dryrun', 'bash');
      expect(plans(pipeline)).toEqual(found);
    }
    await succeeds(pipeline, 'update', shell);
    await succeeds(pipeline, 'roll', shell);
    await succeeds(pipeline, 'rolled', shell);
    expect((await project.record())?.rollOuts?.[0]?.commit).toBe(pipeline.commit);
    if (!first) {
      const labels = (await project.ground.kubernetes.nodes()).map(({ metadata }) => metadata.labels.shell);
      expect(labels.filter(Boolean)).toEqual([shell]);
    }
    expect(await succeeds(pipeline, 'dryrun', shell)).toContain('nothing to do, this commit is rolled out');
    // What a job makes for itself goes with it.
    expect(fs.readdirSync(project.ground.temporary)).toEqual([]);
  },
  180_000,
);
