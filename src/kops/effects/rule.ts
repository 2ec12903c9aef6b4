import type { ChangeOfField } from './change';
import { isElsewhere } from './change';
import type { Effect, FieldEffect } from './effect';
import { namesOf } from './field';

/** What the change of a field does: always the same, or worked out from the change. */
export type Rule = FieldEffect | ((change: ChangeOfField) => FieldEffect);

/**
 * Rules by the name of a field, such as `spec.subnets.cidr`; one holds for all below, too, as far as that has
 * none of its own.
 */
export type Rules = Readonly<Record<string, Rule>>;

/** Says an effect, and why. */
export function says(effect: Effect, why?: string): FieldEffect {
  return why === undefined ? { effect } : { effect, why };
}

/** The same for all machines, bastions too. */
export function rollsAllAndBastions(why: string): FieldEffect {
  return { ...says('rolls-all', why), alsoRolls: 'bastions' };
}

/** The same rule for several fields. */
export function each(names: readonly string[], rule: Rule): Rules {
  return Object.fromEntries(names.map((name) => [name, rule]));
}

/** A rule for a value that is not the one that holds without any. */
export function unlessItMeans(usual: unknown, rule: FieldEffect): Rule {
  return ({ from, to }) => ((from ?? usual) === (to ?? usual) ? says('no-restart') : rule);
}

/** What kOps does on AWS; what other clouds make of it is not known here. */
export function onAws(rule: Rule): Rule {
  return (change) =>
    isElsewhere(change) ? says('unknown', 'only what kOps does on AWS is known here') : applied(rule, change);
}

/** What a rule says of a change. */
export function applied(rule: Rule, change: ChangeOfField): FieldEffect {
  return typeof rule === 'function' ? rule(change) : rule;
}

/** What the rule nearest to a field says of its change, if there is one. */
export function judge(rules: ReadonlyMap<string, Rule>, change: ChangeOfField): FieldEffect | undefined {
  for (const name of namesOf(change.field)) {
    const rule = rules.get(name);
    if (rule) return applied(rule, change);
  }
  return undefined;
}
