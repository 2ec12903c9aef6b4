import type { Event, ProjectOptions } from '.';
import { PUSH, project, states } from './support';

const trigger = (more = 'strategy: mirror', variables = '') =>
  `stages: [one, two, three]\nt: {stage: one, variables: {${variables}}, trigger: {include: {local: /child.yml}, ${more}}}\nafter: {stage: two, script: x}\n`;

const start = (root: string, child: string, event: Event = PUSH, options: ProjectOptions = {}) =>
  project({ '.gitlab-ci.yml': root, 'child.yml': child }, options).start(event);

describe('a trigger job that mirrors', () => {
  test('follows its child to its end', () => {
    const p = start(trigger(), 'a: {script: x}\nb: {stage: deploy, script: x}');
    expect(p.path).toBe('1');
    expect(p.child('t').path).toBe('1/t');
    expect(states(p)).toEqual({ t: 'running', after: 'created' });
    p.child('t').succeed('a');
    expect(p.state('t')).toBe('running');
    p.child('t').succeed('b');
    expect(states(p)).toEqual({ t: 'success', after: 'pending' });
  });

  test.each(['fail', 'cancel'] as const)('did what a job of its child did: %s', (step) => {
    const p = start(trigger(), 'a: {script: x}');
    p.child('t')[step]('a');
    expect(states(p)).toEqual({ t: step === 'fail' ? 'failed' : 'canceled', after: 'skipped' });
  });

  test('shows that its child is blocked, and holds up what comes after it', () => {
    const p = start(trigger(), 'a: {script: x, when: manual, allow_failure: false}');
    expect(states(p)).toEqual({ t: 'manual', after: 'created' });
    expect(p.playable()).toEqual([]);
    p.child('t').play('a');
    p.child('t').succeed('a');
    expect(states(p)).toEqual({ t: 'success', after: 'pending' });
  });

  test('holds up what needs it while its child is blocked', () => {
    const p = start(
      `${trigger()}n: {stage: three, script: x, needs: [t]}`,
      'a: {script: x, when: manual, allow_failure: false}',
    );
    expect(p.state('n')).toBe('created');
    p.child('t').play('a');
    p.child('t').fail('a');
    expect(p.state('n')).toBe('skipped');
  });

  test('is skipped with its child: stages go on, needs do not', () => {
    const p = start(`${trigger()}n: {stage: three, script: x, needs: [t]}`, 'a: {script: x, when: manual}');
    expect(states(p)).toEqual({ t: 'skipped', after: 'pending', n: 'skipped' });
  });

  test('does not wait for optional manual jobs of its child', () => {
    const p = start(trigger(), 'a: {script: x}\nb: {script: x, when: manual}');
    p.child('t').succeed('a');
    expect(p.state('t')).toBe('success');
  });

  test('goes on waiting while its child waits for a clock', () => {
    const p = start(trigger(), 'a: {script: x, when: delayed, start_in: 1 hour}');
    expect(p.state('t')).toBe('running');
    p.project.elapse(3600);
    p.child('t').succeed('a');
    expect(p.state('t')).toBe('success');
  });

  test.each([true, false])(
    'when a failed job of its child is run again; GitLab resets it: %s',
    (resetsTriggerJobs) => {
      const p = start(trigger(), 'a: {script: x}', PUSH, { resetsTriggerJobs });
      p.child('t').fail('a');
      p.child('t').retry('a');
      expect(states(p)).toEqual(
        resetsTriggerJobs ? { t: 'pending', after: 'created' } : { t: 'failed', after: 'skipped' },
      );
      p.child('t').succeed('a');
      expect(states(p)).toEqual({ t: 'success', after: resetsTriggerJobs ? 'pending' : 'skipped' });
    },
  );

  test('makes another child when it is run again', () => {
    const p = start(trigger(), 'a: {script: x}');
    const first = p.child('t');
    first.fail('a');
    p.retry('t');
    expect(p.child('t')).not.toBe(first);
    expect(states(p)).toEqual({ t: 'running', after: 'created' });
  });
});

describe('a trigger job of another strategy', () => {
  test('without one is done as soon as its child is there', () => {
    const p = start(trigger(''), 'a: {script: x}');
    expect(states(p)).toEqual({ t: 'success', after: 'pending' });
    p.child('t').fail('a');
    expect(p.state('t')).toBe('success');
  });

  test('that depends goes on running while its child is blocked, and fails where that is skipped', () => {
    const depend = trigger('strategy: depend');
    expect(start(depend, 'a: {script: x, when: manual, allow_failure: false}').state('t')).toBe('running');
    expect(start(depend, 'a: {script: x, when: manual}').state('t')).toBe('failed');
  });
});

describe('a trigger job waits', () => {
  test('for its needs and for a person, and makes no child before', () => {
    const text =
      't: {trigger: {include: child.yml, strategy: mirror}, when: manual, allow_failure: false, needs: [a]}\na: {stage: build, script: x}';
    const p = start(text, 'b: {script: x}');
    expect(() => p.child('t')).toThrow('its pipeline');
    p.succeed('a');
    expect(p.playable()).toEqual(['t']);
    p.play('t');
    expect(p.child('t').ready()).toEqual(['b']);
  });
});

describe('a child', () => {
  test.each([
    ['without jobs', 'a: {script: x, rules: [{if: $NO}]}', 'the rules let no job in'],
    ['whose workflow does not let it', 'workflow: {rules: [{if: $NO}]}\na: {script: x}', 'workflow'],
    [
      'that would lack a needed job',
      'a: {script: x, needs: [b]}\nb: {script: x, rules: [{if: $NO}]}',
      'a needs b',
    ],
  ])('%s fails its trigger job', (_what, child, fault) => {
    const p = start(trigger(), child);
    expect(states(p)).toEqual({ t: 'failed', after: 'skipped' });
    expect(p.project.faults).toEqual([expect.stringContaining(fault)]);
  });

  test('of a push knows what changed, and its branch, not its source', () => {
    const child = [
      'a: {script: x, rules: [{if: $CI_COMMIT_BRANCH == "main" && $CI_PIPELINE_SOURCE == "parent_pipeline", changes: [a.txt]}]}',
      'b: {script: x, rules: [{changes: [b.txt]}]}',
      'c: {script: x, rules: [{if: $CI_PIPELINE_SOURCE == "push"}]}',
    ].join('\n');
    expect(start(trigger(), child).child('t').ready()).toEqual(['a']);
  });

  test('of a merge request knows that, too, and has no branch', () => {
    const child = [
      'a: {script: x, rules: [{if: $CI_MERGE_REQUEST_IID, changes: [a.txt]}]}',
      'b: {script: x, rules: [{if: $CI_COMMIT_BRANCH}]}',
    ].join('\n');
    const request: Event = { source: 'merge_request_event', branch: 'topic', changed: ['a.txt'] };
    expect(start(trigger(), child, request).child('t').ready()).toEqual(['a']);
  });

  test('of a pipeline that has nothing to compare with has not either', () => {
    const p = start(trigger(), 'a: {script: x, rules: [{changes: [b.txt]}]}', {
      source: 'web',
      branch: 'main',
    });
    expect(p.child('t').ready()).toEqual(['a']);
  });

  test('gets the variables of its trigger job, expanded, and they win over its own', () => {
    const child =
      'variables: {A: own}\na: {script: x, variables: {A: job, B: job}, rules: [{if: $A == "push" && $C == "x-1"}]}';
    const p = start(trigger('strategy: mirror', 'A: $CI_PIPELINE_SOURCE, C: x-$CI_PIPELINE_ID'), child);
    expect(p.child('t').jobs.get('a')?.plan.variables).toMatchObject({ A: 'push', B: 'job', C: 'x-1' });
  });

  test('gets those of all jobs of the file, unless they are kept back', () => {
    const child = 'a: {script: x}';
    const variables = (more: string) =>
      start(`variables: {G: file}\n${trigger(more, 'J: job')}`, child).child('t').event.variables;
    expect(variables('strategy: mirror')).toEqual({ G: 'file', J: 'job' });
    expect(variables('strategy: mirror, forward: {yaml_variables: false}')).toEqual({});
  });

  test('gets what a person gave only where that is forwarded; then it wins', () => {
    const event: Event = { source: 'web', branch: 'main', variables: { P: 'person', J: 'person' } };
    const variables = (more: string) =>
      start(trigger(more, 'J: job'), 'a: {script: x}', event).child('t').event.variables;
    // The trigger job itself sees what the person gave, the child does not.
    expect(variables('strategy: mirror')).toEqual({ J: 'job' });
    expect(variables('strategy: mirror, forward: {pipeline_variables: true}')).toEqual({
      J: 'person',
      P: 'person',
    });
  });

  test('shares the locks of the project', () => {
    const p = start(
      `${trigger()}l: {stage: one, script: x, resource_group: r}`,
      'a: {script: x, resource_group: r}',
    );
    expect(p.ready()).toEqual([]);
    expect(p.child('t').ready()).toEqual(['a']);
    p.child('t').succeed('a');
    expect(p.ready()).toEqual(['l']);
  });

  test('may have a child, but no grandchild of its own beyond that', () => {
    const deep = 't: {trigger: {include: child.yml, strategy: mirror}}';
    const p = start(trigger(), deep);
    expect(p.state('t')).toBe('failed');
    expect(p.project.faults).toEqual(['t: it has too many ancestors']);
  });
});
