/**
 * How pressing something is, most pressing first: `required` is what kOps refuses or nobody maintains, `soon` what will
 * be so before long, `newer` what could be newer, `unknown` what cannot be told here.
 */
export const LEVELS = ['required', 'soon', 'newer', 'unknown'] as const;

/** How pressing something is. */
export type Level = (typeof LEVELS)[number];

/** Something to do about a version. */
export interface Advice {
  readonly level: Level;
  /** What it is, for programs. */
  readonly code: AdviceCode;
  /** What it is and what to do, in a sentence without an end. */
  readonly message: string;
}

/** Everything that advice can be about. */
export type AdviceCode =
  | 'kops-required'
  | 'kops-ended'
  | 'kops-newer'
  | 'kubernetes-refused'
  | 'kubernetes-required'
  | 'kubernetes-ended'
  | 'kubernetes-ending'
  | 'kubernetes-deprecated'
  | 'kubernetes-newer'
  | 'kubernetes-unknown';
