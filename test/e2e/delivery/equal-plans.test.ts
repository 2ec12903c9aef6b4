import * as fs from 'node:fs';
import * as path from 'node:path';
import { CLUSTER, DeliveryProject } from '../support/delivery-project';
import { filesUnder, replaceTool } from '../support/delivery-watch';
import { runProcess } from '../support/process-run';
import { provided } from '../support/provided';

const RUNS = 20;
/** Two processors at least are busy with two runs. */
const AT_ONCE = 2;

/** Tags of everything that kops makes: it prints them as maps, in an order of chance. */
const LABELS = Object.fromEntries(
  ['owner', 'team', 'cost', 'stage', 'tier', 'zone', 'area', 'unit'].map((label) => [
    label,
    `${label} of all`,
  ]),
);

describe('equal plans', () => {
  let project: DeliveryProject;
  beforeAll(async () => {
    project = await DeliveryProject.start();
    const { ground, repository } = project;
    const env = { ...ground.env, KOPS_STATE_STORE: ground.store, KOPS_CLUSTER_NAME: CLUSTER };
    const create = `kops replace --force -f clusters/${CLUSTER}/kops.yaml && kops update cluster --yes --create-kube-config=false`;
    const options = { cwd: repository.folder, env, timeoutSeconds: 120 };
    const { code, output } = await runProcess(['sh', '-c', create], options);
    if (code !== 0) throw new Error(output);
  }, 180_000);
  afterAll(() => project?.stop());

  test('are equal bytes, though kops never prints one twice', async () => {
    const { ground } = project;
    const printed = path.join(ground.home, 'printed');
    fs.mkdirSync(printed);
    const kops = provided('kops');
    replaceTool(ground, 'kops', [
      `[ "$1" = update ] || exec ${kops} "$@"`,
      'out=$(mktemp -p "$HOME/printed")',
      `${kops} "$@" >"$out"`,
      'code=$?',
      'cat "$out"',
      'exit "$code"',
    ]);
    project.push({ fleet: { cloudLabels: LABELS } });
    const plans: string[] = [];
    const work = async () => {
      while (plans.length < RUNS) {
        const at = plans.push('') - 1;
        const pipeline = project.pipeline();
        await pipeline.succeeds('dryrun');
        plans[at] = ['plan.txt', 'plan.json', 'counts.json']
          .map((file) => fs.readFileSync(path.join(pipeline.plans, file), 'utf8'))
          .join('');
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));

    expect(plans).toHaveLength(RUNS);
    expect(plans[0]).toContain(
      'stage: stage of all, team: team of all, tier: tier of all, unit: unit of all, zone: zone of all}',
    );
    expect(plans.filter((plan) => plan !== plans[0])).toEqual([]);
    const texts = filesUnder(printed).map((file) => fs.readFileSync(file, 'utf8'));
    expect(texts).toHaveLength(RUNS);
    const orders = texts.map((text) => text.replaceAll(/\S*\/tmp\.\w+/g, ''));
    expect(new Set(orders).size).toBe(RUNS);
  }, 400_000);
});
