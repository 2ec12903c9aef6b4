import { lines, ofJob } from './support';

const of = (expression: string) => ofJob({ rules: [{ if: expression }] });

/** As many words: `$A` and, for each two more, `|| $A`. */
const ofWords = (count: number) =>
  ['$A', ...Array.from({ length: (count - 1) / 2 }, () => '|| $A')].join(' ');

describe('an expression', () => {
  test.each([
    '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
    '$CI_PIPELINE_SOURCE =~ /^(web|api)$/ && ($A == "x" || $A != null)',
    '  ( $A )  ',
    '$A!~/a\\/b/i&&$B==\'x "y"\'',
    '$A == ""',
    '$A\n  && $B',
    '$[[ inputs.wave ]] == "dev"',
    ofWords(99),
  ])('%p is taken', (expression) => {
    expect(of(expression)).toEqual([]);
  });

  test.each([
    ['a number', '$A == 5', "from '5' on"],
    ['a name in braces', `\${A} == "x"`, `from '\${A} == "x"' on`],
    ['an operator of shells', '$A = "x"', 'from \'= "x"\' on'],
    ['a quote that does not end', '$A == "x', "from '\"x' on"],
    ['two values', '$A $B', "from '$B' on"],
    ['an operator in front', '&& $A', "from '&& $A' on"],
    ['an operator at the end', '$A &&', 'which ends too early'],
    ['a parenthesis that does not end', '($A', 'which ends too early'],
    ['a parenthesis that does not begin', '$A)', "from ')' on"],
    ['nothing in parentheses', '()', "from ')' on"],
    ['a negation', '!$A', "from '!$A' on"],
    ['blanks alone', '  ', 'which ends too early'],
    ['too many words', ofWords(101), 'of 101 words; GitLab takes at most 99'],
  ])('fails with %s', (_what, expression, message) => {
    const found = of(expression);
    expect(found).toEqual([expect.stringContaining(message)]);
    expect(found[0]).toContain("ci.yml, job 'job', rules[0].if: is ");
  });

  test('of workflows and includes is judged as well', () => {
    const x = { script: 'x' };
    expect(lines({ x }, { workflow: { rules: [{ if: '$A =' }] } })).toEqual([
      expect.stringContaining('workflow.rules[0].if: is '),
    ]);
    expect(lines({ x }, { include: { local: 'x.yml', rules: [{ if: '$A =' }] } })).toEqual([
      expect.stringContaining('include[0].rules[0].if: is '),
    ]);
  });
});
