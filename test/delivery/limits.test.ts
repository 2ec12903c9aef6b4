import { Fleet, KopsCluster, Wave } from '../../src';
import { ENVIRONMENT_JOBS_MAX, ENVIRONMENT_NAME, ENVIRONMENT_NAME_MAX, JOB_NAME_MAX } from '../../src/gitlab';
import { NEEDED_JOB_NAME_MAX, PIPELINES_IN_TREE_MAX } from '../../src/gitlab/limits';
import { type Files, Project, type RunningPipeline } from './pipeline-model';
import { filesOf } from './pipeline-model/fleet-project';
import { fileOf } from './pipeline-model/fleets';
import { Random } from './pipeline-model/random';
import { BASE } from './support';

/** Alike in their first sixty characters. */
const nameOf = (number: number) =>
  `the-clusters-of-a-company-whose-names-are-all-alike-and-long.${String(number).padStart(4, '0')}.example`;

/** Of ten clusters one is in each of the first two waves. */
const waveOf = (index: number) => ['dev', 'stage'][index % 10] ?? 'prod';

/** Clusters in three waves. */
function fleetOf(size: number, further: readonly number[] = []): Fleet {
  const fleet = new Fleet({ ...BASE, approval: 'none' });
  const waves = new Map(['dev', 'stage', 'prod'].map((name) => [name, new Wave(fleet, name)]));
  for (const index of [...Array(size).keys(), ...further]) {
    const wave = waves.get(waveOf(index)) ?? fleet;
    new KopsCluster(wave, nameOf(index), { spec: { cloudProvider: 'gce' } });
  }
  return fleet;
}

const all = (action: string) => ({
  source: 'web',
  branch: 'main',
  variables: { CDKOPS_CLUSTER: 'all', CDKOPS_ACTION: action },
});

/** Lets everything go well, as far as it goes by itself. */
function finish({ project }: RunningPipeline): void {
  for (let ready = project.ready(); ready.length > 0; ready = project.ready()) {
    for (const { pipeline, job } of ready) if (pipeline.state(job) === 'pending') pipeline.succeed(job);
  }
}

describe.each([1, 3, 100, 101, 1000])('the pipelines of %d clusters', (size) => {
  let files: Files;
  beforeAll(() => {
    files = filesOf(fleetOf(size));
  });

  test.each(['rollout', 'plan', 'drift'])('all at once are within the limits: %s', (action) => {
    const pipeline = new Project(files).start(all(action));
    finish(pipeline);
    expect(pipeline.project.faults).toEqual([]);
    expect(pipeline.all.length).toBeLessThanOrEqual(PIPELINES_IN_TREE_MAX);
    const found: string[] = [];
    for (const { jobs } of pipeline.all) {
      let environments = 0;
      for (const { name, plan } of jobs.values()) {
        found.push(name);
        expect(name.length).toBeLessThanOrEqual(JOB_NAME_MAX);
        for (const { job } of plan.needs ?? []) expect(job.length).toBeLessThanOrEqual(NEEDED_JOB_NAME_MAX);
        if (plan.data.environment !== undefined) environments += 1;
        if (plan.resourceGroup === undefined) continue;
        expect(plan.resourceGroup).toMatch(ENVIRONMENT_NAME);
        expect(plan.resourceGroup.length).toBeLessThanOrEqual(ENVIRONMENT_NAME_MAX);
      }
      expect(environments).toBeLessThanOrEqual(ENVIRONMENT_JOBS_MAX);
    }
    const step = { rollout: 'roll:', plan: 'dryrun:', drift: 'drift:' }[action] ?? '';
    const clusters = found.filter((name) => name.startsWith(step) && name.endsWith('.example'));
    expect(new Set(clusters).size).toBe(size);
    if (action === 'rollout') {
      const rolls = pipeline.all.flatMap(({ jobs }) =>
        [...jobs.values()].filter(({ name }) => clusters.includes(name)),
      );
      expect(rolls.map(({ status }) => status)).toEqual(Array(size).fill('success'));
    }
  });

  test('some at once: each that changed has its jobs, and no child pipeline is empty', () => {
    const random = new Random(size);
    for (let round = 0; round < 5; round += 1) {
      const numbers = Array.from({ length: random.pick([1, 2, 5]) }, () => Math.floor(random.next() * size));
      const changed = numbers.map((number) => fileOf(nameOf(number), random));
      const pipeline = new Project(files).start({ source: 'push', branch: 'main', changed });
      finish(pipeline);
      expect(pipeline.project.faults).toEqual([]);
      if (numbers.some((number) => waveOf(number) === 'prod')) {
        expect([...pipeline.jobs.keys()]).toEqual(
          expect.arrayContaining(['rolled:dev', 'rolled:stage', 'open:prod']),
        );
      }
      const rolled = pipeline.all.flatMap(({ jobs }) =>
        [...jobs.keys()].filter((name) => /^roll:the-/.test(name)),
      );
      expect(rolled.sort()).toEqual([...new Set(numbers)].map((number) => `roll:${nameOf(number)}`).sort());
    }
  });
});

test('thousands of other files start no child pipeline, which would be empty', () => {
  // With more than 50,000 pairs of files and patterns GitLab no longer compares, and takes a rule for met.
  const changed = Array.from({ length: 2400 }, (_, index) => `docs/${index}.md`);
  const pipeline = new Project(filesOf(fleetOf(101))).start({ source: 'push', branch: 'main', changed });
  expect([...pipeline.jobs.keys()]).toEqual(['verify']);
});

test('one cluster more, of a thousand, is another line in two files and a file of its own', () => {
  const before = filesOf(fleetOf(1000));
  const after = filesOf(fleetOf(1000, [1002]));
  const written = [...after].filter(
    ([path, data]) => JSON.stringify(data) !== JSON.stringify(before.get(path)),
  );
  expect([...before.keys()].filter((path) => !after.has(path))).toEqual([]);
  expect(written.map(([path]) => path)).toContain(`clusters/${nameOf(1002)}/pipeline.yml`);
  expect(written.length).toBeLessThanOrEqual(3);
});
