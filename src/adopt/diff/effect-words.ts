import type { Effect } from '../../kops/effects';
import type { ClusterEffects } from './cluster-effects';
import { show } from './show-value';

/** Effects in words, as they stand beside what changes. */
export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  immutable: 'cannot be changed in place',
  replaces: 'replaces it',
  'rolls-all': 'rolls all machines',
  'rolls-control-plane': 'rolls the control plane',
  'rolls-nodes': 'rolls nodes',
  unknown: 'effect not known',
  'no-restart': 'no restart',
};

/** Those that machines of an instance group feel: of one group it is said of its machines. */
const ROLLS = /^rolls-/;

/** What a change of an object does, in words. */
export function effectOn(effect: Effect, kind: string): string {
  return kind === 'InstanceGroup' && ROLLS.test(effect) ? 'rolls its machines' : EFFECT_WORDS[effect];
}

/** What changes do to a cluster, a part of it. */
export interface EffectPhrase {
  readonly effect: Effect;
  readonly words: string;
}

/** Most names that are listed: what is longer nobody reads. */
const MOST_NAMES = 6;

/**
 * What changes do to a cluster, gravest first, each a phrase; a reviewer who reads nothing else knows what will happen.
 * @param nameAs - how names of fields and instance groups are written
 */
export function effectPhrases(
  effects: ClusterEffects,
  nameAs: (name: string) => string = show,
): EffectPhrase[] {
  const { fields, newGroups, goneGroups } = effects;
  const names = (list: readonly string[]) => {
    const more = list.length - MOST_NAMES;
    const shown = (more > 0 ? list.slice(0, MOST_NAMES) : list).map(nameAs).join(', ');
    return more > 0 ? `${shown} and ${more} more` : shown;
  };
  const groups = (list: readonly string[]) =>
    `${list.length === 1 ? '1 group of nodes' : `${list.length} groups of nodes`}: ${names(list)}`;
  const phrases: EffectPhrase[] = [];
  const say = (effect: Effect, words: string) => phrases.push({ effect, words });
  if (fields.immutable) say('immutable', `${EFFECT_WORDS.immutable}: ${names(fields.immutable)}`);
  if (fields.replaces) say('replaces', `replaces what these stand for: ${names(fields.replaces)}`);
  const rolls = rollWords(effects, groups);
  if (rolls) say(effects.controlPlane ? 'rolls-control-plane' : 'rolls-nodes', rolls);
  if (fields.unknown) say('unknown', `effect not known: ${names(fields.unknown)}`);
  if (newGroups.length > 0) say('no-restart', `new machines: ${names(newGroups)}`);
  if (goneGroups.length > 0) say('no-restart', `update leaves and prune removes: ${names(goneGroups)}`);
  if (phrases.length === 0) say('no-restart', EFFECT_WORDS['no-restart']);
  return phrases;
}

function rollWords(
  { controlPlane, groups: rolling, allGroups }: ClusterEffects,
  groups: (list: readonly string[]) => string,
): string | undefined {
  if (rolling.length === 0) return controlPlane ? EFFECT_WORDS['rolls-control-plane'] : undefined;
  const nodes = allGroups && rolling.length > 1 ? `all ${groups(rolling)}` : groups(rolling);
  return controlPlane ? `${EFFECT_WORDS['rolls-control-plane']} and ${nodes}` : `rolls ${nodes}`;
}

/** The words as they begin a sentence. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
