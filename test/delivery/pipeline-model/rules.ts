import { booleanOf, type Data, dataOf, knowsAllOf, listOf, refuse, textOf } from './data';
import { changedFiles, type Event } from './event';
import { isTrue, type Values } from './expression';
import { fits } from './glob';

/** GitLab's limit. doc: https://docs.gitlab.com/ci/yaml/#ruleschanges */
const PATHS_MAX = 50;

/** code: lib/gitlab/ci/build/rules/rule/clause/changes.rb, more count as a match without looking */
const COMPARISONS_MAX = 50_000;

/** The first rule that matches; `undefined` where none does. Rules are looked at once, when the pipeline is made. */
export function matchingRule(rules: unknown, event: Event, values: Values, place: string): Data | undefined {
  if (!Array.isArray(rules)) return refuse(place, `expected a list of rules, got ${JSON.stringify(rules)}`);
  return rules
    .map((rule, index) => dataOf(rule, `${place}[${index}]`))
    .find((rule, index) => doesMatch(rule, event, values, `${place}[${index}]`));
}

function doesMatch(rule: Data, event: Event, values: Values, place: string): boolean {
  knowsAllOf(rule, place, ['exists']);
  booleanOf(rule.allow_failure, `${place}:allow_failure`);
  // Both are read in any case, so that a mistake in the second does not hide behind the first.
  const holds = rule.if === undefined || isTrue(textOf(rule.if, `${place}:if`), values);
  const hasChanges = rule.changes === undefined || didChange(rule.changes, event, `${place}:changes`);
  return holds && hasChanges;
}

function didChange(changes: unknown, event: Event, place: string): boolean {
  if (!Array.isArray(changes)) knowsAllOf(dataOf(changes, place), place, ['compare_to']);
  const patterns = listOf(Array.isArray(changes) ? changes : dataOf(changes, place).paths).map((one) =>
    textOf(one, place),
  );
  if (patterns.length === 0 || patterns.length > PATHS_MAX) {
    refuse(place, `expected 1 to ${PATHS_MAX} patterns, got ${patterns.length}`);
  }
  for (const pattern of patterns)
    if (pattern.includes('$')) refuse(place, `the model expands no variables: ${pattern}`);
  const files = changedFiles(event);
  if (files === undefined || files.length * patterns.length > COMPARISONS_MAX) return true;
  return files.some((file) => patterns.some((pattern) => fits(pattern, file)));
}
