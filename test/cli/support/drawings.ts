import type { FleetOverview } from '../../../src/delivery/overview';
import { clusterOf, fleetOf, manyClusters, waveOf } from './overview';

/** Three waves: one that a person opens, one with a canary and a retired cluster, one that soaks. */
export const FLEET: FleetOverview = fleetOf(
  waveOf('dev', [clusterOf('dev.k8s.local', { kubernetes: undefined, instanceGroups: undefined })], {
    approval: 'wave',
    gate: { after: [], soak: undefined, isByHand: true },
  }),
  waveOf(
    'staging',
    [
      ...[clusterOf('one.k8s.local'), clusterOf('first.k8s.local'), clusterOf('two.k8s.local')],
      clusterOf('old.k8s.local', { isRetired: true, kops: '1.35.0' }),
    ],
    { canary: 'first.k8s.local', gate: { after: ['dev'], soak: undefined, isByHand: false } },
  ),
  waveOf('prod', [clusterOf('eu.k8s.local', { instanceGroups: 1 })], {
    approval: 'none',
    maxParallel: 3,
    gate: { after: ['dev', 'staging'], soak: '12h', isByHand: false },
  }),
);

/** A wave of a thousand clusters, 143 of them on an older Kubernetes, and a canary. */
export const LARGE: FleetOverview = fleetOf(
  waveOf(
    'prod',
    manyClusters(1_000, (index) => (index % 7 === 0 ? { kubernetes: '1.34.2' } : {})),
    { canary: 'c3.k8s.example.com' },
  ),
);

/** Words that mean something to Mermaid and DOT, and characters that mean something in text. */
export const NASTY_WORDS: readonly string[] = [
  ...[
    'end',
    'graph',
    'subgraph',
    'flowchart',
    'style',
    'class',
    'click',
    'default',
    'node',
    'edge',
    'digraph',
  ],
  ...[
    'x.o--x',
    'a"b',
    'a]b',
    'a}}b',
    'a\\',
    'a\\n\\N\\l',
    '&amp;',
    '<br/><script>',
    '#quot;',
    '`**b**`',
    '%%',
    '1. a',
  ],
  ...['"`x`"', 'ä…', '$name', "it's", 'a;b', '𝄞', '-->', 'a|b'],
];

/** Waves and clusters of such names; no fleet can have most of them, and nothing but the text may become of them. */
export const NASTY: FleetOverview = fleetOf(
  ...NASTY_WORDS.map((word, index) =>
    waveOf(word, [clusterOf(`${word}.local`, { kubernetes: word })], {
      gate: index === 0 ? undefined : { after: [NASTY_WORDS[index - 1] ?? ''], soak: word, isByHand: false },
    }),
  ),
);
