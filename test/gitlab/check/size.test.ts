import { lines, ofJob } from './support';

const x = { script: 'x' };
const commands = (count: number, length: number) => Array.from({ length: count }, () => 'x'.repeat(length));

describe('a file', () => {
  test('may be large', () => {
    expect(ofJob({ script: commands(1000, 1000) })).toEqual([]);
    expect(ofJob({ script: 'x'.repeat(2_000_000) })).toEqual([]);
  });

  test.each([
    ['one long text', { job: { script: 'x'.repeat(2_100_000) } }],
    ['letters of several bytes', { job: { script: '你'.repeat(700_000) } }],
    ['many texts', { job: { script: commands(2000, 1100) } }],
    ['many small values', { job: { ...x, parallel: { matrix: [{ A: commands(40_000, 1) }] } } }],
    ['many jobs', Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`job${index}`, x]))],
  ])('fails with %s', (_what, jobs) => {
    expect(lines(jobs)).toContainEqual(expect.stringMatching(/^ci\.yml: takes up to \d+\.\d MB of memory/));
  });

  test('fails with large blocks, too', () => {
    const variables = Object.fromEntries(
      commands(100, 1).map((_, index) => [`A${index}`, 'x'.repeat(22_000)]),
    );
    expect(lines({ x }, { variables })).toEqual([expect.stringContaining('ci.yml: takes up to 2.')]);
  });
});

describe('depth', () => {
  /** Lists in lists, of which the outermost is at the third level of the file. */
  const nested = (levels: number): unknown => (levels === 0 ? 'x' : [nested(levels - 1)]);

  test('may be 100 levels, the file and the job among them', () => {
    expect(ofJob({ script: nested(98) })).toEqual([]);
  });

  test('fails at 101', () => {
    expect(ofJob({ script: nested(99) })).toEqual([
      expect.stringContaining('is nested more than 100 levels deep'),
    ]);
  });
});
