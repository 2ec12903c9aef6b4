import { isDeepStrictEqual } from 'node:util';
import { type FittedProps, valuesOf } from './fitted';

/** The props that several groups have in common, from all of their places; `undefined` where they differ in any. */
export function commonProps(fits: readonly FittedProps[]): FittedProps | undefined {
  const [first] = fits;
  if (!first || !fits.every((fit) => isDeepStrictEqual(valuesOf(fit), valuesOf(first)))) return undefined;
  return Object.fromEntries(
    Object.entries(first).map(([name, prop]) => [
      name,
      { ...prop, origins: fits.flatMap((fit) => fit[name]?.origins ?? []) },
    ]),
  );
}
