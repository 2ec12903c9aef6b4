import { checkPipeline } from '../../../src/gitlab';
import { file, lines, problems } from './support';

describe('names of jobs', () => {
  test.each(['deploy:eu.k8s.example.com', 'pages', 'x'.repeat(255), 'ein Job', '.x'])(
    '%p is taken',
    (name) => {
      expect(lines({ [name]: { script: 'x' }, other: { script: 'x' } })).toEqual([]);
    },
  );

  test.each([
    ['', 'has no name'],
    [' ', 'has no name'],
    ['image', "has the name 'image'"],
    ['true', "has the name 'true'"],
    ['nil', "has the name 'nil'"],
    ['workflow', "has the name 'workflow'"],
    ['x'.repeat(256), 'has a name of 256 characters; GitLab takes at most 255'],
  ])('fails for %p', (name, message) => {
    expect(lines({ [name]: { script: 'x' } })).toEqual([expect.stringContaining(message)]);
  });

  test('fails for one name in two files, and says where the other one is', () => {
    const root = file('ci.yml', { job: { script: 'x' } }, { include: 'eu.yml' });
    expect(checkPipeline([root, file('eu.yml', { job: { script: 'y' } })])).toEqual([
      expect.objectContaining({
        file: 'eu.yml',
        job: 'job',
        message: expect.stringContaining('a job of ci.yml'),
      }),
    ]);
  });
});

describe('names in extends', () => {
  test('may be of a template or a job in any file', () => {
    const root = file('ci.yml', { '.t': { script: 'x' } }, { include: 'eu.yml' });
    const eu = file('eu.yml', { a: { extends: '.t' }, b: { extends: ['a', '.t'] } });
    expect(checkPipeline([root, eu])).toEqual([]);
  });

  test('fail when nothing has them; the job is not judged further', () => {
    expect(lines({ job: { extends: '.no' }, other: { script: 'x' } })).toEqual([
      "ci.yml, job 'job', extends: names '.no', but no file has such a job or template. Add it, or correct the name.",
    ]);
  });

  test('may be in a file that is not given', () => {
    expect(lines({ job: { extends: '.no' } }, { include: { template: 'Some.gitlab-ci.yml' } })).toEqual([]);
  });

  test('fail in a circle', () => {
    expect(lines({ a: { extends: 'b' }, b: { extends: 'a' } })).toEqual([
      "ci.yml, job 'a', extends: goes in a circle: a -> b -> a. Take one of them out.",
    ]);
  });

  test('fail when they go too deep', () => {
    const jobs: Record<string, unknown> = { n0: { script: 'x' } };
    for (let level = 1; level <= 12; level++) jobs[`n${level}`] = { extends: `n${level - 1}` };
    expect(problems(jobs)).toEqual([expect.objectContaining({ job: 'n12', keyword: 'extends' })]);
    const { n12: _, ...fewer } = jobs;
    expect(problems(fewer)).toEqual([]);
  });
});
