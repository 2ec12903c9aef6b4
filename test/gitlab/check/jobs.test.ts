import { checkPipeline } from '../../../src/gitlab';
import { file, lines, problems } from './support';

describe('the work of a job', () => {
  test('is a script, steps or a trigger, also from a template', () => {
    expect(
      lines({
        a: { script: 'x' },
        b: { run: [{ name: 's', script: 'x' }] },
        c: { trigger: 'a/b' },
        '.t': { script: 'x' },
        d: { extends: '.t' },
        '.partial': { timeout: '1h' },
      }),
    ).toEqual([]);
  });

  test.each([
    ['nothing', { stage: 'test' }, 'has none of script, run and trigger'],
    ['an empty job', {}, 'has none of script, run and trigger'],
    ['a script and a trigger', { script: 'x', trigger: 'a/b' }, 'trigger: has script and trigger'],
    ['a script and steps', { script: 'x', run: [{ name: 'a', script: 'x' }] }, 'run: has script and run'],
  ])('fails for %s', (_what, job, message) => {
    expect(lines({ job })).toEqual([expect.stringContaining(message)]);
  });

  test('fails when the template brings the second one', () => {
    expect(lines({ '.t': { script: 'x' }, job: { extends: '.t', trigger: 'a/b' } })).toHaveLength(1);
  });
});

describe('a job with a trigger', () => {
  const trigger = { include: 'child.yml', strategy: 'mirror' };

  test('takes what needs no runner', () => {
    const job = { trigger, rules: [{ if: '$A' }], needs: [], variables: { A: '1' }, allow_failure: true };
    expect(lines({ job: { ...job, parallel: { matrix: [{ A: '1' }] } } })).toEqual([]);
  });

  test.each([
    ['an image', { image: 'x' }, 'image: does not go together with trigger'],
    ['artifacts', { artifacts: { paths: ['x'] } }, 'artifacts: does not go together with trigger'],
    ['exit codes', { allow_failure: { exit_codes: 3 } }, 'allow_failure: has exit codes'],
    ['a number of instances', { parallel: 2 }, 'parallel: is the number 2'],
    ['a delay', { when: 'delayed', start_in: '1h' }, "when: is 'delayed'"],
  ])('fails with %s', (_what, more, message) => {
    expect(lines({ job: { trigger, ...more } }).join('\n')).toContain(message);
  });
});

describe('what comes from a template', () => {
  test('may be completed by the job', () => {
    const template = {
      environment: { action: 'stop' },
      artifacts: { expose_as: 'plan' },
      id_tokens: { A: {} },
    };
    const job = {
      extends: '.t',
      script: 'x',
      environment: { name: 'eu' },
      artifacts: { paths: ['plan.txt'] },
      id_tokens: { A: { aud: 'x' } },
    };
    expect(lines({ '.t': template, job })).toEqual([]);
  });

  test('fails once where it is written, however many extend it', () => {
    const found = problems({
      '.t': { script: 'x', timeout: 'soon' },
      a: { extends: '.t' },
      b: { extends: '.t' },
    });
    expect(found).toEqual([expect.objectContaining({ job: '.t', keyword: 'timeout' })]);
  });

  test('fails once for what is still missing after the merge', () => {
    const found = problems({
      '.t': { script: 'x', environment: { action: 'stop' } },
      a: { extends: '.t' },
      b: { extends: '.t' },
    });
    expect(found).toEqual([expect.objectContaining({ job: 'a', keyword: 'environment.name' })]);
  });

  test('fails for access of the template and public of the job', () => {
    const found = problems({
      '.t': { artifacts: { access: 'none' } },
      job: { extends: '.t', script: 'x', artifacts: { public: true } },
    });
    expect(found).toEqual([expect.objectContaining({ job: 'job', keyword: 'artifacts.public' })]);
  });
});

describe('values of the wrong type', () => {
  const circular: Record<string, unknown> = { script: 'x' };
  circular.variables = circular;

  test.each([
    ['a number', 5, 'is the number 5; expected a job'],
    ['text', 'script', "is 'script'; expected a job"],
    ['null', null, 'is null; expected a job'],
    ['undefined', undefined, 'is null; expected a job'],
    ['a list', ['x'], 'is a list; expected a job'],
    ['a function', () => 1, 'is a function; expected a job'],
    ['a date', new Date(0), 'is an instance of Date; expected plain data'],
    ['an object that contains itself', circular, 'nested more than 100 levels deep, or contains itself'],
    [
      'a function inside',
      { script: 'x', variables: { A: () => 1 } },
      'variables.A: is a function; expected plain',
    ],
    ['no number', { script: 'x', parallel: Number.NaN }, 'parallel: is the number NaN; expected plain data'],
    ['null inside', { script: 'x', rules: null }, 'rules: is null; expected a list of rules'],
    ['null in a list', { script: 'x', rules: [null] }, 'rules[0]: is null'],
    ['needs that are text', { script: 'x', needs: 'a' }, "needs: is 'a'; expected a list of needs"],
    [
      'a need that is a number',
      { script: 'x', needs: [5] },
      'needs[0]: is the number 5; expected a job name',
    ],
    ['extends that is a number', { script: 'x', extends: 5 }, 'extends: is the number 5'],
    ['a stage that is an object', { script: 'x', stage: {} }, 'stage: is an object; expected text'],
    ['an environment that is a number', { script: 'x', environment: 5 }, 'environment: is the number 5'],
  ])('fails with a problem for %s', (_what, job, message) => {
    expect(lines({ job, other: { script: 'x' } })).toEqual([expect.stringContaining(message)]);
  });

  test('fails with a problem for files that are none', () => {
    const files = [file('ci.yml', { job: { script: 'x' } }), null, { path: 'x.yml', pipeline: {} }] as never;
    expect(checkPipeline(files).map((problem) => problem.file)).toEqual(['null', 'x.yml']);
  });

  test('all problems come at once', () => {
    const found = lines({
      a: { script: 5, stage: 'no', timeout: 'x' },
      b: {},
      c: { script: 'x', needs: ['z'] },
    });
    expect(found).toHaveLength(5);
  });
});
