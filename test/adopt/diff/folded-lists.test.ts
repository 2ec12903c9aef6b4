import {
  compareDocuments,
  differencesAsMarkdown,
  differencesAsText,
  type FileDifference,
} from '../../../src/adopt';

/** How a job of a shared file differs. */
function between(before: object, after: object, kind = 'Job'): FileDifference {
  const document = (data: object) => ({ kind, name: 'open:prod', data: { ...data } });
  return {
    file: '.gitlab-ci.yml',
    ...compareDocuments([document(before)], [document(after)]),
  } as FileDifference;
}

function lines(before: object, after: object, kind?: string): string[] {
  return differencesAsText([between(before, after, kind)])
    .split('\n')
    .slice(2, -2)
    .map((line) => line.trim());
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);
const pattern = (list: readonly string[]) =>
  `clusters/{${list.join(',')}}.k8s.local/{kops.yaml,pipeline.yml}`;

test('of patterns for hundreds of paths only the paths are told that came or went', () => {
  const rule = (count: number) => ({
    rules: [{ if: '$A', changes: [pattern(names(count).slice(0, 90)), pattern(names(count).slice(90))] }],
  });
  const more = between(rule(180), rule(182));
  expect(differencesAsText([more])).toContain(
    '    + rules[0].changes[]  4 paths: clusters/c180.k8s.local/{kops.yaml,pipeline.yml}, clusters/c181.k8s.local/{kops.yaml,pipeline.yml}\n',
  );
  expect(lines(rule(182), rule(120))).toEqual([
    '- rules[0].changes[]  124 paths: clusters/c120.k8s.local/{kops.yaml,pipeline.yml}, clusters/c121.k8s.local/{kops.yaml,pipeline.yml}, clusters/c122.k8s.local/{kops.yaml,pipeline.yml}, …',
  ]);
  expect(differencesAsMarkdown([more])).toContain(
    '| `rules[0].changes[]` |  | `4 paths: clusters/c180.k8s.local/',
  );
  // For programs all of it.
  expect(JSON.stringify(more)).toContain(JSON.stringify(pattern(names(182).slice(90))));
});

test('other patterns for the same paths are told as what they are', () => {
  const rule = (split: number) => ({
    changes: [pattern(names(20).slice(0, split)), pattern(names(20).slice(split))],
  });
  expect(lines(rule(5), rule(10))).toEqual([
    expect.stringMatching(/^~ changes\[\] {2}40 paths: .+ → the same, by other patterns$/),
  ]);
});

test('long lists of needs are counted', () => {
  const needs = (count: number) => ({
    needs: names(count).map((name) => ({ job: `roll:${name}`, optional: true })),
  });
  expect(lines(needs(2), needs(60))).toEqual([
    '+ needs[].job  58 items: roll:c2, roll:c3, roll:c4, …',
    '+ needs[].optional  true (58 times)',
  ]);
});

test('a whole list that came is counted, a short one is told', () => {
  expect(lines({}, { changes: names(9), tags: ['a', 'b'] })).toEqual([
    '+ changes  9 items: c0, c1, c2, …',
    '+ tags  ["a","b"]',
  ]);
});

test('what runs is told to the last command, and a manifest to the last item', () => {
  const list = names(12);
  expect(lines({ script: [] }, { script: list }).join(' ')).toContain('c11');
  expect(lines({ script: ['a', ...list] }, { script: ['a'] })).toHaveLength(12);
  expect(lines({ sshAccess: [] }, { sshAccess: list }, 'Cluster')).toHaveLength(1 + 11);
});

test('a rule that changed among rules that came is found by its condition', () => {
  const [one, other] = [{ if: '$A', changes: ['a'] }, { if: '$B' }];
  expect(lines({ rules: [one] }, { rules: [other, { ...one, changes: ['b'] }] })).toEqual([
    '- rules[1].changes[]  a',
    '+ rules[1].changes[]  b',
    '+ rules[0].if  $B',
  ]);
});

test('of a long condition that changed only the part is shown that did', () => {
  const long = 'x'.repeat(300);
  const [line = ''] = lines({ if: `${long} one ${long}` }, { if: `${long} two ${long}` });
  expect(line).toMatch(/^~ if {2}…x+ one x+… → …x+ two x+…$/);
  expect(line.length).toBeLessThan(200);
});
