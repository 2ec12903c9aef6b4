import { lines, ofJob } from './support';

const paths = (count: number) => Array.from({ length: count }, (_, index) => `folder${index}/**/*`);

const cases: readonly (readonly [what: string, good: object, bad: object, path: string])[] = [
  ['patterns of changes', { changes: paths(50) }, { changes: paths(51) }, 'changes'],
  [
    'patterns of changes with compare_to',
    { changes: { paths: paths(50) } },
    { changes: { paths: paths(51) } },
    'changes.paths',
  ],
  [
    'changes',
    { changes: { paths: ['x'], compare_to: 'main' } },
    { changes: { compare_to: 'main' } },
    'changes.paths',
  ],
  ['patterns of exists', { exists: paths(50) }, { exists: paths(51) }, 'exists'],
  [
    'exists',
    { exists: { paths: ['x'], project: 'a/b', ref: 'main' } },
    { exists: { paths: ['x'], ref: 'main' } },
    'exists.project',
  ],
  ['if', { if: '$A' }, { if: true }, 'if'],
  ['when', { when: 'never' }, { when: 'later' }, 'when'],
  ['a delay', { when: 'delayed', start_in: '7 days' }, { when: 'delayed' }, 'start_in'],
  [
    'the length of a delay',
    { when: 'delayed', start_in: '1 week' },
    { when: 'delayed', start_in: '8 days' },
    'start_in',
  ],
  ['start_in', { when: 'delayed', start_in: '1h' }, { start_in: '1h' }, 'start_in'],
  ['allow_failure', { allow_failure: true }, { allow_failure: { exit_codes: 3 } }, 'allow_failure'],
  ['interruptible', { interruptible: true }, { interruptible: 1 }, 'interruptible'],
  ['variables', { variables: { A: '1' } }, { variables: { A: { value: '1' } } }, 'variables.A'],
  ['an unknown keyword', { if: '$A' }, { only: 'main' }, 'only'],
  ['auto_cancel', {}, { auto_cancel: { on_new_commit: 'none' } }, 'auto_cancel'],
];

describe.each(cases)('%s in a rule', (_what, good, bad, path) => {
  test('is taken as it should be', () => {
    expect(ofJob({ rules: [good] })).toEqual([]);
  });

  test('fails otherwise', () => {
    const found = ofJob({ rules: [{ if: '$OTHER' }, bad] });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`job 'job', rules[1].${path}: `);
  });
});

describe('when a job starts', () => {
  test('is taken as it should be', () => {
    expect(ofJob({ when: 'delayed', start_in: '30 minutes' })).toEqual([]);
    expect(ofJob({ when: 'manual', manual_confirmation: 'Sure?' })).toEqual([]);
    expect(ofJob({ rules: [{ if: '$A', when: 'manual' }], manual_confirmation: 'Sure?' })).toEqual([]);
    expect(lines({ '.a': { when: 'delayed' }, job: { extends: '.a', script: 'x', start_in: '1h' } })).toEqual(
      [],
    );
  });

  test.each([
    ['a delay without end', { when: 'delayed' }, 'start_in: is missing'],
    ['a delay without delayed', { start_in: '1h' }, 'start_in: is for when'],
    [
      'a delay beside rules',
      { start_in: '1h', rules: [{ if: '$A' }] },
      'start_in: does not go together with rules',
    ],
    ['a question that nobody is asked', { manual_confirmation: 'Sure?' }, 'manual_confirmation: asks nobody'],
  ])('fails for %s', (_what, job, message) => {
    expect(ofJob(job)).toEqual([expect.stringContaining(message)]);
  });
});
