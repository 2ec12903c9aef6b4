/** What a change does to a running cluster, from harmless to impossible. */
export type Effect =
  | 'no-restart'
  | 'rolls-nodes'
  | 'rolls-control-plane'
  | 'rolls-all'
  | 'replaces'
  | 'immutable'
  | 'unknown';

/** All effects, from the gravest to none. What nobody knows comes before what is known to be harmless. */
export const EFFECTS: readonly Effect[] = [
  'immutable',
  'replaces',
  'rolls-all',
  'rolls-control-plane',
  'rolls-nodes',
  'unknown',
  'no-restart',
];

/** What the change of a field does. */
export interface FieldEffect {
  readonly effect: Effect;
  /**
   * One short phrase for people, where the effect alone does not say enough: what is replaced, or what is
   * left to do.
   */
  readonly why?: string;
  /**
   * Machines that roll as well: bastions where all others do, and the control plane where something else is
   * replaced, too.
   */
  readonly alsoRolls?: 'bastions' | 'control-plane';
}

/** The parts of a cluster whose machines roll. */
export interface Rolling {
  readonly controlPlane: boolean;
  readonly nodes: boolean;
}

/** The effect of rolling these machines. */
export function rolling({ controlPlane, nodes }: Rolling): Effect {
  if (controlPlane) return nodes ? 'rolls-all' : 'rolls-control-plane';
  return nodes ? 'rolls-nodes' : 'no-restart';
}
