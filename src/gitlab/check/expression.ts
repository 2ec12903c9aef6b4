import { EXPRESSION_TOKENS_MAX } from '../limits';

/** What GitLab's expressions are made of. code: lib/gitlab/ci/pipeline/expression/lexeme */
const VALUES: readonly RegExp[] = [
  /\$\[\[.*?\]\]/,
  /\$\w+/,
  /"[^"\n]*"|'[^'\n]*'/,
  /\/(?:[^/]|\\\/)+[^\\]\/[ismU]*/,
  /null|true|false/,
];
const OPERATORS = /==|=~|!=|!~|&&|\|\|/;

/** A word and the blanks after it; the groups are the kinds. */
const WORD = new RegExp(
  `(?:(\\()|(\\))|(${VALUES.map(({ source }) => source).join('|')})|(${OPERATORS.source}))\\s*`,
  'y',
);

/** Clusters ask for the same things: the verdicts of the last expressions are kept, those that are fine as ''. */
const KEPT = 2048;
const verdicts = new Map<string, string>();

/**
 * Why GitLab would not take an expression, as the end of a sentence that begins with it; undefined if it would.
 *
 * @see https://docs.gitlab.com/ci/jobs/job_rules/#cicd-variable-expressions
 */
export function expressionProblem(text: string): string | undefined {
  let verdict = verdicts.get(text);
  if (verdict === undefined) {
    verdict = judge(text);
    if (verdicts.size >= KEPT) verdicts.clear();
    verdicts.set(text, verdict);
  }
  return verdict === '' ? undefined : verdict;
}

function judge(given: string): string {
  const text = given.trim();
  let count = 0;
  let depth = 0;
  let isValueNext = true;
  for (let at = 0; at < text.length; at = WORD.lastIndex) {
    WORD.lastIndex = at;
    const word = WORD.exec(text);
    const isOpen = word?.[1] !== undefined;
    const isClose = word?.[2] !== undefined;
    if (isOpen) depth++;
    if (isClose) depth--;
    const isFit = isOpen || word?.[3] !== undefined ? isValueNext : word !== null && !isValueNext;
    if (!isFit || depth < 0) return `, which GitLab cannot read from '${text.slice(at, at + 20)}' on`;
    isValueNext = isOpen || word?.[4] !== undefined;
    count++;
  }
  if (isValueNext || depth > 0) return ', which ends too early for GitLab';
  return count > EXPRESSION_TOKENS_MAX
    ? `, of ${count} words; GitLab takes at most ${EXPRESSION_TOKENS_MAX}`
    : '';
}
