import { booleanOf, type Data, dataOf, unknown } from './data';
import type { Values } from './expression';

/** The `variables` of a file, a job or a rule; those with a description stand in the form for a new pipeline, too. */
export function valuesOf(variables: unknown, place: string): Record<string, string> {
  const data: Data = variables === undefined ? {} : dataOf(variables, place);
  return Object.fromEntries(
    Object.entries(data).map(([name, given]) => [name, textValue(given, `${place}:${name}`)]),
  );
}

/** The names that the form for a new pipeline shows, with what it fills in. */
export function formOf(variables: unknown, place: string): Record<string, string> {
  const shown = Object.entries(variables === undefined ? {} : dataOf(variables, place)).filter(
    ([, given]) => typeof given === 'object' && given !== null && 'description' in given,
  );
  return valuesOf(Object.fromEntries(shown), place);
}

function textValue(given: unknown, place: string): string {
  if (typeof given === 'string') return given;
  if (typeof given === 'number' || typeof given === 'boolean') return String(given);
  const { value, expand } = dataOf(given, place);
  if (booleanOf(expand, place) === false) unknown(place, 'variables that are not expanded');
  return value === undefined ? '' : textValue(value, place);
}

/**
 * A text with the values of variables in it; what is not known is empty. Once, as GitLab does it for names of resource groups
 * and for what trigger jobs hand down.
 */
export function expand(text: string, values: Values, place: string): string {
  const expanded = text.replace(/\$\$|\$(\w+)|\$\{(\w+)\}/g, (found, plain?: string, braced?: string) => {
    if (found === '$$') return unknown(place, 'dollars that stand for themselves');
    return values[plain ?? braced ?? ''] ?? '';
  });
  return expanded.includes('$') ? unknown(place, `variables in variables: ${text} is ${expanded}`) : expanded;
}
