import { ConfigurationError, type Event, type RunningPipeline } from '.';
import { PUSH, pipeline, project, states } from './support';

const plan = (p: RunningPipeline, name: string) => {
  const found = p.jobs.get(name);
  if (!found) throw new Error(`${name} is not in the pipeline`);
  return found.plan;
};

describe('files', () => {
  test('are merged: those included in their order, the file itself over all, extends last', () => {
    const p = pipeline({
      '.gitlab-ci.yml': [
        'include: [{local: /a.yml}, {local: /b.yml}]',
        'stages: [x, y]',
        'a: {extends: [.one, .two], variables: {THREE: root}}',
      ].join('\n'),
      'a.yml':
        'stages: [nowhere]\n.one: {stage: x, script: one, variables: {ONE: one, TWO: one}}\na: {variables: {THREE: a, FOUR: a}}',
      'b.yml': 'include: c.yml\n.two: {stage: y, variables: {TWO: two}}',
      'c.yml': '.two: {variables: {TWO: c, FIVE: c}}',
    });
    expect(plan(p, 'a')).toMatchObject({
      stage: 'y',
      yamlVariables: { ONE: 'one', TWO: 'two', THREE: 'root', FOUR: 'a', FIVE: 'c' },
      data: { script: 'one' },
    });
  });

  test('without stages have those of GitLab, and .pre and .post in any case', () => {
    const p = pipeline(
      'a: {stage: .post, script: x}\nb: {stage: deploy, script: x}\nc: {stage: .pre, script: x}\nd: {script: x}',
    );
    expect(p.ready()).toEqual(['c']);
    p.succeed('c');
    expect(p.ready()).toEqual(['d']);
  });

  test.each([
    ['a file that is not there', 'include: nowhere.yml\na: {script: x}', 'no such file'],
    ['an include of another kind', 'include: {remote: "https://a"}\na: {script: x}', 'does not know remote'],
    ['files that include each other', 'include: .gitlab-ci.yml\na: {script: x}', 'without end'],
    ['a template that is not there', 'a: {extends: .b, script: x}', '.b, which is not there'],
    ['a circle of templates', 'a: {extends: b, script: x}\nb: {extends: a}', 'extend each other'],
    ['a stage that is not there', 'a: {stage: x, script: x}', 'stage x is not among'],
    ['a job without a script', 'a: {stage: test}', 'expected a script or a trigger'],
    ['a need that is nowhere', 'a: {script: x, needs: [b]}', 'needs b, which is nowhere'],
    [
      'a need of a rule that is nowhere',
      'a: {script: x, rules: [{needs: [b]}]}',
      'needs b, which is nowhere',
    ],
    [
      'a need in a later stage',
      'a: {stage: build, script: x, needs: [b]}\nb: {script: x}',
      'in a later stage',
    ],
    ['the same need twice', 'a: {script: x, needs: [b, b]}\nb: {script: x}', 'twice'],
    ['a circle of needs', 'a: {script: x, needs: [b]}\nb: {script: x, needs: [a]}', 'jobs need each other'],
    ['artifacts of no job', 'a: {script: x, dependencies: [b]}', 'depends on b, which is nowhere'],
    ['artifacts of the same stage', 'a: {script: x, dependencies: [b]}\nb: {script: x}', 'in a later stage'],
    [
      'artifacts of a job that is not needed',
      'a: {script: x, needs: [], dependencies: [b]}\nb: {stage: build, script: x}',
      'does not need',
    ],
    [
      'a delay beside rules',
      'a: {script: x, when: delayed, start_in: 1h, rules: [{when: delayed}]}',
      'start_in stands in its rules',
    ],
    ['a delay that is none', 'a: {script: x, when: delayed, start_in: soon}', 'start_in is "soon"'],
    ['a word that is no "when"', 'a: {script: x, when: later}', 'when is "later"'],
    [
      'exit codes in a rule',
      'a: {script: x, rules: [{allow_failure: {exit_codes: 1}}]}',
      'expected true or false',
    ],
    ['only', 'a: {script: x, only: [main]}', 'does not know only'],
    ['exists', 'a: {script: x, rules: [{exists: [a]}]}', 'does not know exists'],
    [
      'more than 50 patterns',
      `a: {script: x, rules: [{changes: [${Array(51).fill('a')}]}]}`,
      '1 to 50 patterns',
    ],
  ])('fail for %s', (_what, text, message) => {
    expect(() => pipeline(text)).toThrow(ConfigurationError);
    expect(() => pipeline(text)).toThrow(message);
  });

  test('may need jobs that are nowhere, optionally', () => {
    expect(pipeline('a: {script: x, needs: [{job: b, optional: true}]}').ready()).toEqual(['a']);
  });
});

describe('there is no pipeline', () => {
  test.each([
    ['where no rule of the workflow matches', 'workflow: {rules: [{if: $NO}]}\na: {script: x}', 'workflow'],
    [
      'where one says never',
      'workflow: {rules: [{when: never}, {when: always}]}\na: {script: x}',
      'workflow',
    ],
    ['where the rules let no job in', 'a: {script: x, rules: [{if: $NO}]}', 'no job'],
    ['of .pre and .post alone', 'a: {stage: .pre, script: x}', 'no job'],
    [
      'where a needed job is not in it',
      'a: {script: x, needs: [b]}\nb: {script: x, rules: [{when: never}]}',
      'a needs b, which is not in the pipeline',
    ],
    [
      'where a job needs too many',
      `a: {script: x, needs: [${Array.from({ length: 51 }, (_, at) => `{job: b${at}, optional: true}`)}]}`,
      'needs 51 jobs',
    ],
  ])('%s', (_what, text, reason) => {
    expect(project(text).tryToStart(PUSH)).toContain(reason);
    expect(() => pipeline(text)).toThrow(reason);
  });
});

describe('rules', () => {
  test('are looked at in their order; the first that matches decides', () => {
    const p = pipeline(
      'a: {script: x, rules: [{if: $NO, when: never}, {if: $CI_COMMIT_BRANCH, when: manual}, {when: on_success}]}',
    );
    expect(states(p)).toEqual({ a: 'manual' });
  });

  test.each<[string, string, boolean]>([
    ['manual at the job', 'when: manual', true],
    ['manual in a rule', 'rules: [{when: manual}]', false],
    ['manual at the job, taken over by a rule', 'when: manual, rules: [{if: $CI_COMMIT_BRANCH}]', true],
    [
      'manual at the job, blocking there, taken over',
      'when: manual, allow_failure: false, rules: [{if: $CI_COMMIT_BRANCH}]',
      false,
    ],
    ['manual at the job, not in the rule', 'when: manual, rules: [{when: on_success}]', true],
    ['allowed in the rule alone', 'rules: [{when: manual, allow_failure: true}]', true],
    ['allowed at the job alone', 'allow_failure: true, rules: [{when: manual}]', true],
    ['allowed at the job, not in the rule', 'allow_failure: true, rules: [{allow_failure: false}]', false],
  ])('%s: may fail %s', (_what, keywords, expected) => {
    expect(plan(pipeline(`a: {script: x, ${keywords}}`), 'a').allowFailure).toBe(expected);
  });

  test('take the place of the exit codes of a job', () => {
    const codes = 'allow_failure: {exit_codes: 3}';
    expect(plan(pipeline(`a: {script: x, ${codes}}`), 'a').warnings).toEqual([3]);
    expect(plan(pipeline(`a: {script: x, ${codes}, rules: [{allow_failure: false}]}`), 'a').warnings).toEqual(
      [],
    );
  });

  test('may have needs, which replace those of the job', () => {
    const text = (rule: string, needs: string) =>
      `stages: [one, two]\nb: {stage: one, script: x}\nc: {stage: one, script: x}\na: {stage: two, script: x${needs}, rules: [${rule}]}`;
    const needsOf = (rule: string, needs = '') =>
      plan(pipeline(text(rule, needs)), 'a').needs?.map(({ job }) => job);
    expect(needsOf('{needs: [b]}', ', needs: [c]')).toEqual(['b']);
    expect(needsOf('{when: on_success}', ', needs: [c]')).toEqual(['c']);
    expect(needsOf('{needs: []}', ', needs: [c]')).toEqual([]);
    // The job keeps to its stage.
    expect(needsOf('{needs: []}')).toBeUndefined();
  });

  test('may have variables, and a delay', () => {
    const p = pipeline(
      'a: {script: x, variables: {A: job, B: job}, rules: [{when: delayed, start_in: 2 days, variables: {A: rule}}]}',
    );
    expect(plan(p, 'a')).toMatchObject({ delay: 172_800, yamlVariables: { A: 'rule', B: 'job' } });
  });

  test('need both their condition and their changes', () => {
    const text =
      'a: {script: x, rules: [{if: $CI_COMMIT_BRANCH == "main", changes: [a/**/*, b.txt]}]}\nb: {script: x}';
    const has = (event: Event) => project(text).start(event).jobs.has('a');
    const push: Event = { source: 'push', branch: 'main' };
    expect(has({ ...push, changed: ['c', 'a/b/c'] })).toBe(true);
    expect(has({ ...push, changed: [] })).toBe(false);
    expect(has({ ...push, changed: ['c'] })).toBe(false);
    expect(has({ ...push, branch: 'other', changed: ['b.txt'] })).toBe(false);
    expect(has({ ...push, changed: 'nothing to compare with' })).toBe(true);
    for (const source of ['web', 'api', 'schedule', 'trigger'])
      expect(has({ source, branch: 'main' })).toBe(true);
  });

  test('match without looking where there is too much to look at', () => {
    const patterns = Array.from({ length: 50 }, (_, at) => `p${at}`);
    const text = `a: {script: x, rules: [{changes: [${patterns}]}]}\nb: {script: x}`;
    const changed = Array.from({ length: 1001 }, (_, at) => `file${at}`);
    expect(
      project(text)
        .start({ ...PUSH, changed })
        .jobs.has('a'),
    ).toBe(true);
    expect(
      project(text)
        .start({ ...PUSH, changed: changed.slice(1) })
        .jobs.has('a'),
    ).toBe(false);
  });

  test('must be told what changed, where GitLab knows it', () => {
    expect(() =>
      project('a: {script: x, rules: [{changes: [a]}]}').start({ source: 'push', branch: 'main' }),
    ).toThrow('say what changed');
    expect(() =>
      project('a: {script: x, rules: [{changes: [a]}]}').start({
        source: 'web',
        branch: 'main',
        changed: ['a'],
      }),
    ).toThrow('nothing to compare with');
  });
});

describe('variables', () => {
  const values = (event: Partial<Event>, options = {}) => {
    const text =
      'variables: {A: file, B: file, C: file}\na: {script: x, variables: {B: job, C: job, D: job, E: job}}';
    return plan(project(text, options).start({ ...PUSH, ...event }), 'a').variables;
  };

  test("of the file give way to the job's, these to the project's, and all to what a person gives", () => {
    const given = values(
      { variables: { E: 'person', A: 'person' } },
      { variables: { D: 'project', E: 'project' } },
    );
    expect(given).toMatchObject({ A: 'person', B: 'job', C: 'job', D: 'project', E: 'person' });
  });

  test('of GitLab are those of the event', () => {
    expect(values({})).toMatchObject({
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_BRANCH: 'main',
      CI_DEFAULT_BRANCH: 'main',
    });
    const request = values({ source: 'merge_request_event', branch: 'topic' });
    expect(request).toMatchObject({ CI_MERGE_REQUEST_IID: '7', CI_COMMIT_REF_NAME: 'topic' });
    expect(request).not.toHaveProperty('CI_COMMIT_BRANCH');
    const tag = values({ branch: undefined, tag: 'v1' });
    expect(tag).toMatchObject({ CI_COMMIT_TAG: 'v1' });
    expect(tag).not.toHaveProperty('CI_COMMIT_BRANCH');
  });

  test('of a job take part in its own rules', () => {
    const p = pipeline(
      'a: {script: x, variables: {A: b}, rules: [{if: $A == "b"}]}\nb: {script: x, rules: [{if: $A}]}',
    );
    expect(states(p)).toEqual({ a: 'pending' });
  });

  test('of the workflow reach the jobs', () => {
    const p = pipeline(
      'variables: {A: file}\nworkflow: {rules: [{variables: {A: rule}}]}\na: {script: x, rules: [{if: $A == "rule"}]}',
    );
    expect(plan(p, 'a').yamlVariables).toEqual({ A: 'rule' });
  });

  test('with a description are in the form, which hands in what nobody changed, too', () => {
    const text = [
      'variables: {A: {description: a}, B: {description: b, value: one, options: [one, two]}, C: hidden}',
      'a: {script: x}',
    ].join('\n');
    const byForm = project(text).startByForm('main', { B: 'two' }) as RunningPipeline;
    expect(byForm.event.variables).toEqual({ A: '', B: 'two' });
    const byApi = project(text).start({ source: 'api', branch: 'main' });
    expect(plan(byApi, 'a').variables).toMatchObject({ A: '', B: 'one', C: 'hidden' });
  });

  test('may be kept from a job', () => {
    const text =
      'variables: {A: file, B: file}\na: {script: x, inherit: {variables: false}}\nb: {script: x, inherit: {variables: [B]}}';
    expect(plan(pipeline(text), 'a').yamlVariables).toEqual({});
    expect(plan(pipeline(text), 'b').yamlVariables).toEqual({ B: 'file' });
  });
});
