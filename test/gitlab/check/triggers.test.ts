import { type CheckOptions, checkPipeline, formatProblem } from '../../../src/gitlab';
import { file, type Jobs, lines, problems } from './support';

const trigger = { include: [{ local: 'child.yml' }], strategy: 'mirror' };
const x = { script: 'x' };

/** The problems of a file beside a job with a script, as lines. */
const given = (jobs: Jobs, options: CheckOptions): string[] =>
  checkPipeline([file('ci.yml', { x, ...jobs })], options).map(formatProblem);

describe('a job with a trigger', () => {
  test('takes all that GitLab takes there', () => {
    const job = {
      stage: 'test',
      trigger: { ...trigger, forward: { yaml_variables: true, pipeline_variables: true } },
      inherit: { variables: false },
      variables: { CDKOPS_PIPELINE_SOURCE: '$CI_PIPELINE_SOURCE' },
      rules: [{ if: '$A', when: 'manual', allow_failure: false, variables: { B: '1' }, needs: ['x'] }],
      needs: ['x', { job: 'y', optional: true }],
      environment: 'eu',
      resource_group: 'eu',
      interruptible: false,
      parallel: { matrix: [{ A: ['1', '2'] }] },
    };
    expect(lines({ x, job })).toEqual([]);
  });

  test.each([
    ['before_script', ['x']],
    ['after_script', ['x']],
    ['image', 'x'],
    ['services', ['x']],
    ['cache', { paths: ['x'] }],
    ['artifacts', { paths: ['x'] }],
    ['tags', ['x']],
    ['retry', 1],
    ['timeout', '1h'],
    ['id_tokens', { A: { aud: 'x' } }],
    ['secrets', { A: { vault: 'a/b@c' } }],
    ['dependencies', []],
    ['coverage', '/x/'],
    ['release', { tag_name: 'x', description: 'y' }],
    ['manual_confirmation', 'Sure?'],
  ])('fails with %s', (keyword, value) => {
    const found = lines({ x, job: { trigger, when: 'manual', [keyword]: value } });
    expect(found).toEqual([
      expect.stringContaining(`job 'job', ${keyword}: does not go together with trigger`),
    ]);
  });

  test('fails with what comes from a template, too', () => {
    expect(lines({ x, '.t': { timeout: '1h' }, job: { extends: '.t', trigger } })).toEqual([
      expect.stringContaining("job 'job', timeout: does not go together with trigger"),
    ]);
  });

  test.each([
    [
      'a rule that delays it',
      { rules: [{ when: 'delayed', start_in: '1h' }] },
      "rules[0].when: is 'delayed'",
    ],
    [
      'a job of another project',
      { needs: [{ project: 'a/b', ref: 'main', job: 'x' }] },
      'needs[0]: is a job of',
    ],
    ['a job of its parent', { needs: ['x', { pipeline: '$P', job: 'x' }] }, 'needs[1]: is a job of another'],
    ['a strategy of its own', { trigger: { ...trigger, strategy: 'wait' } }, "trigger.strategy: is 'wait'"],
    [
      'a child and a project',
      { trigger: { ...trigger, project: 'a/b' } },
      'trigger.project: is not a keyword',
    ],
    ['four files', { trigger: { include: ['1', '2', '3', '4'].map((n) => `${n}.yml`) } }, 'has 4 entries'],
    ['no file', { trigger: { include: '' } }, 'trigger.include: is empty'],
  ])('fails with %s', (_what, more, message) => {
    expect(lines({ x, job: { trigger, ...more } })).toEqual([expect.stringContaining(message)]);
  });
});

describe('the files of a child pipeline', () => {
  const files = new Set(['.gitlab-ci.yml', '.gitlab/children/dev.yml']);

  test.each([
    '.gitlab/children/dev.yml',
    '/.gitlab/children/dev.yml',
    '.gitlab/children/$WAVE.yml',
    '.gitlab/children/*.yml',
    'https://example.com/ci.yml',
  ])('may be %s', (path) => {
    expect(given({ job: { trigger: { include: path } } }, { files })).toEqual([]);
  });

  test('fail when nobody writes them', () => {
    const include = [{ local: '/.gitlab/children/dev.yml' }, { local: '/.gitlab/children/prod.yml' }];
    expect(given({ job: { trigger: { include } } }, { files })).toEqual([
      "ci.yml, job 'job', trigger.include[1].local: is '/.gitlab/children/prod.yml', which nobody writes: the child pipeline would fail. Add that file, or correct the path.",
    ]);
    expect(given({ job: { trigger: { include: 'no.yml' } } }, { files })).toEqual([
      expect.stringContaining("trigger.include: is 'no.yml'"),
    ]);
  });

  test('are not judged where nobody knows them', () => {
    expect(given({ job: { trigger: { include: 'no.yml' } } }, {})).toEqual([]);
  });

  test('count one more than what the first of them includes', () => {
    const include = Array.from({ length: 150 }, (_, index) => ({ local: `${index}.yml` }));
    const child = file('child.yml', { x }, { include });
    expect(checkPipeline([child])).toEqual([]);
    expect(checkPipeline([child], { depth: 1 })).toEqual([
      expect.objectContaining({ keyword: 'include', message: expect.stringContaining('151 files') }),
    ]);
  });
});

describe('a tree of pipelines', () => {
  const many = (count: number, job: object = { trigger }) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`job${index}`, job]));

  test('may have children and their children', () => {
    expect(given({ job: { trigger } }, { depth: 0 })).toEqual([]);
    expect(given({ job: { trigger } }, { depth: 1 })).toEqual([]);
    expect(given({ job: { trigger: 'a/b' } }, { depth: 2 })).toEqual([]);
  });

  test('fails below', () => {
    expect(given({ job: { trigger } }, { depth: 2 })).toEqual([
      expect.stringContaining(
        "job 'job', trigger.include: starts a child of a pipeline that is 2 levels below",
      ),
    ]);
  });

  test('may have 1000 pipelines', () => {
    expect(problems({ x, ...many(999) })).toEqual([]);
  });

  test('fails above, instances counted', () => {
    const last = { trigger, parallel: { matrix: [{ A: ['1', '2'] }] } };
    expect(problems({ x, ...many(998), last })).toEqual([
      expect.objectContaining({
        keyword: 'trigger',
        severity: 'error',
        message: expect.stringContaining('1001 pipelines'),
      }),
    ]);
  });

  test('is a warning where rules may keep them apart', () => {
    expect(problems({ x, ...many(1000, { trigger, rules: [{ if: '$A' }] }) })).toEqual([
      expect.objectContaining({ keyword: 'trigger', severity: 'warning' }),
    ]);
  });
});
