import { lines, problems } from './support';

const x = { script: 'x' };
const many = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`n${index}`, { stage: 'build', script: 'x' }]),
  );

describe('needs', () => {
  test('may name jobs of the same stage or an earlier one', () => {
    expect(
      lines({ a: { ...x, stage: 'build' }, b: x, c: { ...x, needs: ['a', { job: 'b', artifacts: false }] } }),
    ).toEqual([]);
  });

  test('may name absent jobs that are optional, instances of parallel jobs, and jobs elsewhere', () => {
    const needs = [
      { job: 'no', optional: true },
      'p 1/3',
      'm: [a, b]',
      { pipeline: '$PARENT', job: 'far' },
      { project: 'a/b', ref: 'main', job: 'far' },
    ];
    const matrix = [{ A: ['a'], B: ['b'] }];
    expect(
      lines({ p: { ...x, parallel: 3 }, m: { ...x, parallel: { matrix } }, job: { ...x, needs } }),
    ).toEqual([]);
  });

  test('may name jobs of files that are not given', () => {
    expect(lines({ job: { ...x, needs: ['no'] } }, { include: { project: 'a/b', file: 'x.yml' } })).toEqual(
      [],
    );
  });

  test.each([
    ['a job that is not there', ['no'], "needs: names 'no', but no file has such a job"],
    ['a template', ['.t'], "needs: names the template '.t', which is no job"],
    ['a job twice', ['a', { job: 'a' }], "needs: names 'a' twice"],
    ['a job of a later stage', ['late'], "needs: names 'late' of stage 'deploy', which comes after 'test'"],
    ['nothing', [{}], 'needs[0].job: is missing'],
    ['a project without ref', [{ project: 'a/b', job: 'x' }], 'needs[0].ref: is missing'],
  ])('fails for %s', (_what, needs, message) => {
    const jobs = { '.t': x, a: x, late: { ...x, stage: 'deploy' }, job: { ...x, needs } };
    expect(lines(jobs)).toEqual([expect.stringContaining(message)]);
  });

  test('takes 50 jobs', () => {
    expect(problems({ ...many(50), job: { ...x, needs: Object.keys(many(50)) } })).toEqual([]);
  });

  test('fails for 51 jobs', () => {
    expect(problems({ ...many(51), job: { ...x, needs: Object.keys(many(51)) } })).toEqual([
      expect.objectContaining({
        job: 'job',
        keyword: 'needs',
        message: expect.stringContaining('names 51 jobs'),
      }),
    ]);
  });

  test('fails for a parallel job of more than 50 instances', () => {
    expect(lines({ p: { ...x, parallel: 51 }, job: { ...x, needs: ['p'] } })).toHaveLength(1);
    expect(lines({ p: { ...x, parallel: 50 }, job: { ...x, needs: ['p'] } })).toEqual([]);
  });

  test('fails for a name of more than 128 characters', () => {
    const name = (length: number) => 'x'.repeat(length);
    expect(lines({ [name(128)]: x, job: { ...x, needs: [name(128)] } })).toEqual([]);
    expect(lines({ [name(129)]: x, job: { ...x, needs: [name(129)] } })).toHaveLength(1);
  });

  test('fails in a circle', () => {
    expect(
      lines({ a: { ...x, needs: ['b'] }, b: { ...x, needs: ['c'] }, c: { ...x, needs: ['a'] } }),
    ).toEqual(["ci.yml, job 'a', needs: goes in a circle: a -> b -> c -> a. Take one of them out."]);
    expect(lines({ a: { ...x, needs: ['a'] } })).toHaveLength(1);
  });

  test('fails in a rule', () => {
    expect(lines({ job: { ...x, rules: [{ if: '$A', needs: ['no'] }] } })).toEqual([
      expect.stringContaining("job 'job', rules[0].needs: names 'no'"),
    ]);
    expect(lines({ a: x, job: { ...x, rules: [{ if: '$A', needs: ['a'] }] } })).toEqual([]);
  });

  test('fails once when the list comes from a template', () => {
    expect(
      problems({ '.t': { ...x, needs: ['no'] }, a: { extends: '.t' }, b: { extends: '.t' } }),
    ).toHaveLength(1);
  });
});

describe('dependencies', () => {
  test('may name jobs of an earlier stage, or of the same one where they are needed', () => {
    const early = { ...x, stage: 'build' };
    expect(
      lines({ early, b: { ...x, dependencies: ['early'] }, c: { ...x, needs: ['b'], dependencies: ['b'] } }),
    ).toEqual([]);
    expect(lines({ a: { ...x, dependencies: [] } })).toEqual([]);
  });

  test('may name what a rule needs', () => {
    const job = { ...x, needs: [], rules: [{ if: '$A', needs: ['a'] }], dependencies: ['a'] };
    expect(lines({ a: x, job })).toEqual([]);
  });

  test.each([
    [
      'a job that is not there',
      { dependencies: ['no'] },
      "dependencies: names 'no', but no file has such a job",
    ],
    ['a job of a later stage', { dependencies: ['late'] }, "dependencies: names 'late' of stage 'deploy'"],
    ['a job of the same stage', { dependencies: ['a'] }, "dependencies: names 'a' of stage 'test', which is"],
    [
      'a job that is not needed',
      { needs: ['a'], dependencies: ['b'] },
      "dependencies: names 'b', which is not among",
    ],
    ['a job that starts at once', { needs: [], dependencies: ['a'] }, "names 'a', which is not among needs"],
  ])('fails for %s', (_what, job, message) => {
    const jobs = { a: x, b: x, late: { ...x, stage: 'deploy' }, job: { ...x, ...job } };
    expect(lines(jobs)).toEqual([expect.stringContaining(message)]);
  });

  test('fails for a child pipeline made by a job that is not there', () => {
    const trigger = (job: string) => ({ trigger: { include: [{ artifact: 'x.yml', job }] } });
    expect(lines({ a: x, job: trigger('a') })).toEqual([]);
    expect(lines({ a: x, job: trigger('no') })).toEqual([expect.stringContaining('trigger.include[0].job')]);
  });
});

describe('environment.on_stop', () => {
  const deploy = { ...x, environment: { name: 'eu', on_stop: 'stop' } };

  test('may name a job that stops the environment', () => {
    expect(lines({ deploy, stop: { ...x, environment: { name: 'eu', action: 'stop' } } })).toEqual([]);
  });

  test.each([
    ['is not there', {}, "names 'stop', but no file has such a job"],
    ['does not stop it', { stop: { ...x, environment: { name: 'eu' } } }, 'does not stop this environment'],
    ['stops another', { stop: { ...x, environment: { name: 'us', action: 'stop' } } }, 'does not stop this'],
    ['has none', { stop: x }, 'does not stop this environment'],
  ])('fails for a job that %s', (_what, jobs, message) => {
    expect(lines({ deploy, ...jobs })).toEqual([expect.stringContaining(message)]);
  });
});
