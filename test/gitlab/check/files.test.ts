import { checkPipeline, formatProblem, Pipeline, type PipelineProps } from '../../../src/gitlab';
import { file, lines } from './support';

const jobs = { job: { script: 'x' } };
const of = (props: unknown) => lines(jobs, props as PipelineProps);

const cases: readonly (readonly [path: string, good: object, bad: object])[] = [
  ['workflow.name', { workflow: { name: 'x'.repeat(255) } }, { workflow: { name: 'x'.repeat(256) } }],
  [
    'workflow.rules[0].when',
    { workflow: { rules: [{ when: 'never' }] } },
    { workflow: { rules: [{ when: 'manual' }] } },
  ],
  [
    'workflow.auto_cancel.on_new_commit',
    { workflow: { auto_cancel: { on_new_commit: 'none' } } },
    { workflow: { auto_cancel: { on_new_commit: 'all' } } },
  ],
  [
    'workflow.rules[0].auto_cancel.on_job_failure',
    { workflow: { rules: [{ auto_cancel: { on_job_failure: 'all' } }] } },
    { workflow: { rules: [{ auto_cancel: { on_job_failure: 'some' } }] } },
  ],
  ['default.script', { default: { before_script: 'x' } }, { default: { script: 'x' } }],
  ['default.timeout', { default: { timeout: '1h' } }, { default: { timeout: '1 eon' } }],
  ['variables.A-B', { variables: { A_B: 'x' } }, { variables: { 'A-B': 'x' } }],
  [
    'variables.A.value',
    { variables: { A: { value: 'x', options: ['x', 'y'] } } },
    { variables: { A: { value: 'z', options: ['x', 'y'] } } },
  ],
  ['stages[1]', { stages: ['test', 'b'] }, { stages: ['test', ''] }],
  ['stages[1]', { stages: ['test'] }, { stages: ['test', 'test'] }],
  ['stages[1]', { stages: ['test'] }, { stages: ['test', 5] }],
  ['include[0]', { include: { local: 'x.yml' } }, { include: { local: 'x.yml', remote: 'https://x/y.yml' } }],
  ['include[0].local', { include: { local: '$A' } }, { include: { local: 'x.txt' } }],
  ['include[0].file', { include: { project: 'a/b', file: 'x.yml' } }, { include: { project: 'a/b' } }],
  ['include[0].artifact', { include: 'x.yml' }, { include: { artifact: 'x.yml', job: 'job' } }],
  [
    'include[0].integrity',
    { include: { remote: 'https://x/y.yml', integrity: 'sha256-YWJj' } },
    { include: { remote: 'https://x/y.yml', integrity: 'md5-x' } },
  ],
  [
    'include[0].rules[0].when',
    { include: { local: 'x.yml', rules: [{ when: 'never' }] } },
    { include: { local: 'x.yml', rules: [{ when: 'manual' }] } },
  ],
  [
    'include[0].inputs.a b',
    { include: { component: 'x', inputs: { a_b: 1 } } },
    { include: { component: 'x', inputs: { 'a b': 1 } } },
  ],
  [
    'spec.inputs.a.type',
    { spec: { inputs: { a: { type: 'array' }, b: null } } },
    { spec: { inputs: { a: { type: 'list' } } } },
  ],
  ['variables', { variables: { A: 'x' } }, { variables: ['A'] }],
  ['variables.A', { variables: { A: 'x' } }, { variables: { A: () => 1 } }],
];

describe.each(cases)('%s', (path, good, bad) => {
  test('is taken as it should be', () => {
    expect(of(good)).toEqual([]);
  });

  test('fails otherwise', () => {
    expect(of(bad)).toEqual([expect.stringContaining(`ci.yml, ${path}: `)]);
  });
});

describe('stages', () => {
  test('may be those of GitLab, the listed ones, and those at the ends', () => {
    expect(lines({ a: { script: 'x', stage: 'deploy' }, b: { script: 'x', stage: '.pre' } })).toEqual([]);
    expect(lines({ a: { script: 'x', stage: 'roll' } }, { stages: ['roll'] })).toEqual([]);
  });

  test('fail when no file lists them', () => {
    expect(lines({ job: { script: 'x', stage: 'roll' } }, { stages: ['update'] })).toEqual([
      "ci.yml, job 'job', stage: is 'roll', which no file lists; there are: .pre, update, .post. Choose one of them, or add it to stages of ci.yml.",
    ]);
    expect(lines(jobs, { stages: ['update'] })).toEqual([
      expect.stringContaining("is not given, so that it is 'test'"),
    ]);
  });

  test('of the first file win, and are judged even beside unknown files', () => {
    const root = file(
      'ci.yml',
      { job: { script: 'x', stage: 'a' } },
      { stages: ['a'], include: ['eu.yml', 'no.yml'] },
    );
    const eu = file('eu.yml', { eu: { script: 'x', stage: 'b' } }, { stages: ['b'] });
    expect(checkPipeline([root, eu]).map(formatProblem)).toEqual([
      expect.stringContaining("job 'eu', stage: is 'b'"),
    ]);
    const bare = file('ci.yml', {}, { include: 'eu.yml' });
    expect(checkPipeline([bare, eu])).toEqual([]);
    expect(lines({ job: { script: 'x', stage: 'b' } }, { include: 'no.yml' })).toEqual([]);
  });
});

describe('files', () => {
  const eu = file('clusters/eu/pipeline.yml', { eu: { script: 'x' } });

  test.each([
    'clusters/eu/pipeline.yml',
    '/clusters/eu/pipeline.yml',
    'clusters/*/pipeline.yml',
    '**/pipeline.yml',
  ])('are included by %s', (local) => {
    expect(checkPipeline([file('ci.yml', jobs, { include: { local } }), eu])).toEqual([]);
    expect(checkPipeline([file('ci.yml', jobs, { include: local }), eu])).toEqual([]);
  });

  test.each(['clusters/us/pipeline.yml', '*/pipeline.yml'])('fail when only %s is included', (local) => {
    expect(checkPipeline([file('ci.yml', jobs, { include: { local } }), eu]).map(formatProblem)).toEqual([
      expect.stringContaining('clusters/eu/pipeline.yml: is included by no file'),
    ]);
  });

  test('fail when given twice', () => {
    const root = { path: 'ci.yml', pipeline: new Pipeline().addJob('job', { script: 'x' }) };
    expect(checkPipeline([root, { path: 'ci.yml', pipeline: new Pipeline() }])[0]?.message).toContain(
      'given twice',
    );
  });
});
