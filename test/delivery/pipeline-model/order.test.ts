import { ImpossibleStep } from '.';
import { pipeline, states } from './support';

/** What each of GitLab's rules of order does to a tiny pipeline. */
const STAGES = 'stages: [one, two, three]\n';
const job = (name: string, more: string) => `${name}: {script: x, ${more}}\n`;
const manual = (name: string, more = 'stage: one') =>
  job(name, `${more}, when: manual, allow_failure: false`);
const optional = (name: string, more = 'stage: one') => job(name, `${more}, when: manual`);
const plain = (name: string, stage: string, more = '') => job(name, `stage: ${stage}${more && `, ${more}`}`);

describe('without needs a job', () => {
  test('waits for all jobs of all earlier stages, also for those that have needs themselves', () => {
    const p = pipeline(
      `${STAGES}${plain('a', 'one')}${plain('b', 'two', 'needs: []')}${plain('c', 'three')}`,
    );
    expect(p.ready()).toEqual(['a', 'b']);
    p.succeed('a');
    expect(p.state('c')).toBe('created');
    p.succeed('b');
    expect(p.ready()).toEqual(['c']);
  });

  test('waits for a blocking manual job, and not for an optional one', () => {
    const p = pipeline(`${STAGES}${manual('a')}${optional('b')}${plain('c', 'two')}`);
    expect(states(p)).toEqual({ a: 'manual', b: 'manual', c: 'created' });
    expect(p.status).toBe('manual');
    p.play('a');
    p.succeed('a');
    expect(states(p)).toEqual({ a: 'success', b: 'manual', c: 'pending' });
  });

  test('waits for an optional manual job once that has been started', () => {
    const p = pipeline(`${STAGES}${plain('a', 'one')}${optional('b')}${plain('c', 'two')}`);
    p.play('b');
    p.succeed('a');
    expect(p.state('c')).toBe('created');
    p.fail('b');
    expect(p.state('c')).toBe('pending');
  });

  test('waits for a manual job although another has failed, and is skipped afterwards', () => {
    const p = pipeline(`${STAGES}${manual('a')}${plain('b', 'one')}${plain('c', 'two')}`);
    p.fail('b');
    expect(p.state('c')).toBe('created');
    p.play('a');
    p.succeed('a');
    expect(p.state('c')).toBe('skipped');
  });

  test.each([
    ['fail', 'failed'],
    ['cancel', 'canceled'],
  ] as const)('is skipped where one before it did %s', (step, state) => {
    const p = pipeline(`${STAGES}${plain('a', 'one')}${plain('b', 'two')}${plain('c', 'three')}`);
    p[step]('a');
    expect(states(p)).toEqual({ a: state, b: 'skipped', c: 'skipped' });
  });

  test.each(['fail', 'cancel'] as const)('goes on where one that may did %s', (step) => {
    const p = pipeline(`${STAGES}${plain('a', 'one', 'allow_failure: true')}${plain('b', 'two')}`);
    p[step]('a');
    expect(p.state('b')).toBe('pending');
  });

  test('goes on with the exit codes that are warnings alone', () => {
    const text = `${STAGES}${plain('a', 'one', 'allow_failure: {exit_codes: [100]}')}${plain('b', 'two')}`;
    const [p, q] = [pipeline(text), pipeline(text)];
    p.fail('a', 100);
    q.fail('a', 1);
    expect([p.state('b'), q.state('b')]).toEqual(['pending', 'skipped']);
  });

  test('goes on where all before it was skipped', () => {
    const p = pipeline(`${STAGES}${optional('a')}${plain('b', 'two', 'needs: [a]')}${plain('c', 'three')}`);
    expect(states(p)).toEqual({ a: 'manual', b: 'skipped', c: 'pending' });
  });

  test('is skipped where one was skipped because another had failed', () => {
    const p = pipeline(
      `${STAGES}${plain('a', 'one')}${plain('b', 'two', 'needs: [a]')}${plain('c', 'three')}`,
    );
    p.fail('a');
    expect(states(p)).toEqual({ a: 'failed', b: 'skipped', c: 'skipped' });
  });

  test('runs at once in a stage before which nothing is', () => {
    expect(pipeline(`${STAGES}${plain('a', 'three')}`).ready()).toEqual(['a']);
  });

  test('does not wait for its own stage', () => {
    expect(pipeline(`${STAGES}${manual('a')}${plain('b', 'one')}`).ready()).toEqual(['b']);
  });
});

describe('with needs a job', () => {
  test('waits for these alone, whatever the stages', () => {
    const p = pipeline(`${STAGES}${manual('a')}${plain('b', 'one')}${plain('c', 'three', 'needs: [b]')}`);
    p.succeed('b');
    expect(p.ready()).toEqual(['c']);
  });

  test('waits for a blocking manual job', () => {
    const p = pipeline(`${STAGES}${manual('a')}${plain('b', 'two', 'needs: [a]')}`);
    expect(p.state('b')).toBe('created');
    p.play('a');
    expect(p.state('b')).toBe('created');
    p.succeed('a');
    expect(p.state('b')).toBe('pending');
  });

  test('is skipped by an optional manual job that waits, and comes back when that is started', () => {
    const p = pipeline(`${STAGES}${optional('a')}${plain('b', 'two', 'needs: [a]')}`);
    expect(p.state('b')).toBe('skipped');
    p.play('a');
    expect(p.state('b')).toBe('created');
    p.succeed('a');
    expect(p.state('b')).toBe('pending');
  });

  test('is skipped by a skipped one, even where all else is well', () => {
    const p = pipeline(
      `${STAGES}${plain('a', 'one')}${plain('b', 'one')}${plain('c', 'two', 'needs: [a]')}${plain('d', 'three', 'needs: [b, c]')}`,
    );
    p.succeed('b');
    p.fail('a');
    expect(states(p)).toEqual({ a: 'failed', b: 'success', c: 'skipped', d: 'skipped' });
  });

  test('is skipped by a canceled one', () => {
    const p = pipeline(`${STAGES}${plain('a', 'one')}${plain('b', 'two', 'needs: [a]')}`);
    p.cancel('a');
    expect(p.state('b')).toBe('skipped');
  });

  test('goes on behind one that failed and may', () => {
    const p = pipeline(
      `${STAGES}${plain('a', 'one', 'allow_failure: true')}${plain('b', 'two', 'needs: [a]')}`,
    );
    p.fail('a');
    expect(p.state('b')).toBe('pending');
  });

  test('waits for an optional need that is there', () => {
    const p = pipeline(`${STAGES}${manual('a')}${plain('b', 'two', 'needs: [{job: a, optional: true}]')}`);
    expect(p.state('b')).toBe('created');
  });

  test('is skipped by an optional need that failed', () => {
    const p = pipeline(
      `${STAGES}${plain('a', 'one')}${plain('b', 'two', 'needs: [{job: a, optional: true}]')}`,
    );
    p.fail('a');
    expect(p.state('b')).toBe('skipped');
  });

  test('starts at once where all its needs are optional and absent', () => {
    const absent = plain('a', 'one', 'rules: [{when: never}]');
    const p = pipeline(
      `${STAGES}${absent}${manual('b')}${plain('c', 'three', 'needs: [{job: a, optional: true}]')}`,
    );
    expect(p.ready()).toEqual(['c']);
  });

  test('may need one of its own stage', () => {
    const p = pipeline(`${STAGES}${plain('b', 'one', 'needs: [a]')}${plain('a', 'one')}`);
    expect(p.ready()).toEqual(['a']);
    p.succeed('a');
    expect(p.ready()).toEqual(['b']);
  });

  test('waits for a person where it is manual, when its needs are done', () => {
    const p = pipeline(`${STAGES}${plain('a', 'one')}${manual('b', 'stage: two, needs: [a]')}`);
    expect(p.state('b')).toBe('created');
    expect(() => p.play('b')).toThrow(ImpossibleStep);
    p.succeed('a');
    expect(p.playable()).toEqual(['b']);
  });
});

describe('when', () => {
  test('on_failure runs after a failure, and not after a cancellation', () => {
    const text = `${STAGES}${plain('a', 'one')}${plain('b', 'two', 'when: on_failure')}`;
    const [p, q, r] = [pipeline(text), pipeline(text), pipeline(text)];
    p.fail('a');
    q.cancel('a');
    r.succeed('a');
    expect([p, q, r].map((one) => one.state('b'))).toEqual(['pending', 'skipped', 'skipped']);
  });

  test('always runs after all but a cancellation', () => {
    const text = `${STAGES}${plain('a', 'one')}${plain('b', 'two', 'when: always')}`;
    const [p, q] = [pipeline(text), pipeline(text)];
    p.fail('a');
    q.cancel('a');
    expect([p, q].map((one) => one.state('b'))).toEqual(['pending', 'skipped']);
  });
});

describe('a delayed job', () => {
  const text = `${STAGES}${plain('a', 'one')}${plain('b', 'two', 'when: delayed, start_in: 1 hour')}${plain('c', 'three')}`;

  test('counts from when what is before it is done, and holds up what is after it', () => {
    const p = pipeline(text);
    p.project.elapse(7200);
    p.succeed('a');
    expect(states(p)).toEqual({ a: 'success', b: 'scheduled', c: 'created' });
    p.project.elapse(3599);
    expect(p.state('b')).toBe('scheduled');
    p.project.elapse(1);
    expect(p.state('b')).toBe('pending');
    p.succeed('b');
    expect(p.state('c')).toBe('pending');
  });

  test('waits for a person once somebody has stopped its clock', () => {
    const p = pipeline(text);
    p.succeed('a');
    p.unschedule('b');
    p.project.elapse(36_000);
    expect(states(p)).toEqual({ a: 'success', b: 'manual', c: 'created' });
    p.play('b');
    expect(p.state('b')).toBe('pending');
  });

  test('can be started before its time', () => {
    const p = pipeline(text);
    p.succeed('a');
    p.play('b');
    expect(p.ready()).toEqual(['b']);
  });

  test('that may fail and whose clock was stopped holds nothing up', () => {
    const may = plain('a', 'one', 'when: delayed, start_in: 1 hour, allow_failure: true');
    const p = pipeline(`${STAGES}${may}${plain('b', 'two')}`);
    expect(p.state('b')).toBe('created');
    p.unschedule('a');
    expect(p.state('b')).toBe('pending');
  });

  test('holds up what needs it', () => {
    const p = pipeline(
      `${STAGES}${plain('a', 'one', 'when: delayed, start_in: 1 hour')}${plain('b', 'two', 'needs: [a]')}`,
    );
    expect(p.state('b')).toBe('created');
  });
});

describe('run again', () => {
  test('a failed job brings back what was skipped after it, by needs and by stage', () => {
    const p = pipeline(
      `${STAGES}${plain('a', 'one')}${plain('b', 'one', 'needs: [a]')}${plain('c', 'two')}${manual('d', 'stage: three')}`,
    );
    p.fail('a');
    expect(states(p)).toEqual({ a: 'failed', b: 'skipped', c: 'skipped', d: 'skipped' });
    p.retry('a');
    expect(states(p)).toEqual({ a: 'pending', b: 'created', c: 'created', d: 'created' });
    p.succeed('a');
    p.succeed('b');
    p.succeed('c');
    expect(p.state('d')).toBe('manual');
  });

  test('a manual job does not wait for another click', () => {
    const p = pipeline(`${STAGES}${manual('a')}`);
    p.play('a');
    p.fail('a');
    p.retry('a');
    expect(p.ready()).toEqual(['a']);
  });

  test('a job that is done leaves alone what was done after it', () => {
    const p = pipeline(`${STAGES}${plain('a', 'one')}${plain('b', 'two')}${plain('c', 'three')}`);
    p.succeed('a');
    p.succeed('b');
    p.retry('a');
    expect(states(p)).toEqual({ a: 'pending', b: 'success', c: 'pending' });
  });

  test('a job after one that failed is looked at as if for the first time', () => {
    const p = pipeline(`${STAGES}${plain('a', 'one')}${plain('b', 'two')}${plain('c', 'three')}`);
    p.succeed('a');
    p.fail('b');
    p.retry('a');
    p.fail('a');
    p.retry('b');
    expect(states(p)).toEqual({ a: 'failed', b: 'skipped', c: 'skipped' });
  });

  test.each(['skipped', 'created', 'manual', 'pending'])('a job that is %s cannot be', (state) => {
    const p = pipeline(
      `${STAGES}${plain('pending', 'one')}${manual('manual')}${plain('created', 'two')}${optional('other')}${plain('skipped', 'two', 'needs: [other]')}`,
    );
    expect(p.state(state)).toBe(state);
    expect(() => p.retry(state)).toThrow(ImpossibleStep);
  });
});

describe('steps that nobody can take are told', () => {
  const p = pipeline(`${STAGES}${plain('a', 'one')}${plain('b', 'two')}`);

  test.each([
    ['succeed', 'b'],
    ['fail', 'b'],
    ['play', 'a'],
    ['unschedule', 'a'],
    ['state', 'nowhere'],
    ['child', 'a'],
  ] as const)('%s %s', (step, name) => {
    expect(() => p[step](name)).toThrow(ImpossibleStep);
  });
});

describe('artifacts come', () => {
  test('from earlier stages, where nothing else is said', () => {
    const p = pipeline(`${STAGES}${plain('a', 'one')}${plain('b', 'two')}${plain('c', 'two')}`);
    expect(p.fetches('c')).toEqual(['a']);
  });

  test('from dependencies that are in the pipeline', () => {
    const absent = plain('b', 'one', 'rules: [{when: never}]');
    const p = pipeline(
      `${STAGES}${plain('a', 'one')}${absent}${plain('c', 'one')}${plain('d', 'two', 'dependencies: [a, b]')}`,
    );
    expect(p.fetches('d')).toEqual(['a']);
  });

  test('from needs, but for those without artifacts', () => {
    const p = pipeline(
      `${STAGES}${plain('a', 'one')}${plain('b', 'one')}${plain('c', 'two', 'needs: [a, {job: b, artifacts: false}]')}`,
    );
    expect(p.fetches('c')).toEqual(['a']);
  });
});
