import { sortGraph } from '../../src/gitlab/graph';

const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));

describe('a graph', () => {
  test('is sorted, those pointed at first', () => {
    const { order, circles } = sortGraph(graph({ a: ['b'], b: ['c', 'elsewhere'], c: [] }));
    expect(order).toEqual(['c', 'b', 'a']);
    expect(circles).toEqual([]);
  });

  test('names a circle, and not those who only lead into it', () => {
    const { order, circles } = sortGraph(graph({ into: ['a'], a: ['b'], b: ['a'], free: [] }));
    expect(order).toEqual(['free']);
    expect(circles).toEqual([['a', 'b']]);
  });

  test('names a job that points at itself', () => {
    expect(sortGraph(graph({ a: ['a'] })).circles).toEqual([['a']]);
  });

  test('takes a chain of a hundred thousand', () => {
    const edges = new Map(Array.from({ length: 100_000 }, (_, i) => [`n${i}`, [`n${i + 1}`]] as const));
    expect(sortGraph(edges).order).toHaveLength(100_000);
  });
});
