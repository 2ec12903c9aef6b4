/** What a change does to a running cluster, from harmless to impossible. */
export type Effect =
  | 'no-restart'
  | 'rolls-nodes'
  | 'rolls-control-plane'
  | 'rolls-all'
  | 'replaces'
  | 'immutable'
  | 'unknown';

/** All effects, from harmless to impossible; what nobody knows comes last. */
export const EFFECTS: readonly Effect[] = [
  'no-restart',
  'rolls-nodes',
  'rolls-control-plane',
  'rolls-all',
  'replaces',
  'immutable',
  'unknown',
];

/** What the change of a field does. */
export interface FieldEffect {
  readonly effect: Effect;
  /**
   * One short phrase for people, where the effect alone does not say enough: what is replaced, or what is
   * left to do.
   */
  readonly why?: string;
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
