import { Cluster, Fleet, Wave, type WaveProps } from '../../src';
import { BASE, type Event, jobsFor, pipelineOf, type RenderedPipeline, render } from './support';

const MAIN = { CI_COMMIT_BRANCH: 'main', CI_DEFAULT_BRANCH: 'main' };
const TOPIC = { CI_COMMIT_BRANCH: 'topic', CI_DEFAULT_BRANCH: 'main' };
const NAME = 'a.example.com';
const FILES = [`clusters/${NAME}/kops.yaml`, `clusters/${NAME}/pipeline.yml`];

const event = (source: string, variables = {}, changed?: readonly string[]): Event => ({
  variables: { CI_PIPELINE_SOURCE: source, ...variables },
  ...(changed && { changed }),
});
const mergeRequest = (...changed: string[]) =>
  event('merge_request_event', { CI_DEFAULT_BRANCH: 'main', CI_MERGE_REQUEST_IID: '7' }, changed);
const merge = (...changed: string[]) => event('push', MAIN, changed);
const asked = (source: string, branch = MAIN, action = 'rollout', cluster = NAME) =>
  event(source, { ...branch, CDKOPS_CLUSTER: cluster, CDKOPS_ACTION: action });

/** a.example.com and its neighbour. */
function two(waveProps: WaveProps = {}, retired = false): RenderedPipeline {
  const fleet = new Fleet(BASE);
  const wave = new Wave(fleet, 'dev', waveProps);
  new Cluster(wave, NAME, { zones: ['eu-central-1a'], retired });
  new Cluster(wave, 'b.example.com', { zones: ['eu-central-1a'] });
  return render(fleet);
}

const VERIFY = { verify: 'on_success' };
const DRYRUN = { [`dryrun:${NAME}`]: 'on_success' };
const ROLLOUT = {
  ...DRYRUN,
  [`update:${NAME}`]: 'manual',
  [`roll:${NAME}`]: 'manual',
  [`prune:${NAME}`]: 'manual',
};
const DRIFT = { [`drift:${NAME}`]: 'on_success', 'drift:b.example.com': 'on_success' };
const END = { [`retire:${NAME}`]: 'on_success', [`delete:${NAME}`]: 'manual' };

describe('the jobs of a pipeline', () => {
  test.each<[string, Event, object]>([
    [
      'a merge request that changes a manifest',
      mergeRequest(`clusters/${NAME}/kops.yaml`),
      { ...VERIFY, ...DRYRUN },
    ],
    [
      'a merge request that changes jobs',
      mergeRequest(`clusters/${NAME}/pipeline.yml`),
      { ...VERIFY, ...DRYRUN },
    ],
    ['a merge request that changes neither', mergeRequest('README.md', '.gitlab-ci.yml'), VERIFY],
    ['a merge', merge(`clusters/${NAME}/kops.yaml`), { ...VERIFY, ...ROLLOUT }],
    ['a merge that changes no cluster', merge('clusters/fleet.ts'), VERIFY],
    ['a push to another branch', event('push', TOPIC, FILES), {}],
    ['a push of a tag', event('push', { CI_COMMIT_TAG: 'v1', CI_DEFAULT_BRANCH: 'main' }), {}],
    ['a schedule', event('schedule', MAIN), DRIFT],
    ['a schedule that names a cluster', asked('schedule'), DRIFT],
    ['a schedule of another branch', event('schedule', TOPIC), {}],
    ['a person', event('web', MAIN), VERIFY],
    ['a person who names a cluster', asked('web'), { ...VERIFY, ...ROLLOUT }],
    ['a program that names a cluster', asked('api'), { ...VERIFY, ...ROLLOUT }],
    ['a person on another branch', asked('web', TOPIC), VERIFY],
    ['a person who wants a plan', asked('web', MAIN, 'plan'), { ...VERIFY, ...DRYRUN }],
    ['a person who wants a plan of another branch', asked('web', TOPIC, 'plan'), { ...VERIFY, ...DRYRUN }],
    ['a person who wants to know of drift', asked('web', MAIN, 'drift', 'all'), { ...VERIFY, ...DRIFT }],
    ['the same on another branch', asked('web', TOPIC, 'drift', 'all'), { ...VERIFY, ...DRIFT }],
    ['a person who goes back', asked('web', MAIN, 'rollback'), { ...VERIFY, ...ROLLOUT }],
    ['a person who goes back on another branch', asked('web', TOPIC, 'rollback'), VERIFY],
    ['a person who names part of a cluster', asked('web', MAIN, 'rollout', 'a.example'), VERIFY],
    ['a person who names what is no cluster', asked('web', MAIN, 'rollout', 'axexample.com'), VERIFY],
    ['a person who wants what there is not', asked('web', MAIN, 'rolout'), VERIFY],
    ['a trigger token', asked('trigger'), {}],
    ['another pipeline', asked('pipeline'), {}],
    ['a source whose name has "web" in it', asked('webide'), {}],
  ])('%s', (_what, given, expected) => {
    expect(jobsFor(two(), given)).toEqual(expected);
  });

  test('plans may be kept out of merge requests', () => {
    const pipeline = two({ plansInMergeRequests: false });
    expect(jobsFor(pipeline, mergeRequest(...FILES))).toEqual(VERIFY);
    expect(jobsFor(pipeline, merge(...FILES))).toEqual({ ...VERIFY, ...ROLLOUT });
    expect(jobsFor(pipeline, event('schedule', MAIN))).toEqual(DRIFT);
    for (const action of ['plan', 'drift']) {
      expect(jobsFor(pipeline, asked('web', TOPIC, action))).toEqual(VERIFY);
      expect(jobsFor(pipeline, asked('web', MAIN, action))).not.toEqual(VERIFY);
    }
  });

  test.each<[string, Event, object]>([
    ['a merge request', mergeRequest(...FILES), VERIFY],
    ['a merge', merge(...FILES), { ...VERIFY, ...END }],
    ['a schedule', event('schedule', MAIN), { 'drift:b.example.com': 'on_success' }],
    ['a person', asked('web'), { ...VERIFY, ...END }],
  ])('of a retired cluster: %s', (_what, given, expected) => {
    expect(jobsFor(two({}, true), given)).toEqual(expected);
  });
});

describe('needs', () => {
  test.each<[string, Event]>([
    ['merge request', mergeRequest(...FILES)],
    ['merge', merge(...FILES)],
    ['schedule', event('schedule', MAIN)],
    ['person', asked('web')],
  ])('are there in the pipeline of a %s', (_what, given) => {
    for (const pipeline of [two(), two({}, true), two({ plansInMergeRequests: false, prune: false })]) {
      const jobs = Object.keys(jobsFor(pipeline, given));
      for (const job of jobs) {
        const needs: (string | { job: string; optional?: boolean })[] = pipeline.jobs[job].needs ?? [];
        expect(jobs).toEqual(
          expect.arrayContaining(
            needs.flatMap((need) => (typeof need === 'string' ? need : need.optional ? [] : need.job)),
          ),
        );
      }
    }
  });

  test('are: the plan for the update, that for the roll, all for the prune', () => {
    const { jobs } = pipelineOf();
    const needs = (step: string) => jobs[`${step}:${NAME}`].needs;
    expect(needs('dryrun')).toEqual([]);
    expect(needs('drift')).toEqual([]);
    expect(needs('update')).toEqual([{ job: 'verify', optional: true }, `dryrun:${NAME}`]);
    expect(needs('roll')).toEqual([`update:${NAME}`]);
    expect(needs('prune')).toEqual([`roll:${NAME}`, `dryrun:${NAME}`]);
  });

  test('are: what would be deleted, for deleting it', () => {
    const { jobs } = pipelineOf({ retired: true });
    expect(jobs[`retire:${NAME}`].needs).toEqual([]);
    expect(jobs[`delete:${NAME}`].needs).toEqual([{ job: 'verify', optional: true }, `retire:${NAME}`]);
  });

  test('leave out a verify that is not there', () => {
    const { jobs, findings } = pipelineOf({}, { pipeline: { verify: false } });
    expect(jobs.verify).toBeUndefined();
    expect(jobs[`update:${NAME}`].needs).toEqual([`dryrun:${NAME}`]);
    expect(findings).toEqual([]);
  });
});
