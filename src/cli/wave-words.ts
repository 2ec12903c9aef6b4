import type { GateOverview } from '../delivery/overview';

/** When a wave opens, in a few words each: `12h after dev is rolled out`, `by hand`. */
export function openingOf(gate: GateOverview | undefined): string[] {
  if (!gate) return ['at once'];
  const { after, soak, isByHand } = gate;
  const what = wavesBefore(after);
  return [
    ...(what === '' ? [] : [`${soak === undefined ? 'when' : `${withUnit(soak)} after`} ${what} rolled out`]),
    ...(isByHand ? ['by hand'] : []),
  ];
}

/** All of them count; more than two are not named, so that ten waves do not fill the page with each other's names. */
function wavesBefore(names: readonly string[]): string {
  if (names.length > 2) return 'the waves before are';
  return names.length === 0 ? '' : `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'}`;
}

/** To GitLab a number alone is seconds; people may take it for anything. */
function withUnit(soak: string): string {
  return /^\s*\d+\s*$/.test(soak) ? `${soak.trim()} seconds` : soak;
}
