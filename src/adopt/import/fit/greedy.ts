import type { FittedProp, FittedProps } from './fitted';

/** A prop that may make code shorter. */
export interface Candidate extends FittedProp {
  readonly name: string;
}

/**
 * The props with which a construct takes the least to read: each candidate in turn is kept if the whole gets shorter with
 * it, and afterwards left out again if it turned out not to be needed. Several candidates of one name are tried in turn.
 * @param needed - props that it has anyway
 * @param weigh - how much there is to read with these props, with what they do not say laid over
 */
export function shortest(
  needed: FittedProps,
  candidates: readonly Candidate[],
  weigh: (props: FittedProps) => number,
): FittedProps {
  let best = needed;
  let least = weigh(best);
  const attempt = (props: FittedProps, isBetter: (weight: number) => boolean) => {
    const weight = weigh(props);
    if (!isBetter(weight)) return;
    best = props;
    least = weight;
  };
  for (const { name, ...prop } of candidates) {
    // A prop says it better than an override that is as long.
    attempt({ ...best, [name]: prop }, (weight) => weight <= least);
  }
  for (const name of Object.keys(best)) {
    if (name in needed) continue;
    const { [name]: _left, ...rest } = best;
    attempt(rest, (weight) => weight < least);
  }
  return best;
}
