import { Pipeline } from '../../src/gitlab';

describe('a file of configuration', () => {
  test('is rendered in a fixed order: blocks, templates, jobs in the order added', () => {
    const pipeline = new Pipeline({
      include: 'a.yml',
      variables: { B: '1', A: '2' },
      default: { tags: ['kops'], image: 'alpine:3' },
      stages: ['one'],
      workflow: { rules: [{ when: 'always', if: '$A' }], name: 'x' },
    });
    pipeline
      .addJob('second', { script: 'b' })
      .addJob('.template', { script: 'x' })
      .addJob('first', { script: 'a' });
    pipeline.addStage('two').addInclude({ rules: [{ if: '$A' }], local: 'b.yml' });
    expect(JSON.stringify(pipeline)).toBe(
      JSON.stringify({
        workflow: { name: 'x', rules: [{ if: '$A', when: 'always' }] },
        stages: ['one', 'two'],
        default: { image: 'alpine:3', tags: ['kops'] },
        variables: { B: '1', A: '2' },
        include: ['a.yml', { local: 'b.yml', rules: [{ if: '$A' }] }],
        '.template': { script: 'x' },
        second: { script: 'b' },
        first: { script: 'a' },
      }),
    );
  });

  test('renders a job in a fixed order whatever the order of writing', () => {
    const pipeline = new Pipeline().addJob('job', {
      artifacts: { expire_in: '1 day', access: 'developer', paths: ['x'] },
      script: ['x'],
      needs: [{ optional: true, job: 'y' }],
      rules: [{ allow_failure: false, when: 'manual', if: '$A' }],
      resource_group: 'x',
      environment: { action: 'start', name: 'x' },
      stage: 'x',
      extends: '.x',
    });
    expect(JSON.stringify(pipeline.render().job)).toBe(
      JSON.stringify({
        extends: '.x',
        stage: 'x',
        environment: { name: 'x', action: 'start' },
        resource_group: 'x',
        rules: [{ if: '$A', when: 'manual', allow_failure: false }],
        needs: [{ job: 'y', optional: true }],
        script: ['x'],
        artifacts: { paths: ['x'], expire_in: '1 day', access: 'developer' },
      }),
    );
  });

  test('leaves out what is undefined, and keeps what is empty or false', () => {
    const pipeline = new Pipeline({ stages: [], variables: undefined });
    pipeline.addJob('job', { script: 'x', stage: undefined, needs: [], interruptible: false });
    expect(Object.keys(pipeline.render())).toEqual(['job']);
    expect(pipeline.render().job).toEqual({ needs: [], interruptible: false, script: 'x' });
  });

  test('keeps names that mean something to JavaScript', () => {
    const pipeline = new Pipeline()
      .addJob('__proto__', { script: 'x' })
      .addJob('constructor', { script: 'x' });
    expect(Object.keys(pipeline.render())).toEqual(['__proto__', 'constructor']);
  });

  test('renders its header apart', () => {
    const pipeline = new Pipeline({ spec: { inputs: { wave: { type: 'string', default: 'all' } } } });
    expect(pipeline.render()).toEqual({});
    expect(pipeline.renderHeader()).toEqual({
      spec: { inputs: { wave: { type: 'string', default: 'all' } } },
    });
    expect(new Pipeline().renderHeader()).toBeUndefined();
  });

  test('shows what it holds', () => {
    const pipeline = new Pipeline({ stages: ['a'], include: [{ local: 'x.yml' }] })
      .addStage('a')
      .addStage('b');
    pipeline.addJob('job', { script: 'x' });
    expect(pipeline.stages).toEqual(['a', 'b']);
    expect(pipeline.includes).toEqual([{ local: 'x.yml' }]);
    expect([...pipeline.jobs.keys()]).toEqual(['job']);
  });

  test('gives a copy that nobody else holds', () => {
    const job = { script: ['x'] };
    const rendered = new Pipeline().addJob('job', job).render() as { job: { script: string[] } };
    rendered.job.script.push('y');
    expect(job).toEqual({ script: ['x'] });
  });

  test('fails for a second job of the same name', () => {
    const pipeline = new Pipeline().addJob('job', { script: 'x' });
    expect(() => pipeline.addJob('job', { script: 'y' })).toThrow(
      "There is a job 'job' in this file already.",
    );
  });
});
