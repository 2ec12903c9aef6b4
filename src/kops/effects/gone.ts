import { says } from './rule';

/** Fields and values that kOps 1.36 refuses; what releases that took them made of them is not known here. */
export const GONE = says(
  'unknown',
  'kOps 1.36 does not take it any more, and older releases are not known here',
);
