import type { FleetSource } from './fleet-source';

/** What an expression goes on with behind a call. */
const GOES_ON = /^\s*(?:[.[(`?<>&|^*/%+=-]|in\b|instanceof\b)/;

/** What changes the variable before it, or the variables in the brackets before it. */
const ASSIGNS = /^\s*(?:=(?![=>])|(?:\*\*|<<|>>>?|&&|\|\||\?\?|[-+*/%&|^])=|\+\+|--|(?:of|in)\b)/;

/** Whether an expression that begins with a call at `index` ends with it, so that its value is that of the call. */
export function endsWithCall({ code, closeOf }: FleetSource, index: number): boolean {
  const open = code.indexOf('(', index);
  return open >= 0 && !GOES_ON.test(code.slice(closeOf(open) + 1));
}

/** Whether a variable is given a value anywhere but in its declaration, which begins at `declaration`. */
export function isAssignedElsewhere(
  { code, openAt, closeOf }: FleetSource,
  variable: string,
  declaration: number,
): boolean {
  const own = code.indexOf(variable, declaration + 'let '.length);
  const all = code.matchAll(new RegExp(`(?<![\\w$.])${escaped(variable)}(?![\\w$])`, 'g'));
  return [...all].some(({ index }) => {
    if (index === own) return false;
    if (/(?:\+\+|--)\s*$/.test(code.slice(0, index)) || ASSIGNS.test(code.slice(index + variable.length)))
      return true;
    // `[variable] = …` and `({ a: variable } = …)`.
    return openAt(index).some(
      (bracket) => code.charAt(bracket) !== '(' && ASSIGNS.test(code.slice(closeOf(bracket) + 1)),
    );
  });
}

/** A name as a pattern. */
export function escaped(name: string): string {
  return name.replaceAll('$', '\\$');
}
