import { resolveExtends } from '../../src/gitlab/extends';

const resolve = (jobs: Record<string, Record<string, unknown>>) =>
  resolveExtends(new Map(Object.entries(jobs)));

describe('extends', () => {
  test('merges objects member by member and replaces lists', () => {
    const { jobs } = resolve({
      '.base': {
        script: ['a', 'b'],
        variables: { A: '1', B: '1' },
        environment: { name: 'eu', action: 'start' },
      },
      job: { extends: '.base', script: ['c'], variables: { B: '2' }, environment: { action: 'stop' } },
    });
    expect(jobs.get('job')).toEqual({
      extends: '.base',
      script: ['c'],
      variables: { A: '1', B: '2' },
      environment: { name: 'eu', action: 'stop' },
    });
  });

  test('lets later bases win over earlier ones, and the job over all', () => {
    const { jobs } = resolve({
      job: { extends: ['.one', '.two'], stage: 'mine' },
      '.one': { stage: 'one', timeout: '1h', tags: ['one'] },
      '.two': { stage: 'two', timeout: '2h' },
    });
    expect(jobs.get('job')).toMatchObject({ stage: 'mine', timeout: '2h', tags: ['one'] });
  });

  test('follows bases of bases in any order of writing', () => {
    const { jobs } = resolve({ c: { extends: 'b' }, b: { extends: '.a', x: 1 }, '.a': { x: 0, y: 0 } });
    expect(jobs.get('c')).toEqual({ extends: 'b', x: 1, y: 0 });
  });

  test('keeps a part that no job changes as the same object', () => {
    const artifacts = { paths: ['x'] };
    const { jobs } = resolve({ '.a': { artifacts }, b: { extends: '.a' } });
    expect(jobs.get('b')?.artifacts).toBe(artifacts);
  });

  test('does not change what was given', () => {
    const base = { variables: { A: '1' } };
    resolve({ '.a': base, b: { extends: '.a', variables: { B: '2' } } });
    expect(base).toEqual({ variables: { A: '1' } });
  });

  test('ignores members that are undefined', () => {
    const { jobs } = resolve({ '.a': { stage: 'x' }, b: { extends: '.a', stage: undefined } });
    expect(jobs.get('b')?.stage).toBe('x');
  });

  test('takes 11 levels', () => {
    expect(resolve(chain(11)).tooDeep).toEqual([]);
  });

  test('fails at 12 levels', () => {
    expect(resolve(chain(12)).tooDeep).toEqual([{ job: 'n12', levels: 12 }]);
  });

  test('fails for a base that is not there, and knows who is incomplete by it', () => {
    const found = resolve({ a: { extends: '.no' }, b: { extends: 'a' }, c: {} });
    expect(found.unknown).toEqual([{ job: 'a', base: '.no' }]);
    expect([...found.incomplete].sort()).toEqual(['a', 'b']);
  });

  test('fails for a circle', () => {
    const found = resolve({ a: { extends: 'b' }, b: { extends: 'a' }, c: { extends: 'a' } });
    expect(found.circles).toEqual([['a', 'b']]);
    expect([...found.incomplete].sort()).toEqual(['a', 'b', 'c']);
  });
});

function chain(levels: number): Record<string, Record<string, unknown>> {
  const jobs: Record<string, Record<string, unknown>> = { n0: {} };
  for (let level = 1; level <= levels; level++) jobs[`n${level}`] = { extends: `n${level - 1}` };
  return jobs;
}
