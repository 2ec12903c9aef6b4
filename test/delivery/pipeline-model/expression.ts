import { refuse, unknown } from './data';

/** Values of variables by their names. */
export type Values = Readonly<Record<string, string>>;

/** Ruby's values: nothing, and texts, of which the empty one counts as true inside an expression. */
type Value = string | boolean | RegExp | undefined;

interface Token {
  readonly kind: 'value' | 'operator' | 'open' | 'close';
  readonly text: string;
}

type Node = (values: Values) => Value;

/** code: lib/gitlab/ci/pipeline/expression/lexer.rb, whose MAX_TOKENS is the first number that it refuses */
const TOKENS_MAX = 99;

const TOKEN = /\s*(?:([()])|(\$\w+|"[^"]*"|'[^']*'|\/(?:[^/\\]|\\.)+\/[ismU]*|null)|(==|=~|!=|!~|&&|\|\|))/y;

/** The higher, the later. code: the `precedence` of each file in lib/gitlab/ci/pipeline/expression/lexeme */
const PRECEDENCE: Readonly<Record<string, number>> = {
  '==': 10,
  '!=': 10,
  '=~': 10,
  '!~': 10,
  '&&': 11,
  '||': 12,
};

/**
 * Whether a condition of `rules:if` is true.
 * @see https://docs.gitlab.com/ci/jobs/job_rules/#cicd-variable-expressions
 */
export function isTrue(expression: string, values: Values): boolean {
  const node = parse(expression);
  const holds = (some: Values) => {
    const value = node(some);
    return value !== undefined && value !== false && value !== '';
  };
  const result = holds(values);
  const nested = Object.entries(values).filter(([, value]) => value.includes('$'));
  if (nested.length === 0) return result;
  // Before GitLab 18.5 variables in variables stay as they are, since then they are expanded.
  const expanded = nested.map(([name, value]) => [name, expandOnce(value, values)] as const);
  if (holds({ ...values, ...Object.fromEntries(expanded) }) === result) return result;
  return unknown(expression, `whether variables in variables are expanded (${nested.map(([name]) => name)})`);
}

function expandOnce(text: string, values: Values): string {
  return text.replace(/\$(\w+)|\$\{(\w+)\}/g, (_, plain = '', braced = '') => values[plain || braced] ?? '');
}

function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = expression.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const [, parenthesis, value, operator] =
      TOKEN.exec(expression) ?? refuse(expression, `nobody can read it from ${at} on`);
    if (value) tokens.push({ kind: 'value', text: value });
    else if (operator) tokens.push({ kind: 'operator', text: operator });
    else tokens.push({ kind: parenthesis === '(' ? 'open' : 'close', text: parenthesis ?? '' });
  }
  if (tokens.length === 0) refuse('rules:if', 'it is empty');
  if (tokens.length > TOKENS_MAX)
    refuse(expression, `it has ${tokens.length} parts, GitLab reads ${TOKENS_MAX}`);
  return tokens;
}

function parse(expression: string): Node {
  const node = PARSED.get(expression) ?? read(expression);
  PARSED.set(expression, node);
  return node;
}

/** Each cluster of a wave has the same conditions. */
const PARSED = new Map<string, Node>();

/** Operators of the same rank from left to right. */
function read(expression: string): Node {
  const nodes: Node[] = [];
  const operators: Token[] = [];
  const broken = () => refuse(expression, 'its operators, values and parentheses do not fit together');
  const apply = () => {
    const operator = operators.pop() ?? broken();
    const right = nodes.pop() ?? broken();
    const left = nodes.pop() ?? broken();
    nodes.push(join(expression, operator.text, left, right));
  };
  const rank = (token: Token | undefined) => PRECEDENCE[token?.text ?? ''] ?? Number.POSITIVE_INFINITY;
  for (const token of tokensOf(expression)) {
    if (token.kind === 'value') nodes.push(leaf(expression, token.text));
    else if (token.kind === 'open') operators.push(token);
    else if (token.kind === 'close') {
      while (operators.length > 0 && operators.at(-1)?.kind !== 'open') apply();
      if (operators.pop() === undefined) broken();
    } else {
      while (operators.length > 0 && rank(operators.at(-1)) <= rank(token)) apply();
      operators.push(token);
    }
  }
  while (operators.length > 0) {
    if (operators.at(-1)?.kind === 'open') broken();
    apply();
  }
  const [root = broken()] = nodes;
  return nodes.length === 1 ? root : broken();
}

function leaf(expression: string, text: string): Node {
  if (text === 'null') return () => undefined;
  if (text.startsWith('/')) {
    const pattern = patternOf(text);
    return () => pattern;
  }
  if (!text.startsWith('$')) {
    if (text.includes('$')) unknown(expression, 'variables in quotes: releases of GitLab differ');
    return () => text.slice(1, -1);
  }
  return (values) => values[text.slice(1)];
}

/** RE2 and JavaScript agree on what is plain enough to be in rules. */
function patternOf(text: string): RegExp {
  const end = text.lastIndexOf('/');
  const flags = text.slice(end + 1);
  if (/[^i]/.test(flags)) unknown(text, `the flags ${flags}`);
  return new RegExp(text.slice(1, end), flags);
}

function join(expression: string, operator: string, left: Node, right: Node): Node {
  switch (operator) {
    case '==':
      return (values) => left(values) === right(values);
    case '!=':
      return (values) => left(values) !== right(values);
    case '=~':
      return (values) => matches(expression, left(values), right(values));
    case '!~':
      return (values) => !matches(expression, left(values), right(values));
    case '&&':
      return (values) => (counts(left(values)) ? right(values) : left(values));
    default:
      return (values) => (counts(left(values)) ? left(values) : right(values));
  }
}

/** In Ruby only nothing and false are not true. */
function counts(value: Value): boolean {
  return value !== undefined && value !== false;
}

function matches(expression: string, text: Value, pattern: Value): boolean {
  if (pattern instanceof RegExp) return pattern.test(typeof text === 'string' ? text : '');
  return unknown(expression, 'patterns that are not written down in the condition');
}
