import { ConfigurationError } from '.';
import { PUSH, project } from './support';

const LOCKED = [
  'stages: [one, two]',
  'a: {stage: one, script: x, resource_group: $LOCK, variables: {LOCK: shared}}',
  'b: {stage: one, script: x, resource_group: shared}',
  'c: {stage: one, script: x, resource_group: other}',
  'd: {stage: two, script: x}',
].join('\n');

describe('a resource group', () => {
  test('lets one job run at a time, in all pipelines', () => {
    const one = project(LOCKED);
    const [first, second] = [one.start(PUSH), one.start(PUSH)];
    expect([first.ready(), second.ready()]).toEqual([['a', 'c'], []]);
    expect([first.state('b'), second.state('a'), second.state('c')]).toEqual(
      Array(3).fill('waiting_for_resource'),
    );
    first.succeed('c');
    expect(second.ready()).toEqual(['c']);
    const seen: string[] = [];
    for (let running = one.ready(); running.length > 0; running = one.ready()) {
      const shared = running.filter(({ job }) => job === 'a' || job === 'b');
      expect(shared.length).toBeLessThanOrEqual(1);
      for (const { pipeline, job } of running) {
        seen.push(`${pipeline.path} ${job}`);
        pipeline.succeed(job);
        break;
      }
    }
    expect(seen.sort()).toEqual(['1 a', '1 b', '1 d', '2 a', '2 b', '2 c', '2 d']);
  });

  test.each(['fail', 'cancel'] as const)('is free again when its job did %s', (step) => {
    const p = project(LOCKED).start(PUSH);
    p[step]('a');
    expect(p.ready()).toEqual(['b', 'c']);
  });

  test('is not held by a job that waits for a person', () => {
    const one = project('a: {script: x, when: manual, resource_group: r}\nb: {script: x, resource_group: r}');
    const p = one.start(PUSH);
    expect(p.ready()).toEqual(['b']);
    p.play('a');
    expect(p.state('a')).toBe('waiting_for_resource');
    p.cancel('a');
    p.succeed('b');
    expect(p.ready()).toEqual([]);
  });

  test('holds up what comes after a job that waits for it', () => {
    const p = project(LOCKED).start(PUSH);
    p.succeed('a');
    p.succeed('c');
    expect(p.state('d')).toBe('created');
  });

  test('without a name is an error', () => {
    expect(() => project('a: {script: x, resource_group: $LOCK}').start(PUSH)).toThrow(ConfigurationError);
  });
});
