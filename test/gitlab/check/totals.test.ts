import { checkPipeline, Pipeline } from '../../../src/gitlab';
import { lines, problems } from './support';

const many = (count: number, make: (index: number) => unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`job${index}`, make(index)]));
const deploy = { script: 'x', environment: 'eu' };

describe('jobs with an environment', () => {
  test('may be 500, and jobs without one as many as you like', () => {
    expect(problems({ ...many(500, () => deploy), other: { script: 'x' } })).toEqual([]);
  });

  test('fail above 500, instances of parallel jobs counted', () => {
    const found = problems({ ...many(499, () => deploy), p: { ...deploy, parallel: 2 } });
    expect(found).toEqual([
      expect.objectContaining({ file: 'ci.yml', keyword: 'environment', severity: 'error' }),
    ]);
  });

  test('are a warning when rules may keep them apart', () => {
    const found = problems(many(501, () => ({ ...deploy, rules: [{ if: '$A' }] })));
    expect(found).toEqual([expect.objectContaining({ keyword: 'environment', severity: 'warning' })]);
  });
});

describe('included files', () => {
  const include = (count: number) => Array.from({ length: count }, (_, index) => ({ local: `${index}.yml` }));

  test('may be 150', () => {
    expect(lines({ job: { script: 'x' } }, { include: include(150) })).toEqual([]);
  });

  test('fail above 150, each file of a project counted', () => {
    const last = { project: 'a/b', file: ['x.yml', 'y.yml'] };
    expect(problems({ job: { script: 'x' } }, { include: [...include(149), last] })).toEqual([
      expect.objectContaining({ keyword: 'include', severity: 'error' }),
    ]);
  });

  test('are a warning when rules may leave some out', () => {
    const last = { local: 'x.yml', rules: [{ if: '$A' }] };
    expect(problems({ job: { script: 'x' } }, { include: [...include(150), last] })).toEqual([
      expect.objectContaining({ keyword: 'include', severity: 'warning' }),
    ]);
  });
});

describe('a configuration', () => {
  test('fails without any job', () => {
    expect(lines({ '.t': { script: 'x' } })).toEqual([expect.stringContaining('comes to no job at all')]);
    expect(lines({}, { include: 'elsewhere.yml' })).toEqual([]);
  });

  test('fails with jobs at the ends alone', () => {
    expect(lines({ a: { script: 'x', stage: '.pre' } })).toEqual([
      expect.stringContaining('.pre and .post alone'),
    ]);
  });

  test('warns of more exposed artifacts than a merge request shows', () => {
    const job = { script: 'x', artifacts: { paths: ['x'], expose_as: 'plan' } };
    expect(problems(many(10, () => job))).toEqual([]);
    expect(problems(many(11, () => job))).toEqual([expect.objectContaining({ severity: 'warning' })]);
  });

  test('of 150 files with ten jobs each is judged in linear time', () => {
    const files = (count: number) => {
      const root = new Pipeline({ stages: ['dryrun', 'update'] });
      root.addJob('.base', { script: ['x'], timeout: '1h', artifacts: { paths: ['x'] } });
      const clusters = Array.from({ length: count }, (_, cluster) => {
        const path = `clusters/c${cluster}/pipeline.yml`;
        root.addInclude({ local: path });
        const pipeline = new Pipeline();
        for (let index = 0; index < 10; index++) {
          const needs = index === 0 ? [] : [`job${index - 1}:c${cluster}`];
          const rules = [{ changes: [`clusters/c${cluster}/**/*`] }];
          pipeline.addJob(`job${index}:c${cluster}`, { extends: '.base', stage: 'update', needs, rules });
        }
        return { path, pipeline };
      });
      return [{ path: '.gitlab-ci.yml', pipeline: root }, ...clusters];
    };
    const all = files(150);
    const start = performance.now();
    expect(checkPipeline(all)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
